"""The words of the shipped templates that are not data: one catalogue, in bokmål and nynorsk."""

from __future__ import annotations

from collections.abc import Mapping

from saksbehandling.documents.stylebook import LANGUAGES

ORD: Mapping[str, tuple[str, str]] = {
    # Labels of facts
    "utvalg": ("Utvalg:", "Utval:"),
    "moetedato": ("Møtedato:", "Møtedato:"),
    "tid": ("Tid:", "Tid:"),
    "moetested": ("Møtested:", "Møtestad:"),
    "sak": ("Sak:", "Sak:"),
    "tittel": ("Tittel:", "Tittel:"),
    "resultat": ("Resultat:", "Resultat:"),
    "arkivsak": ("Arkivsak:", "Arkivsak:"),
    "frammoette": ("Frammøtte:", "Frammøtte:"),
    "av": ("av", "av"),
    "dato": ("Dato:", "Dato:"),
    "saksbehandler": ("Saksbehandler:", "Saksbehandlar:"),
    "unntatt": ("Unntatt offentlighet:", "Unnateke offentlegheit:"),
    "til": ("Til:", "Til:"),
    "fra": ("Fra:", "Frå:"),
    "vaar_referanse": ("Vår referanse:", "Vår referanse:"),
    # What tables are about, for those who hear them read
    "om_saken": ("Opplysninger om saken", "Opplysningar om saka"),
    "om_saken_forklart": (
        "Utvalg, møtedato, saksnummer, tittel, resultat og arkivsak",
        "Utval, møtedato, saksnummer, tittel, resultat og arkivsak",
    ),
    "om_moetet": ("Opplysninger om møtet", "Opplysningar om møtet"),
    # Columns
    "k_navn": ("Navn", "Namn"),
    "k_parti": ("Parti", "Parti"),
    "k_funksjon": ("Funksjon", "Funksjon"),
    "k_moeter_for": ("Møter for", "Møter for"),
    "k_merknad": ("Merknad", "Merknad"),
    "k_vara": ("Vara som møtte", "Vara som møtte"),
    "k_sak": ("Sak", "Sak"),
    "k_tittel": ("Tittel", "Tittel"),
    "k_arkivsak": ("Arkivsak", "Arkivsak"),
    "k_unntatt": ("Unntatt offentlighet", "Unnateke offentlegheit"),
    "k_utvalg": ("Utvalg", "Utval"),
    "k_moetedato": ("Møtedato", "Møtedato"),
    "k_hva": ("Hva som skal gjøres", "Kva som skal gjerast"),
    "k_ansvarlig": ("Ansvarlig", "Ansvarleg"),
    "k_frist": ("Frist", "Frist"),
    # Headings
    "saksprotokoll": ("Saksprotokoll", "Saksprotokoll"),
    "moeteprotokoll": ("Møteprotokoll", "Møtebok"),
    "innkalling": ("Møteinnkalling", "Møteinnkalling"),
    "referatliste": ("Referatsaker", "Referatsaker"),
    "saksframlegg": ("Saksframlegg", "Saksframlegg"),
    "uttalelse": ("Uttalelse fra [[utvalg]]", "Fråsegn frå [[utvalg]]"),
    "saerutskrift": ("Særutskrift av møteboka", "Særutskrift av møteboka"),
    "melding": ("Melding om vedtak", "Melding om vedtak"),
    "utsatt": ("Melding om utsatt sak", "Melding om utsett sak"),
    "delegert": ("Delegert vedtak", "Delegert vedtak"),
    "frammoete": ("Frammøte", "Frammøte"),
    "forfall": ("Forfall", "Forfall"),
    "saksliste": ("Saksliste", "Sakliste"),
    "behandling": ("Behandling:", "Behandling:"),
    "votering": ("Votering:", "Røysting:"),
    "rettelser": ("Rettelser", "Rettingar"),
    "underskrifter": ("Godkjenning og underskrifter", "Godkjenning og underskrifter"),
    "behandles": ("Behandles i", "Skal behandlast i"),
    "innstilling": ("Forslag til innstilling", "Framlegg til tilråding"),
    "utredning": ("Saksutredning", "Saksutgreiing"),
    "uttalelser": ("Uttalelser", "Fråsegner"),
    "vedlegg": ("Vedlegg", "Vedlegg"),
    "vedtak": ("Vedtak", "Vedtak"),
    "begrunnelse": ("Begrunnelse", "Grunngjeving"),
    "oppfoelging": ("Dette skal følges opp", "Dette skal følgjast opp"),
    "bortfalt": ("Forslag som falt bort", "Framlegg som fall bort"),
    "klage": ("Klageadgang", "Høve til å klage"),
    # Sentences
    "saksordfoerer": ("Saksordfører:", "Saksordførar:"),
    "godkjent": ("Godkjent", "Godkjend"),
    "kalt_inn": (
        "Medlemmene kalles inn til møtet. Forfall meldes straks til sekretariatet, med grunnen til forfallet. Den som"
        " kan være inhabil i en sak, melder fra på samme måte. Varamedlemmer møter når de blir kalt inn særskilt.",
        "Medlemmene blir kalla inn til møtet. Forfall skal meldast straks til sekretariatet, med grunnen til forfallet."
        " Den som kan vere inhabil i ei sak, melder frå på same måten. Varamedlemmer møter når dei blir kalla inn"
        " særskilt.",
    ),
    "sendt_sent": ("Innkallingen er sendt etter fristen:", "Innkallinga er send etter fristen:"),
    "om_unntatte": (
        "Saker som er unntatt offentlighet, står med den tittelen som alle kan se.",
        "Saker som er unnatekne offentlegheit, står med den tittelen som alle kan sjå.",
    ),
    "sendt_til_deg": (
        "[[utvalg]] behandlet saken [[dato: moetedato]]. Her er det som er ført i møteboka.",
        "[[utvalg]] behandla saka [[dato: moetedato]]. Her er det som er ført i møteboka.",
    ),
    "til_iverksetting": (
        "[[utvalg]] fattet dette vedtaket [[dato: moetedato]]. Det sendes for å bli iverksatt.",
        "[[utvalg]] gjorde dette vedtaket [[dato: moetedato]]. Det blir sendt for å bli sett i verk.",
    ),
    "ble_utsatt": (
        "[[utvalg]] utsatte saken i møtet [[dag: moetedato]].",
        "[[utvalg]] utsette saka i møtet [[dag: moetedato]].",
    ),
    "kommer_opp": ("Saken kommer opp igjen [[dag: utsatt_til]].", "Saka kjem opp att [[dag: utsatt_til]]."),
    "uten_dato": (
        "Det er ikke bestemt når saken kommer opp igjen.",
        "Det er ikkje fastsett når saka kjem opp att.",
    ),
    "om_bortfalt": (
        "Den som står ved et av disse forslagene, må sette det fram på nytt når saken kommer opp.",
        "Den som står ved eitt av desse framlegga, må setje det fram på nytt når saka kjem opp.",
    ),
    "etter_delegering": (
        "Vedtaket er fattet av administrasjonen etter delegert myndighet.",
        "Vedtaket er gjort av administrasjonen etter delegert mynde.",
    ),
    "meldt_til": ("Det er meldt til [[meldt.utvalg]] som sak [[meldt.saksnummer]].",
                  "Det er meldt til [[meldt.utvalg]] som sak [[meldt.saksnummer]]."),
    "rett_utskrift": ("Rett utskrift", "Rett utskrift"),
    "side": ("Side", "Side"),
}  # fmt: skip


def ordliste(malform: str) -> Mapping[str, str]:
    """The catalogue in «nb» or «nn»."""
    column = list(LANGUAGES).index(malform)
    return {key: words[column] for key, words in ORD.items()}
