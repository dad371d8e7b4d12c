"""Where errors become pages: one view for all of ours, and one each for Pyramid's own. Never a traceback."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import structlog
from pyramid.csrf import BadCSRFOrigin, BadCSRFToken
from pyramid.httpexceptions import HTTPForbidden, HTTPNotFound, HTTPSeeOther
from pyramid.request import Request
from pyramid.view import exception_view_config, forbidden_view_config, notfound_view_config

from saksbehandling.errors import Refusal, SaksbehandlingError

log = structlog.get_logger(__name__)
MAL = "innsyn/feil.jinja2"

OVERSKRIFTER = {
    400: "Noe i skjemaet må rettes",
    403: "Du har ikke tilgang til dette",
    404: "Siden finnes ikke",
    409: "Noen andre kom først",
    415: "Filen kan ikke brukes",
    422: "Det kan ikke gjøres slik",
    500: "Noe gikk galt hos oss",
}


@exception_view_config(SaksbehandlingError, renderer=MAL)
def domenefeil(feil: SaksbehandlingError, request: Request) -> dict[str, Any]:
    """A domain error: its status, its sentence, and for a refusal every reason."""
    if feil.status >= 500:
        log.error("domenefeil", exc_info=feil)
    grunner = list(feil.reasons) if isinstance(feil, Refusal) else []
    return _side(request, feil.status, "" if grunner else str(feil), grunner)


@notfound_view_config(renderer=MAL)
def ikke_funnet(_feil: HTTPNotFound, request: Request) -> dict[str, Any]:
    innlogget = request.identitet.bruker_id is not None
    hjelp = "Kontroller adressen, eller søk etter saken." if innlogget else "Kontroller adressen, søk, eller logg inn."
    return _side(request, 404, hjelp)


@forbidden_view_config(renderer=MAL)
def ikke_tilgang(_feil: HTTPForbidden, request: Request) -> Any:
    """Nobody logged in: to the login page and back. Somebody: what they may not see looks like what does not exist."""
    if request.identitet.bruker_id is None and request.method == "GET":
        return HTTPSeeOther(request.route_path("logg_inn", _query={"neste": request.path_qs}))
    return _side(request, 403, "Rollen din gir ikke adgang til dette. Spør den som har ansvaret for saken.")


@exception_view_config(BadCSRFToken, renderer=MAL)
@exception_view_config(BadCSRFOrigin, renderer=MAL)
def utloept_skjema(_feil: Exception, request: Request) -> dict[str, Any]:
    return _side(
        request, 400, "Skjemaet er for gammelt, eller du er logget ut. Gå tilbake, last siden på nytt og send igjen."
    )


@exception_view_config(UnicodeDecodeError, renderer=MAL)
def uleselig_adresse(feil: UnicodeDecodeError, request: Request) -> dict[str, Any]:
    """An address whose query is no UTF-8 is the browser's fault; any other text that cannot be read is ours."""
    try:
        request.GET.items()
    except UnicodeDecodeError:
        request.environ["QUERY_STRING"] = ""  # the page's own frame reads it too
        side = _side(request, 400, "Den har tegn som ikke er tekst. Skriv den på nytt, eller søk etter saken.")
        return {**side, "tittel": "Adressen kan ikke leses"}
    return uventet(feil, request)


@exception_view_config(Exception, renderer=MAL)
def uventet(feil: Exception, request: Request) -> dict[str, Any]:
    log.error("uventet", exc_info=feil)
    return _side(request, 500, "Feilen er logget. Ingenting av det du gjorde nå er lagret. Prøv igjen om litt.")


def _side(request: Request, status: int, melding: str, grunner: Any = ()) -> dict[str, Any]:
    request.response.status_int = status
    tittel = OVERSKRIFTER.get(status, OVERSKRIFTER[500])
    return {"status": status, "tittel": tittel, "melding": melding, "grunner": grunner, "tilbake": _tilbake(request)}


def _tilbake(request: Request) -> str | None:
    """The page of ours that a form was sent from."""
    fra = urlsplit(request.referrer or "")
    if request.method == "GET" or fra.netloc != request.host:
        return None
    return f"{fra.path}?{fra.query}" if fra.query else fra.path
