"""What the addresses of workflow pages stand for."""

from __future__ import annotations

from dataclasses import dataclass

from pyramid.request import Request

from saksbehandling.errors import NotFound, SetupError
from saksbehandling.identity.rules import INNLOGGET
from saksbehandling.workflow_engine.chart import Chart
from saksbehandling.workflow_engine.registry import Registry

INNLOGGEDE = frozenset({INNLOGGET})


@dataclass(frozen=True, slots=True)
class Flytliste:
    """The list of definitions, for everybody who is logged in."""

    lesere: frozenset[str] = INNLOGGEDE


@dataclass(frozen=True, slots=True)
class Definisjon:
    """A version of a definition. `nyeste`: the number of the newest one."""

    chart: Chart
    nyeste: int
    lesere: frozenset[str] = INNLOGGEDE


def definisjoner(request: Request) -> Registry:
    """The definitions of the running product."""
    registry: Registry = request.registry["felles"].registry
    return registry


def liste_fra(_request: Request) -> Flytliste:
    return Flytliste()


def definisjon_fra(request: Request) -> Definisjon:
    """The definition of `/arbeidsflyter/{id}`, in the version that `?versjon=` asks for, or the newest.

    Raises `NotFound`.
    """
    registry = definisjoner(request)
    asked = request.params.get("versjon", "")
    try:
        newest = registry.chart(request.matchdict["id"])
        chart = registry.chart(newest.id, int(asked)) if asked.isdecimal() and len(asked) < 7 else newest
    except SetupError:
        raise NotFound("Arbeidsflyten finnes ikke. Velg en av dem i listen over arbeidsflyter.") from None
    return Definisjon(chart, newest.versjon)
