"""What every page stands on: templates, static files, the services of a request, and the frame's own variables."""

from __future__ import annotations

from typing import Any

from pyramid.config import Configurator
from pyramid.events import BeforeRender
from pyramid.request import Request

from saksbehandling.identity.kodeverk import ROLLENAVN, Rolle
from saksbehandling.innsyn import adresser, datoer, figurer
from saksbehandling.tjenester import TJENESTEKLASSER, Tjenester

ALLE = frozenset(Rolle)
# Title, address, and the roles that it is for; those for every role are for the public too.
DESKER: tuple[tuple[str, str, frozenset[Rolle]], ...] = (
    (
        "Min arbeidsflate",
        "/arbeidsflate",
        frozenset({Rolle.SAKSBEHANDLER, Rolle.LEDER, Rolle.KOMMUNEDIREKTOER, Rolle.ARKIVAR}),
    ),
    ("Sekretariat", "/sekretariat", frozenset({Rolle.SEKRETARIAT, Rolle.RAADSSEKRETAER})),
    ("Utvalg", "/utvalg", frozenset({Rolle.SEKRETARIAT, Rolle.ADMINISTRATOR})),
    ("Møteportal", "/moeteportal", frozenset({Rolle.REPRESENTANT, Rolle.VARA, Rolle.MOETELEDER})),
    ("Saker", "/saker", ALLE),
    ("Møter", "/moeter", ALLE),
    ("Oppfølging", "/oppfoelging", ALLE),
    ("Maler", "/maler", frozenset({Rolle.SEKRETARIAT, Rolle.ADMINISTRATOR})),
    ("Arbeidsflyter", "/arbeidsflyter", frozenset({Rolle.ADMINISTRATOR})),
)


def includeme(config: Configurator) -> None:
    config.include("pyramid_jinja2")
    config.add_jinja2_search_path("saksbehandling.templates:web")
    config.add_static_view("statisk", "saksbehandling.templates:web/static", cache_max_age=3600)
    config.add_request_method(_tjenester, "tjenester", reify=True)
    config.registry["tjenester_for"] = lambda session: Tjenester(config.registry["felles"], session)
    config.add_request_method(meld, "meld")
    for klasse, finn in TJENESTEKLASSER.items():
        config.register_service_factory(lambda _context, request, finn=finn: finn(request.tjenester), klasse)
    config.add_subscriber(_rammens_variabler, BeforeRender)
    config.action(None, _jinja, args=(config,), order=999)


def _jinja(config: Configurator) -> None:
    environment = config.get_jinja2_environment()
    environment.globals.update(figurer.GLOBALER)
    environment.globals.update(adresser.GLOBALER)
    environment.filters.update(datoer.FILTRE)


def _tjenester(request: Request) -> Tjenester:
    """The services of this request, in its transaction."""
    return Tjenester(request.registry["felles"], request.dbsession)


def _rammens_variabler(event: BeforeRender) -> None:
    """What `layout.jinja2` shows on every page; a view's own value of the same name stays.

    What is no page (`/helse`, a JSON twin) is left alone: the token alone would begin a session, and set its cookie.
    """
    request = event.get("request")
    if request is None or "settings" not in request.registry or not _er_side(event):
        return
    for navn, verdi in rammen(request).items():
        event.setdefault(navn, verdi)


def _er_side(event: BeforeRender) -> bool:
    return str(event.get("renderer_name", "")).endswith(".jinja2")


def rammen(request: Request) -> dict[str, Any]:
    identitet = request.identitet
    innlogget = identitet.bruker_id is not None
    return {
        "kommune": request.registry["settings"].kommune,
        "bruker": {"navn": identitet.navn, "roller": _rolleord(request)} if innlogget else None,
        "desks": [*_desker(request), _innsyn(request)],
        "broedsmuler": [],
        "meldinger": [tuple(melding.split("|", 1)) for melding in request.session.pop_flash()],
        "csrf_token": request.session.get_csrf_token(),
        "logg_inn_url": "/logg-inn",
        "logg_ut_url": "/logg-ut",
        "soketekst": request.params.get("q", "") if request.path == "/sok" else "",
        "spraak": "nb",
    }


def meld(request: Request, slag: str, tekst: str) -> None:
    """Show `tekst` once, on the next page. `slag`: info, suksess, advarsel or feil."""
    request.session.flash(f"{slag}|{tekst}")


def _rolleord(request: Request) -> list[str]:
    return sorted({ROLLENAVN[rolle] for rolle, _ in request.identitet.roller})


def _desker(request: Request) -> list[tuple[str, str, bool]]:
    mine = {rolle for rolle, _ in request.identitet.roller}
    her = f"{request.path}/"
    return [
        (tittel, url, her.startswith(f"{url}/")) for tittel, url, roller in DESKER if roller is ALLE or mine & roller
    ]


def _innsyn(request: Request) -> tuple[str, str, bool]:
    return ("Innsyn", "/", request.path == "/" or request.path.startswith("/innsyn"))
