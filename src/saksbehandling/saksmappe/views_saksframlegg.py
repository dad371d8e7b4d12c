"""Writing the saksframlegg: a plain form in the light notation, with a preview; a conflict shows both texts."""

from __future__ import annotations

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.view import view_config

from saksbehandling.errors import Conflict, InvalidInput, SaksbehandlingError
from saksbehandling.richtext import to_notation
from saksbehandling.saksmappe.models import Saksframlegg, Saksmappe
from saksbehandling.saksmappe.schemas import Feil, Saksframleggsskjema, er_konflikt, feil_av, felt_feil, som_feil
from saksbehandling.saksmappe.services import SaksmappeService

MAL = "saksmappe/saksframlegg.jinja2"
TILLATELSE = "rediger_saksframlegg"


@view_config(route_name="saksframlegg", request_method="GET", permission=TILLATELSE, renderer=MAL)
def vis(sak: Saksmappe, _request: Request) -> dict[str, Any]:
    return _side(sak, _lagret(sak))


@view_config(route_name="saksframlegg", request_method="POST", permission=TILLATELSE, renderer=MAL)
def lagre(sak: Saksmappe, request: Request) -> Any:
    skjema = Saksframleggsskjema.fra(request.POST)
    if grunner := skjema.feil():
        return _avvist(sak, request, skjema, som_feil(grunner), InvalidInput.status)
    if request.POST.get("handling") == "forhaandsvis":
        return {**_side(sak, skjema), "forhaandsvisning": True}
    try:
        _lagre(sak, request, skjema)
    except SaksbehandlingError as feil:
        side = _avvist(sak, request, skjema, feil_av(feil), feil.status)
        return {**side, "deres": _lagret(sak)} if er_konflikt(feil) else side
    request.meld("suksess", "Saksframlegget er lagret.")
    return HTTPSeeOther(request.route_path("sak", aar=sak.saksaar, sekvens=sak.sakssekvensnummer))


def _lagre(sak: Saksmappe, request: Request, skjema: Saksframleggsskjema) -> None:
    utkast = _utkast(sak)
    if skjema.radversjon != (utkast.radversjon if utkast else None):
        raise Conflict("Noen andre har lagret saksframlegget etter at du åpnet det. Ingenting er overskrevet.")
    request.find_service(SaksmappeService).lagre_saksframlegg(
        sak,
        tittel=skjema.tittel,
        innhold=skjema.blokker,
        innstilling=skjema.segmenter,
        dato=utkast.dato if utkast else None,
        signaturer=_signaturer(sak),
        radversjon=skjema.radversjon,
    )


def _utkast(sak: Saksmappe) -> Saksframlegg | None:
    """The version that is still being written, if there is one: an approved one is never changed."""
    siste = sak.gjeldende_saksframlegg
    return siste if siste is not None and siste.godkjent is None else None


def _signaturer(sak: Saksmappe) -> list[dict[str, Any]]:
    siste = sak.gjeldende_saksframlegg
    return list(siste.signaturer) if siste else []


def _lagret(sak: Saksmappe) -> Saksframleggsskjema:
    """What is stored, as it is typed."""
    siste, utkast = sak.gjeldende_saksframlegg, _utkast(sak)
    if siste is None:
        return Saksframleggsskjema(sak.tittel, "", "")
    innstilling = "\n\n".join(to_notation(segment.blokker) for segment in siste.grunntekst.segmenter)
    return Saksframleggsskjema(
        siste.tittel, innstilling, to_notation(siste.innhold), utkast.radversjon if utkast else None
    )


def _avvist(sak: Saksmappe, request: Request, skjema: Saksframleggsskjema, feil: Feil, status: int) -> dict[str, Any]:
    request.tm.doom()
    request.response.status_int = status
    return _side(sak, skjema, feil)


def _side(sak: Saksmappe, skjema: Saksframleggsskjema, feil: Feil | None = None) -> dict[str, Any]:
    adresse = f"/saker/{sak.saksaar}/{sak.sakssekvensnummer}"
    return {
        "sak": sak,
        "skjema": skjema,
        "feil": feil or [],
        "feltfeil": felt_feil(feil or []),
        "deres": None,
        "forhaandsvisning": False,
        "sakens_adresse": adresse,
        "broedsmuler": [("Saker", "/saker"), (sak.saksnummer, adresse), ("Saksframlegg", None)],
    }
