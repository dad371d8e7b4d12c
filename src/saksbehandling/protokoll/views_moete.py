"""The protocol of a whole meeting: read, frozen, approved, signed, corrected and published."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from saksbehandling.documents.docx_renderer import DocxRenderer
from saksbehandling.errors import AccessDenied, InvalidInput, NotFound, SaksbehandlingError
from saksbehandling.filsvar import som_fil
from saksbehandling.moete.lesing import saksliste
from saksbehandling.moete.models import Moete, Moetesak
from saksbehandling.moete.schemas import Felter, Utfylling, avvist
from saksbehandling.moete.views_felles import utfoer
from saksbehandling.protokoll.lesing import kan_godkjenne_i, moeteprotokoll_i, skjermet_for
from saksbehandling.protokoll.models import Moeteprotokoll
from saksbehandling.protokoll.moetedata import Moeteprotokolldata, som_verdier, synlig
from saksbehandling.protokoll.moetefiler import filnavn
from saksbehandling.protokoll.ordlyd import godkjenningssetning, rettelsesoverskrift
from saksbehandling.protokoll.views import publiser_saken
from saksbehandling.saksmappe.models import Dokument

FOER, UNDERSKRIV = "foer_moeteprotokoll", "underskriv_protokoll"
MAL = "protokoll/moete.jinja2"
FELTER: Mapping[str, Mapping[str, str]] = {
    "fram": {"godkjennes_i": "i"},
    "godkjenn": {"merknad": "merknad"},
    "underskrift": {"funksjon": "funksjon"},
    "rettelse": {"tekst": "tekst", "begrunnelse": "begrunnelse", "sak": "sak"},
}


@view_config(route_name="moeteprotokoll", request_method="GET", renderer=MAL)
def vis(moete: Moete, request: Request) -> dict[str, Any]:
    """The protocol: for all when it is published, for the body's members when it is frozen, before that a draft."""
    return _side(moete, request, Utfylling())


@view_config(route_name="moeteprotokoll_docx", request_method="GET")
def last_ned(moete: Moete, request: Request) -> Response:
    """The document, without the words of what this reader may not read."""
    _krev_lesbar(moete, request)
    skjermet = skjermet_for(request.dbsession, moete, request.identitet)
    data = synlig(request.tjenester.moeteprotokollutkast.data(moete), skjermet)
    innhold = request.tjenester.moeteprotokollfiler.fil(moete, data, skjermet)
    return som_fil(innhold, DocxRenderer.media_type, filnavn(moete))


@view_config(route_name="moeteprotokoll_fram", request_method="POST", permission=FOER, renderer=MAL)
def legg_fram(moete: Moete, request: Request) -> Any:
    """Freeze the words."""

    def handling() -> str:
        i = _sak_i(kan_godkjenne_i(request.dbsession, moete), Felter(request.POST, "fram").tekst("i"))
        request.tjenester.moeteprotokoller.legg_fram(moete, request.identitet, godkjennes_i=i)
        return "Protokollen er lagt fram. Teksten er frosset, og kan underskrives og godkjennes."

    return _svar(moete, request, "fram", handling)


@view_config(route_name="moeteprotokoll_tilbake", request_method="POST", permission=FOER, renderer=MAL)
def ta_tilbake(moete: Moete, request: Request) -> Any:
    """Thaw words that nobody has approved or signed."""

    def handling() -> str:
        request.tjenester.moeteprotokoller.ta_tilbake(_protokollen(moete, request))
        return "Protokollen er tatt tilbake, og er et utkast igjen."

    return _svar(moete, request, "tilbake", handling)


@view_config(route_name="moeteprotokoll_godkjenn", request_method="POST", permission=FOER, renderer=MAL)
def godkjenn(moete: Moete, request: Request) -> Any:
    """Note that the body approved."""

    def handling() -> str:
        merknad = Felter(request.POST, "godkjenn").tekst("merknad")
        protokoll = _protokollen(moete, request)
        request.tjenester.moetegodkjenning.godkjenn(protokoll, request.identitet, merknad=merknad)
        return "Protokollen er godkjent, og med den saksprotokollene som ventet."

    return _svar(moete, request, "godkjenn", handling)


@view_config(route_name="moeteprotokoll_underskriv", request_method="POST", permission=UNDERSKRIV, renderer=MAL)
def underskriv(moete: Moete, request: Request) -> Any:
    """Sign, in one's own name."""

    def handling() -> str:
        funksjon = Felter(request.POST, "underskrift").tekst("funksjon")
        request.tjenester.moeteprotokoller.underskriv(_protokollen(moete, request), request.identitet, funksjon)
        return "Du har underskrevet protokollen."

    return _svar(moete, request, "underskrift", handling)


@view_config(route_name="moeteprotokoll_rett", request_method="POST", permission=FOER, renderer=MAL)
def rett(moete: Moete, request: Request) -> Any:
    """Append a correction."""

    def handling() -> str:
        felter = Felter(request.POST, "rettelse")
        sak = _sak_i(saksliste(request.dbsession, moete), felter.tekst("sak"))
        request.tjenester.moeteprotokoller.rett(
            _protokollen(moete, request), request.identitet, felter.blokker("tekst"), felter.tekst("begrunnelse"), sak
        )
        return "Rettelsen er føyd til. Det som sto, står."

    return _svar(moete, request, "rettelse", handling)


@view_config(route_name="moeteprotokoll_publiser", request_method="POST", permission=FOER, renderer=MAL)
def publiser(moete: Moete, request: Request) -> Any:
    """Publish the public parts, and the treatments with them."""

    def handling() -> str:
        protokoll = _protokollen(moete, request)
        for moetesak in request.tjenester.moetegodkjenning.publiser(protokoll, request.identitet):
            publiser_saken(moetesak, request)
        return "Protokollen er publisert. Saker som er unntatt offentlighet, står bare med nøytral tittel."

    return _svar(moete, request, "publiser", handling)


def _svar(moete: Moete, request: Request, skjema: str, handling: Callable[[], str]) -> Any:
    try:
        utfoer(request, handling)
    except SaksbehandlingError as feil:
        request.response.status_int = feil.status
        return _side(moete, request, avvist(skjema, request.POST, feil, FELTER.get(skjema, {})))
    return HTTPSeeOther(request.route_path("moeteprotokoll", id=moete.id))


def _side(moete: Moete, request: Request, utfylling: Utfylling) -> dict[str, Any]:
    _krev_lesbar(moete, request)
    protokoll = moeteprotokoll_i(request.dbsession, moete)
    skjermet = skjermet_for(request.dbsession, moete, request.identitet)
    data: Moeteprotokolldata = synlig(request.tjenester.moeteprotokollutkast.data(moete), skjermet)
    foerer = bool(request.has_permission(FOER, moete))
    saker = {ett.id: ett for ett in saksliste(request.dbsession, moete)}
    return {
        "moete": moete,
        "protokoll": protokoll,
        "tilstand": protokolltilstand(protokoll),
        "p": som_verdier(data),
        "lenker": [saker[ett.moetesak_id] if ett.sak else None for ett in data.saker],
        "sakvalg": [(ett.id, f"{ett.saksnummer} {ett.offentlig_tittel}") for ett in saker.values()],
        "rettelser": [
            (rettelsesoverskrift(rad, data.malform), rad)
            for rad in (protokoll.rettelser if protokoll else ())
            if rad.moetesak_id not in skjermet
        ],
        "godkjenning": godkjenningssetning(protokoll) if protokoll and protokoll.godkjent else "",
        "kan_godkjenne_i": _senere(kan_godkjenne_i(request.dbsession, moete)) if foerer else [],
        "foerer": foerer,
        "arkivert": arkivert_protokoll(request, moete),
        "redigert": None if skjermet else request.tjenester.haandredigeringer.gjeldende(moete),
        "kan_redigere": foerer and not skjermet,
        "kan_underskrive": protokoll is not None
        and bool(request.has_permission(UNDERSKRIV, moete))
        and all(rad.bruker_id != request.identitet.bruker_id for rad in protokoll.underskrifter),
        "utfylling": utfylling,
        "broedsmuler": [
            ("Møter", request.route_path("moeter")),
            (f"{moete.utvalg.navn}, {moete.dato:%d.%m.%Y}", request.route_path("moete", id=moete.id)),
            ("Protokoll", None),
        ],
    }


def protokolltilstand(protokoll: Moeteprotokoll | None) -> tuple[str, str]:
    """Where the protocol stands: a word, and the shape that `tilstand` in the templates draws."""
    if protokoll is None:
        return "Utkast", "neste"
    if protokoll.publisert:
        return "Publisert", "ferdig"
    return ("Godkjent", "ferdig") if protokoll.godkjent else ("Lagt fram til godkjenning", "paagaar")


def kan_lese_protokollen(request: Request, moete: Moete) -> bool:
    """Everybody when it is published, the body's people when it is frozen, and its secretary always."""
    if request.has_permission(FOER, moete):
        return True
    protokoll = moeteprotokoll_i(request.dbsession, moete)
    if protokoll is None:
        return False
    return protokoll.publisert is not None or bool(request.has_permission(UNDERSKRIV, moete))


def arkivert_protokoll(request: Request, moete: Moete) -> Sequence[Dokument]:
    """The documents of the journal that the protocol is kept as, of those that this person may read."""
    dokumenter: Sequence[Dokument] = request.tjenester.moetearkiv.lesbare(moete, request.identitet)
    return dokumenter


def _krev_lesbar(moete: Moete, request: Request) -> None:
    if not kan_lese_protokollen(request, moete):
        raise AccessDenied("Protokollen er ikke publisert ennå. Den kan leses her når utvalget har godkjent den.")


def _protokollen(moete: Moete, request: Request) -> Moeteprotokoll:
    protokoll = moeteprotokoll_i(request.dbsession, moete)
    if protokoll is None:
        raise NotFound("Protokollen er ikke lagt fram ennå.")
    return protokoll


def _senere(saker: Sequence[Moetesak]) -> list[tuple[int, str]]:
    return [(ett.id, f"{ett.moete.dato:%d.%m.%Y}: {ett.saksnummer} {ett.offentlig_tittel}") for ett in saker]


def _sak_i(saker: Sequence[Moetesak], nummer: str) -> Moetesak | None:
    if not nummer:
        return None
    funnet: Moetesak | None = next((ett for ett in saker if str(ett.id) == nummer), None)
    if funnet is None:
        raise InvalidInput("Velg en sak fra listen.", "sak")
    return funnet
