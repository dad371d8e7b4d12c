"""The forms of a meeting that is held live, by name: what each does with what was filled in."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pyramid.request import Request

from saksbehandling.direkte.kodeverk import Innleggstype
from saksbehandling.direkte.rules import Taletider
from saksbehandling.errors import InvalidInput
from saksbehandling.moete.models import Moete, Moetesak
from saksbehandling.moete.schemas import Felter, finn_medlem
from saksbehandling.moete.views_felles import hendelsesdato
from saksbehandling.utvalg.models import Medlemskap
from saksbehandling.votering.kodeverk import Stemme, Voteringsform
from saksbehandling.votering.personstemmer import Svar

SEKUNDER = 60
LENGSTE_TALETID = 120  # minutes


def be_om_ordet(request: Request, moete: Moete, medlem: Medlemskap, felter: Felter) -> None:
    request.tjenester.talere.be_om_ordet(moete, medlem, _innleggstype(felter))


def stryk_meg(request: Request, moete: Moete, medlem: Medlemskap, felter: Felter) -> None:
    request.tjenester.talere.stryk(moete, _tall(felter, "post"), medlem.person_id)


def stem(request: Request, moete: Moete, medlem: Medlemskap, felter: Felter) -> None:
    """The member's own vote; which ballot it is for stands in the form, so that it never counts in another."""
    votering, innsending = _tall(felter, "votering"), felter.tekst("innsending")[:64]
    request.tjenester.elektronisk.stem(moete, votering, medlem.person_id, _stemme(felter), innsending)


def start(request: Request, moete: Moete, _felter: Felter) -> str:
    request.tjenester.moetegang.sett(moete)
    return "Møtet er satt. Skjermene følger med fra nå."


def avslutt(request: Request, moete: Moete, _felter: Felter) -> str:
    request.tjenester.moetegang.hev(moete)
    return "Møtet er hevet."


def ta_opp(request: Request, moete: Moete, felter: Felter) -> None:
    moetesak = request.dbsession.get(Moetesak, _tall(felter, "sak"))
    if moetesak is None:
        raise InvalidInput("Saken finnes ikke. Hent siden på nytt.", "sak")
    request.tjenester.direkte.ta_opp(moete, moetesak, request.identitet, hendelsesdato(request, moete))


def klubb(request: Request, moete: Moete, _felter: Felter) -> None:
    request.tjenester.direkte.klubb(moete)


def doerer(request: Request, moete: Moete, felter: Felter) -> None:
    request.tjenester.direkte.sett_doerer(moete, lukket=felter.har("lukket"))


def strek(request: Request, moete: Moete, felter: Felter) -> None:
    request.tjenester.direkte.sett_strek(moete, strek=felter.har("strek"))


def gi_ordet(request: Request, moete: Moete, felter: Felter) -> None:
    request.tjenester.talere.gi_ordet(moete, felter.tall("post"))


def avslutt_innlegg(request: Request, moete: Moete, _felter: Felter) -> None:
    request.tjenester.talere.avslutt_innlegg(moete)


def stryk_taler(request: Request, moete: Moete, felter: Felter) -> None:
    request.tjenester.talere.stryk(moete, _tall(felter, "post"))


def tegn(request: Request, moete: Moete, felter: Felter) -> None:
    """Somebody in the room who has raised a hand is put on the list by name."""
    request.tjenester.talere.be_om_ordet(moete, _medlem(request, moete, felter), _innleggstype(felter))


def taletid(request: Request, moete: Moete, felter: Felter) -> str:
    tider = Taletider(
        _minutter(felter, "innlegg"),
        _minutter(felter, "replikk"),
        _minutter(felter, "svarreplikk"),
        felter.tall("replikker"),
    )
    request.tjenester.talere.sett_taletider(moete, tider)
    return f"Taletidene gjelder i {moete.utvalg.navn} fra {moete.dato:%d.%m.%Y}."


def aapne_votering(request: Request, moete: Moete, felter: Felter) -> None:
    try:
        form = Voteringsform(felter.tekst("form"))
    except ValueError:
        raise InvalidInput("Velg hvordan det voteres.", "form") from None
    alternativer = [noekkel.split("+") for noekkel in felter.alle("alternativ")]
    request.tjenester.elektronisk.aapne(
        moete,
        form,
        felter.alle("objekt"),
        felter.alle("mot_objekt"),
        alternativer=alternativer,
        hemmelig=felter.har("hemmelig"),
    )


def lukk_votering(request: Request, moete: Moete, _felter: Felter) -> str:
    setning: str = request.tjenester.elektronisk.lukk(moete).setning
    return setning


def avbryt_votering(request: Request, moete: Moete, _felter: Felter) -> str:
    request.tjenester.elektronisk.avbryt(moete)
    return "Voteringen er avbrutt, og ingen stemmer er ført."


def foer_stemme(request: Request, moete: Moete, felter: Felter) -> str:
    """A vote given by hand or voice, where a device has failed, or taken out again."""
    medlem = _medlem(request, moete, felter)
    if felter.tekst("stemme") == "stryk":
        request.tjenester.elektronisk.stryk_stemme(moete, medlem.person_id)
        return f"Stemmen til {medlem.person.navn} er strøket."
    votering, innsending = _tall(felter, "votering"), felter.tekst("innsending")[:64]
    request.tjenester.elektronisk.stem(moete, votering, medlem.person_id, _stemme(felter), innsending)
    return f"Stemmen til {medlem.person.navn} er ført."


def _tall(felter: Felter, felt: str) -> int:
    tall = felter.tall(felt)
    if tall is None:
        raise InvalidInput("Skjemaet er ufullstendig. Hent siden på nytt, og prøv igjen.", felt)
    return tall


def _stemme(felter: Felter) -> Svar:
    """«for», «mot» and «blank», or the place of an alternative."""
    if felter.tekst("stemme").isdecimal():
        return _tall(felter, "stemme")
    try:
        return Stemme(felter.tekst("stemme"))
    except ValueError:
        raise InvalidInput("Velg hva du stemmer.", "stemme") from None


def _innleggstype(felter: Felter) -> Innleggstype:
    try:
        return Innleggstype(felter.tekst("type"))
    except ValueError:
        raise InvalidInput("Velg innlegg, replikk eller svarreplikk.", "type") from None


def _minutter(felter: Felter, felt: str) -> int | None:
    """Minutes with a comma as seconds: «1,5» is 90. An empty field is no limit."""
    tekst = felter.tekst(felt).replace(",", ".")
    if not tekst:
        return None
    try:
        minutter = float(tekst)
    except ValueError:
        minutter = 0
    if not 0 < minutter <= LENGSTE_TALETID:
        raise InvalidInput(f"«{felter.tekst(felt)}» er ingen taletid. Skriv minutter, for eksempel 3 eller 1,5.", felt)
    return round(minutter * SEKUNDER)


def _medlem(request: Request, moete: Moete, felter: Felter) -> Medlemskap:
    medlemmer = request.tjenester.utvalg.medlemmer(moete.utvalg, moete.dato)
    return finn_medlem(medlemmer, felter.tekst("person"), moete.utvalg.navn, "person")


MEDLEMMETS: Mapping[str, Callable[[Request, Moete, Medlemskap, Felter], str | None]] = {
    "be_om_ordet": be_om_ordet,
    "stryk_meg": stryk_meg,
    "stem": stem,
}
LEDERENS: Mapping[str, Callable[[Request, Moete, Felter], str | None]] = {
    "start": start,
    "avslutt": avslutt,
    "ta_opp": ta_opp,
    "klubb": klubb,
    "doerer": doerer,
    "strek": strek,
    "gi_ordet": gi_ordet,
    "avslutt_innlegg": avslutt_innlegg,
    "stryk_taler": stryk_taler,
    "tegn": tegn,
    "taletid": taletid,
    "aapne_votering": aapne_votering,
    "lukk_votering": lukk_votering,
    "avbryt_votering": avbryt_votering,
    "foer_stemme": foer_stemme,
}
