"""The meeting live: the item that is up, the speaking list, electronic ballots, and the screens that follow them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from pyramid.config import Configurator
    from pyramid.registry import Registry
    from sqlalchemy.orm import Session

    from saksbehandling.direkte.bilde import Moetebilde
    from saksbehandling.direkte.vakt import Direktevakt

Lest = TypeVar("Lest")


def includeme(config: Configurator) -> None:
    from saksbehandling.moete import TALL
    from saksbehandling.moete.views_felles import moete_for

    rot = f"/direkte/{{id:{TALL}}}"
    config.add_route("direkte_endringer", f"{rot}/endringer")
    for navn, sti in {
        "direkte": "",
        "direkte_sal": "/sal",
        "direkte_leder": "/leder",
        "direkte_delta": "/delta/{handling}",
        "direkte_led": "/led/{handling}",
    }.items():
        config.add_route(navn, rot + sti, factory=moete_for)
    for modul in (".views", ".views_handlinger"):
        config.scan(modul)
    config.registry["direktevakt"] = _vakt(config.registry)


def _vakt(registry: Registry) -> Direktevakt:
    """Reads in sessions of its own, which keep nobody from writing."""
    from saksbehandling.db import reader
    from saksbehandling.direkte.lesing import les_bilde, les_sekvens
    from saksbehandling.direkte.vakt import Direktevakt

    def lest(les: Callable[[Session], Lest]) -> Lest:
        with registry["session_factory"](bind=reader(registry["engine"])) as session:
            return les(session)

    def bilde(moete_id: int) -> Moetebilde | None:
        return lest(lambda session: les_bilde(registry["tjenester_for"](session), moete_id))

    return Direktevakt(lambda moete_id: lest(lambda session: les_sekvens(session, moete_id)), bilde)
