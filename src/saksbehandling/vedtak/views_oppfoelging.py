"""What a decision asks for: proposed from its sentences, accepted by the secretary, answered by who is responsible."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.view import view_config

from saksbehandling.errors import InvalidInput, NotFound, SaksbehandlingError
from saksbehandling.identity.rules import kan_lese
from saksbehandling.moete.models import Moetesak
from saksbehandling.moete.schemas import Felter, Utfylling, avvist
from saksbehandling.moete.views_felles import utfoer
from saksbehandling.saksmappe.models import Saksmappe
from saksbehandling.vedtak.models import IKKE_FERDIG, Oppfoelging, Oppfoelgingsstatus, Vedtak
from saksbehandling.vedtak.oppfoelging import oppfoelging_av
from saksbehandling.vedtak.rules import Oppdrag
from saksbehandling.vedtak.services import vedtak_i

FOELG_OPP, MELD = "foelg_opp", "meld_oppfoelging"
MAL = "vedtak/oppfoelging.jinja2"
NYTT = "nytt"
FELTER = ("tekst", "ansvarlig", "frist", "status", "svar", "besvart_av")
# A status as a word and the shape that `tilstand` in the templates draws.
STATUSER: Mapping[Oppfoelgingsstatus, tuple[str, str]] = {
    Oppfoelgingsstatus.AAPEN: ("Ikke begynt", "neste"),
    Oppfoelgingsstatus.PAABEGYNT: ("Påbegynt", "paagaar"),
    Oppfoelgingsstatus.UTFOERT: ("Utført", "ferdig"),
    Oppfoelgingsstatus.BORTFALT: ("Falt bort", "borte"),
}


@view_config(route_name="oppfoelging_av", request_method="GET", permission="les", renderer=MAL)
def vis(moetesak: Moetesak, request: Request) -> dict[str, Any]:
    return _side(moetesak, request, Utfylling())


@view_config(route_name="oppfoelging_av", request_method="POST", permission=FOELG_OPP, renderer=MAL)
def ta_med(moetesak: Moetesak, request: Request) -> Any:
    """Accept a proposed sentence, or something that the secretary writes."""
    skjema = _skjema(request)

    def handling() -> str:
        felter, vedtak = Felter(request.POST, skjema), _vedtaket(moetesak, request)
        request.tjenester.oppfoelging.foelg_opp(
            vedtak, felter.tekst("tekst"), felter.tekst("ansvarlig"), felter.dato("frist"), kilde=_kilde(felter)
        )
        return "Punktet følges opp."

    return _svar(moetesak, request, skjema, handling)


@view_config(route_name="oppfoelging_avvis", request_method="POST", permission=FOELG_OPP, renderer=MAL)
def avvis(moetesak: Moetesak, request: Request) -> Any:
    """A proposed sentence asks for nothing."""
    skjema = _skjema(request)

    def handling() -> str:
        oppdrag = _foreslaatte(moetesak, request).get(skjema)
        if oppdrag is None:
            raise InvalidInput("Forslaget er alt behandlet. Se listen.")
        request.tjenester.oppfoelging.avvis(_vedtaket(moetesak, request), oppdrag.tekst)
        return "Setningen følges ikke opp, og foreslås ikke på nytt."

    return _svar(moetesak, request, skjema, handling)


@view_config(route_name="oppfoelging_punkt", request_method="POST", permission=MELD, renderer=MAL)
def endre(moetesak: Moetesak, request: Request) -> Any:
    """Where a point stands, and what answers it."""
    punkt = _punkt(moetesak, request)
    skjema = f"p{punkt.id}"

    def handling() -> str:
        felter = Felter(request.POST, skjema)
        request.tjenester.oppfoelging.endre(
            punkt,
            ansvarlig=felter.tekst("ansvarlig"),
            frist=felter.dato("frist"),
            status=_status(felter),
            svar=felter.tekst("svar"),
            besvart_av=_saken(felter, request),
        )
        return f"Punktet er oppdatert: {STATUSER[punkt.status][0].lower()}."

    return _svar(moetesak, request, skjema, handling)


def noekkel(kilde: str) -> str:
    """The name of the form of a proposed sentence: the same each time the page is shown."""
    return f"o{zlib.crc32(kilde.encode()):08x}"


def _svar(moetesak: Moetesak, request: Request, skjema: str, handling: Callable[[], str]) -> Any:
    try:
        utfoer(request, handling)
    except SaksbehandlingError as feil:
        request.response.status_int = feil.status
        return _side(moetesak, request, avvist(skjema, request.POST, feil, dict(zip(FELTER, FELTER, strict=True))))
    return HTTPSeeOther(request.route_path("oppfoelging_av", id=moetesak.id))


def _side(moetesak: Moetesak, request: Request, utfylling: Utfylling) -> dict[str, Any]:
    kan_foelge_opp = bool(request.has_permission(FOELG_OPP, moetesak))
    return {
        "moetesak": moetesak,
        "har_vedtak": vedtak_i(request.dbsession, moetesak) is not None,
        "punkter": oppfoelging_av(request.dbsession, moetesak),
        "forslag": _foreslaatte(moetesak, request) if kan_foelge_opp else {},
        "kan_foelge_opp": kan_foelge_opp,
        "kan_melde": bool(request.has_permission(MELD, moetesak)),
        "kan_lese": lambda ting: kan_lese(request.identitet, ting.lesere),
        "statuser": STATUSER,
        "aapne": IKKE_FERDIG,
        "statusvalg": [(status.value, ord_) for status, (ord_, _) in STATUSER.items()],
        "idag": request.tjenester.felles.clock.today(),
        "utfylling": utfylling,
        "broedsmuler": [
            ("Oppfølging", request.route_path("oppfoelging")),
            (f"{moetesak.utvalg.navn} {moetesak.saksnummer}", None),
        ],
    }


def _foreslaatte(moetesak: Moetesak, request: Request) -> dict[str, Oppdrag]:
    return {noekkel(oppdrag.tekst): oppdrag for oppdrag in request.tjenester.oppfoelging.forslag(moetesak)}


def _skjema(request: Request) -> str:
    return str(request.POST.get("skjema", NYTT))


def _kilde(felter: Felter) -> str | None:
    return felter.tekst("kilde") or None


def _vedtaket(moetesak: Moetesak, request: Request) -> Vedtak:
    vedtak = vedtak_i(request.dbsession, moetesak)
    if vedtak is None:
        raise InvalidInput(f"Det er ikke fattet vedtak i {moetesak.saksnummer}, så det er ingenting å følge opp ennå.")
    return vedtak


def _punkt(moetesak: Moetesak, request: Request) -> Oppfoelging:
    punkt: Oppfoelging | None = request.dbsession.get(Oppfoelging, int(request.matchdict["punkt"]))
    if punkt is None or punkt.vedtak.moetesak_id != moetesak.id:
        raise NotFound("Dette oppfølgingspunktet finnes ikke.")
    return punkt


def _status(felter: Felter) -> Oppfoelgingsstatus:
    try:
        status = Oppfoelgingsstatus(felter.tekst("status"))
    except ValueError:
        raise InvalidInput("Velg hvor langt punktet er kommet.", "status") from None
    if status not in STATUSER:
        raise InvalidInput("Velg hvor langt punktet er kommet.", "status")
    return status


def _saken(felter: Felter, request: Request) -> Saksmappe | None:
    """The case that was typed, one that the person may read."""
    nummer = felter.tekst("besvart_av")
    if not nummer:
        return None
    try:
        sak: Saksmappe = request.tjenester.saker.finn(nummer)
    except NotFound as feil:
        raise InvalidInput(str(feil), "besvart_av") from feil
    if not kan_lese(request.identitet, sak.lesere):
        raise InvalidInput(f"Det finnes ingen sak med nummer {nummer}.", "besvart_av")
    return sak
