"""The tables in which an administrator edits a definition. Saving makes a new version; those in force never change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import structlog
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.view import view_config

from saksbehandling.arbeidsflyt import lesing
from saksbehandling.arbeidsflyt.redigering import Forsoek, aapne, lagre_versjon, proev_skjema
from saksbehandling.arbeidsflyt.ressurser import Definisjon, definisjoner
from saksbehandling.arbeidsflyt.skjema import Skjema
from saksbehandling.arbeidsflyt.titler import TILLATELSER
from saksbehandling.arbeidsflyt.versjoner import endret_av_andre
from saksbehandling.arbeidsflyt.views import SMULE
from saksbehandling.errors import Conflict, Reason, Refusal
from saksbehandling.workflow_engine.definition import Lagring

log = structlog.get_logger(__name__)

_RUTE = {
    "route_name": "rediger_arbeidsflyt",
    "permission": "rediger_arbeidsflyt",
    "renderer": "arbeidsflyt/rediger.jinja2",
}


@view_config(request_method="GET", **_RUTE)
def vis(definisjon: Definisjon, request: Request) -> Any:
    """The form of the newest version, whichever was asked for."""
    if definisjon.chart.versjon != definisjon.nyeste:
        return HTTPSeeOther(request.path)
    return _side(definisjon, aapne(definisjoner(request), definisjon.chart)) | utfall()


@view_config(request_method="POST", **_RUTE)
def send(definisjon: Definisjon, request: Request) -> Any:
    """Show what the form changes, or save it. What is wrong is shown on the same form, with what was typed."""
    skjema, forsoek = proev_skjema(definisjoner(request), definisjon.chart, request.POST)
    return avgjoer(request, definisjon, forsoek, _side(definisjon, skjema))


def avgjoer(
    request: Request,
    definisjon: Definisjon,
    forsoek: Forsoek,
    side: Mapping[str, Any],
    gjenoppretter: int | None = None,
) -> Any:
    """Save what was tried, if that was asked for; else the page with what came of it."""
    try:
        _krev_nyeste(definisjon)
        if forsoek.grunner:
            raise Refusal(forsoek.grunner)
        if request.POST.get("handling") == "lagre":
            return _lagre(request, forsoek, gjenoppretter)
        return {**side, **utfall(forsoek, proevd=True)}
    except Refusal as feil:
        request.response.status_int = feil.status
        return {**side, **utfall(forsoek, feil.reasons)}
    except Conflict as feil:
        request.response.status_int = feil.status
        return {**side, **utfall(forsoek, (Reason(str(feil)),)), "deres": _deres(request, definisjon)}


def utfall(forsoek: Forsoek | None = None, grunner: tuple[Reason, ...] = (), proevd: bool = False) -> dict[str, Any]:
    """What a page says of a try. `deres`: what somebody else saved in the meantime."""
    return {
        "proevd": proevd,
        "endringer": forsoek.endringer if forsoek else (),
        "feil": [(each.text, each.felt, each.hjemmel) for each in grunner],
        "feltfeil": {each.felt: each.text for each in grunner if each.felt},
        "deres": None,
    }


def smuler(definisjon: Definisjon, her: str) -> list[tuple[str, str | None]]:
    return [SMULE, (lesing.tittel(definisjon.chart), f"/arbeidsflyter/{definisjon.chart.id}"), (her, None)]


def _krev_nyeste(definisjon: Definisjon) -> None:
    if definisjon.chart.versjon != definisjon.nyeste:
        raise Conflict(
            f"Versjon {definisjon.nyeste} er lagret etter at du åpnet versjon {definisjon.chart.versjon}. "
            "Åpne redigeringen på nytt, og gjør endringene der."
        )


def _deres(request: Request, definisjon: Definisjon) -> tuple[Lagring | None, list[str]]:
    registry = definisjoner(request)
    return endret_av_andre(registry, definisjon.chart, registry.chart(definisjon.chart.id))


def _lagre(request: Request, forsoek: Forsoek, gjenoppretter: int | None) -> HTTPSeeOther:
    hvem = request.identitet
    lagring = Lagring(hvem.navn, request.registry["clock"].now(), hvem.bruker_id, gjenoppretter)
    chart = lagre_versjon(definisjoner(request), request.registry["settings"].workflow_dir, forsoek, lagring)
    log.info("arbeidsflyt lagret", id=chart.id, versjon=chart.versjon, bruker_id=hvem.bruker_id)
    request.meld(
        "suksess",
        f"Versjon {chart.versjon} er lagret. Nye saker følger den; saker som er i gang, følger den de begynte i.",
    )
    return HTTPSeeOther(f"/arbeidsflyter/{chart.id}")


def _side(definisjon: Definisjon, skjema: Skjema) -> dict[str, Any]:
    return {
        "chart": definisjon.chart,
        "tittel": lesing.tittel(definisjon.chart),
        "skjema": skjema,
        "tillatelser": {name: title.nb for name, title in TILLATELSER.items()},
        "broedsmuler": smuler(definisjon, "Rediger"),
    }
