"""The words of the guided demo case, «Internasjonal strategi for Nidarvik 2019–2022», in the light notation.

No text holds a person's name: `{navn}` is filled in with `str.format` by whoever knows who sits where.
Parties are codes of `seter.PARTIER`; bodies are codes of `seter.ORGANER`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from saksbehandling.votering.kodeverk import Forslagstype


@dataclass(frozen=True, slots=True)
class Forslagstekst:
    """A proposal without its mover's name. `gjelder_segment` counts from 1; `sitat`: the words that it names."""

    parti: str
    forslagstype: Forslagstype
    tekst: str
    paa_vegne_av: tuple[str, ...] = ()
    gjelder_segment: int | None = None
    sitat: str | None = None


@dataclass(frozen=True, slots=True)
class Merknadstekst:
    """A remark and the parties that join it, in the order in which they do."""

    parti: str
    tekst: str
    tilslutning: tuple[str, ...]


TITTEL = "Internasjonal strategi for Nidarvik 2019–2022"
TITTEL_UTTALELSE = f"Til uttalelse: {TITTEL}"
ENHET = "Næring og samfunn"
VEDLEGG = ("Vedlegg 1: Internasjonal strategi for Nidarvik 2019–2022, utkast",)

INNSTILLING = (
    "Bystyret vedtar *Internasjonal strategi for Nidarvik 2019–2022* slik utkastet i vedlegg 1 er lagt fram.",
    """\
Strategien samler kommunens arbeid over landegrensene i fem mål, og hvert mål skal følges av tiltak som lar seg \
etterprøve:

1. Samarbeid for en mer rettferdig verden
2. Flere prosjekter med støtte fra europeiske programmer
3. Tettere bånd mellom forskere, bedrifter og kommunale tjenester
4. Levende avtaler med vennskapsbyene
5. En by der tilflyttere fra andre land finner seg til rette""",
    "Strategien skal hjelpe kommunen med å oversette det som skjer ute i verden til tjenester, arbeidsplasser og"
    " kunnskap i Nidarvik.",
)

SAKSFRAMLEGG = """\
# Hva saken gjelder

Kommunedirektøren legger fram utkast til en ny strategi for det internasjonale arbeidet. Den avløser planen fra \
2011, som ble til før kommunen hadde eget Brussel-samarbeid og mens bare hver femtende innbygger var født utenfor \
Norge. I dag er det hver åttende.

# Bakgrunn

Nidarvik har hatt båter i utenriksfart i fire hundre år, men et samlet syn på hva kommunen vil med kontaktene sine \
er av nyere dato. Formannskapet bestilte strategien høsten 2018. Arbeidet er ledet av en gruppe på seks fra fire \
enheter, og 41 lag, bedrifter og skoler har sagt sin mening underveis.

En gjennomgang av perioden 2011–2018 viste tre svakheter: avtalene følges ulikt opp, søknader om prosjektmidler \
skrives i siste liten, og få vet hvem i kommunen de skal ringe. Samtidig har de beste prosjektene gitt varige \
resultater, blant annet i hjemmetjenesten og på havna.

# Det strategien inneholder

Utkastet er på tolv sider. Det peker ut mål, sier hvem som har ansvaret, og lar en handlingsplan ta stilling til \
tiltak og penger. Fire prinsipper ligger til grunn:

- kontakt over grensene skal gi noe tilbake til innbyggerne
- hver avtale skal ha én enhet som eier den
- kommunen søker midler sammen med andre når det er mulig
- FNs bærekraftsmål er felles målestokk

Tabellen viser hvordan målene fordeler seg, og hva kommunen brukte på dem i 2018.

Mål\tAnsvarlig enhet\tKroner i 2018
Rettferdig verden\tOppvekst\t310 000
Europeiske programmer\tNæring og samfunn\t1 450 000
Forskning og næring\tNæring og samfunn\t620 000
Vennskapsbyer\tKultur og idrett\t540 000
Nye innbyggere\tHelse og velferd\t980 000

# Uttalelser fra rådene

Utkastet har vært hos Mangfoldsrådet, Kommunalt råd for mennesker med nedsatt funksjonsevne, Studentrådet og \
Ungdommens bystyre. Uttalelsene følger saken slik rådene vedtok dem, og er ikke gjengitt her.

# Vurdering

Kommunedirektøren mener at fem mål er så mange som organisasjonen kan holde fast ved. Et eget mål for klima ble \
vurdert, men arbeidet med klima hører hjemme i alle fem og blir synligere i handlingsplanen enn i en egen \
overskrift.

Innvendingen om at strategien er for lite bindende, er det grunn til å ta på alvor. Svaret er handlingsplanen, som \
bystyret får til behandling hvert annet år, og som skal vise hva som er gjort, hva det kostet, og hva som ikke ble \
noe av.

# Økonomi

Selve strategien utløser ingen utgifter. Tiltak dekkes innenfor rammene i økonomiplanen eller legges fram som egne \
saker.

# Klima og miljø

Flere reiser er en risiko. Enhetene skal derfor melde inn tjenestereiser utenlands, og møter holdes på nett når \
formålet tillater det.

# Konklusjon

Kommunedirektøren tilrår at bystyret vedtar strategien.
"""

# The committee's first meeting: nothing of this but the postponement is voted on.
KOMITE_FOERSTE_MOETE = (
    Forslagstekst(
        "H",
        Forslagstype.TILLEGG,
        "Innbyggere med røtter i andre land kjenner markeder og miljøer som byen trenger. Kommunen skal søke råd"
        " hos dem når næringsplanen lages.",
    ),
    Forslagstekst("Ap", Forslagstype.TILLEGG, "Nytt mål 6: Nidarvik som møteplass for nordiske havnebyer"),
    Forslagstekst(
        "H",
        Forslagstype.UTSETTELSE,
        "Saken utsettes til komiteen møtes igjen, slik at kommunedirektøren rekker å svare skriftlig på det"
        " medlemmene lurte på.",
    ),
)

# The committee's second meeting: both are adopted and become segments 4 and 5 of the innstilling to bystyret.
KOMITE_ANDRE_MOETE = (
    Forslagstekst(
        "H",
        Forslagstype.TILLEGG,
        "Innbyggere med røtter i andre land kjenner markeder og miljøer som byen trenger. Kommunen skal søke råd"
        " hos dem når planene for næring, kultur og arbeidsliv lages.",
    ),
    Forslagstekst(
        "Ap",
        Forslagstype.TILLEGG,
        "Kommunedirektøren legger fram en handlingsplan innen utgangen av året. Den skal ha tall som viser om hvert"
        " av de fem målene blir nådd.",
    ),
)

BYSTYRETS_FORSLAG = (
    Forslagstekst(
        "SV",
        Forslagstype.TILLEGG,
        "Bystyret ber kommunedirektøren om en egen sak om vennskapsbyene: hva hver avtale går ut på, hva den har"
        " ført til, og om den bør fornyes. Utveksling mellom skoler, korps og miljøorganisasjoner skal ha en tydelig"
        " plass.",
    ),
    Forslagstekst(
        "MDG",
        Forslagstype.TILLEGG,
        "Handlingsplanen skal vise for hvert tiltak hvilket bærekraftsmål det hører til, og hva det betyr for"
        " kommunens klimabudsjett.",
        paa_vegne_av=("Ap", "MDG", "Sp", "KrF"),
    ),
    Forslagstekst(
        "MDG",
        Forslagstype.STRYKNING,
        "Avsnittet som begynner med disse ordene, tas ut av innstillingen:",
        gjelder_segment=3,
        sitat=INNSTILLING[2],
    ),
    Forslagstekst(
        "FrP",
        Forslagstype.TILLEGG,
        """\
Bystyret vil at handlingsplanen skal ha egne mål for næringslivet, og at den i det minste tar for seg:

- hvordan bedrifter innen havteknologi kan få hjelp til å nå kunder ute
- hvordan kommunen kan være prøvekunde for ny teknologi fra Nidarvik""",
    ),
)

BYSTYRETS_MERKNAD = Merknadstekst(
    "SV",
    "Bystyret minner om vedtaket fra 2014 om støtte til folk uten egen stat, og legger til grunn at det blir en del"
    " av strategien når den settes ut i livet.",
    ("Ap", "H", "FrP", "MDG", "PP", "V", "Sp", "KrF", "R"),
)

# In the order moved. Mangfoldsrådet puts the second one first in its statement.
RAADENES_FORSLAG: Mapping[str, tuple[Forslagstekst, ...]] = {
    "mangfoldsraadet": (
        Forslagstekst(
            "H",
            Forslagstype.TILLEGG,
            "Mangfoldsrådet viser til at det bor mennesker fra 140 land i Nidarvik. Språkene og kontaktene deres er"
            " en rikdom som kommunen bør bruke mer av.",
        ),
        Forslagstekst(
            "Ap",
            Forslagstype.TILLEGG,
            """\
Rådet mener at dette er viktigst:

- Kommunen deltar i nettverk for å lære av andre og ta med seg det som virker hjem til skoler, sykehjem og \
fritidsklubber.
- Byen skal være kjent som et sted med plass til alle, og rasisme skal møtes med handling.
- De store idrettsstevnene gir oppmerksomhet. Den bør brukes til å vise fram hele bredden av befolkningen.""",
        ),
    ),
    "studentraadet": (
        Forslagstekst(
            "Velferdstinget",
            Forslagstype.TILLEGG,
            """\
Studentrådet er glad for at kommunen lager en plan for arbeidet ute. Vi savner likevel at vekst knyttes til hva \
naturen tåler, og håper bystyret skriver det tydelig.

Rådet vil særlig trekke fram:

- Kapittel 2: Å bygge på erfaringer fra byer som har prøvd før oss, sparer både tid og penger.
- Kapittel 4: Bærekraftsmålene er tatt med. Vi venter at handlingsplanen viser hva det betyr i praksis.

Internasjonale studenter bør få si sin mening før handlingsplanen vedtas.""",
        ),
    ),
}
MANGFOLDSRAADETS_REKKEFOELGE = (2, 1)

TIL_ORIENTERING: Mapping[str, str] = {
    "funksjonsevneraadet": "Rådet tar saken til orientering.",
    "ungdommens_bystyre": "Ungdommens bystyre tar saken til orientering.",
}

NOTAT_ORIENTERING = "{navn} fra kommunedirektørens stab fortalte om utkastet og svarte på spørsmål fra medlemmene."
NOTAT_SKRIFTLIG_SVAR = "Kommunedirektørens skriftlige svar var lagt ut til komiteen på forhånd."
NOTAT_GJENNOMGANG = "{navn} gikk gjennom svarene og viste eksempler på prosjekter som kommunen er med i."
NOTAT_UTSATT_TIL = "Bystyret rakk ikke saken. Den settes opp på nytt {dato}."

HABILITET = (
    "{navn} arbeider selv med eksportrådgivning og ba komiteen ta stilling til habiliteten før saken ble tatt opp."
    " Representanten forlot salen mens det ble drøftet. Politisk sekretariat så ingen grunn til at representanten"
    " skulle fratre, og komiteen var enig i det."
)
