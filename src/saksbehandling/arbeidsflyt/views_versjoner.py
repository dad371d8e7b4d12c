"""The list of versions, and two more ways to a new one: bringing an earlier version back, and uploading a file."""

from __future__ import annotations

from typing import Any

from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from saksbehandling.arbeidsflyt import lesing
from saksbehandling.arbeidsflyt.lager import filnavn
from saksbehandling.arbeidsflyt.redigering import Forsoek, proev_fil, proev_gammel
from saksbehandling.arbeidsflyt.ressurser import Definisjon, definisjoner
from saksbehandling.arbeidsflyt.versjoner import versjonslinjer
from saksbehandling.arbeidsflyt.views_rediger import avgjoer, smuler, utfall
from saksbehandling.errors import NotFound, Reason, SetupError
from saksbehandling.workflow_engine.chart import Chart
from saksbehandling.workflow_engine.source import MAX_BYTES

_GJENOPPRETT = {
    "route_name": "gjenopprett_arbeidsflyt",
    "permission": "rediger_arbeidsflyt",
    "renderer": "arbeidsflyt/gjenopprett.jinja2",
}
_LAST_OPP = {
    "route_name": "last_opp_arbeidsflyt",
    "permission": "rediger_arbeidsflyt",
    "renderer": "arbeidsflyt/last_opp.jinja2",
}


@view_config(
    route_name="arbeidsflytversjoner",
    request_method="GET",
    permission="les",
    renderer="arbeidsflyt/versjoner.jinja2",
)
def vis(definisjon: Definisjon, request: Request) -> dict[str, Any]:
    linjer = versjonslinjer(request.dbsession, definisjoner(request), definisjon.chart.id)
    return {**_side(definisjon, "Versjoner"), "linjer": linjer}


@view_config(route_name="arbeidsflytfil", request_method="GET", permission="les")
def hent(definisjon: Definisjon, request: Request) -> Response:
    """The file of a version, to be worked on elsewhere."""
    found = definisjoner(request).definition(definisjon.chart)
    if found is None:
        raise NotFound("Arbeidsflyten er ikke lest fra en fil.")
    name = filnavn(definisjon.chart.id, definisjon.chart.versjon)
    svar = Response(found.content, content_type="application/scxml+xml", charset="UTF-8")
    svar.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return svar


@view_config(request_method="GET", **_GJENOPPRETT)
def vis_gjenopprett(definisjon: Definisjon, request: Request) -> Any:
    gammel = _gammel(definisjon, request)
    forsoek = proev_gammel(definisjoner(request), definisjon.chart, gammel)
    return {**_side(definisjon, "Gjenopprett"), "gammel": gammel, **utfall(forsoek, forsoek.grunner, proevd=True)}


@view_config(request_method="POST", **_GJENOPPRETT)
def gjenopprett(definisjon: Definisjon, request: Request) -> Any:
    gammel = _gammel(definisjon, request)
    forsoek = proev_gammel(definisjoner(request), definisjon.chart, gammel)
    side = {**_side(definisjon, "Gjenopprett"), "gammel": gammel}
    return avgjoer(request, definisjon, forsoek, side, gammel.versjon)


@view_config(request_method="GET", **_LAST_OPP)
def vis_last_opp(definisjon: Definisjon, _request: Request) -> Any:
    return {**_side(definisjon, "Last opp"), "innhold": "", **utfall()}


@view_config(request_method="POST", **_LAST_OPP)
def last_opp(definisjon: Definisjon, request: Request) -> Any:
    """First the file, and what it changes is shown; then its content comes back to be saved."""
    forsoek = _mottatt(definisjon, request)
    innhold = forsoek.definisjon.content.decode() if forsoek.definisjon else ""
    return avgjoer(request, definisjon, forsoek, {**_side(definisjon, "Last opp"), "innhold": innhold})


def _mottatt(definisjon: Definisjon, request: Request) -> Forsoek:
    registry, fil = definisjoner(request), request.POST.get("fil")
    if innhold := request.POST.get("innhold", ""):
        return proev_fil(registry, definisjon.chart, "filen", innhold.encode("utf-8", "replace"))
    if not hasattr(fil, "file"):
        return Forsoek((Reason("Velg en fil.", felt="fil"),))
    with fil.file as stroem:
        content = stroem.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        return Forsoek((Reason(f"Filen er for stor. En definisjon kan ha høyst {MAX_BYTES // 1024} kB.", felt="fil"),))
    return proev_fil(registry, definisjon.chart, fil.filename[:80], content)


def _gammel(definisjon: Definisjon, request: Request) -> Chart:
    """The earlier version that `fra` names. Raises `NotFound`."""
    asked = request.params.get("fra", "")
    try:
        if asked.isdecimal() and len(asked) < 7:
            return definisjoner(request).chart(definisjon.chart.id, int(asked))
    except SetupError:
        pass
    raise NotFound("Versjonen finnes ikke. Velg en av dem i listen over versjoner.")


def _side(definisjon: Definisjon, her: str) -> dict[str, Any]:
    return {
        "chart": definisjon.chart,
        "tittel": lesing.tittel(definisjon.chart),
        "nyeste": definisjon.nyeste,
        "broedsmuler": smuler(definisjon, her),
    }
