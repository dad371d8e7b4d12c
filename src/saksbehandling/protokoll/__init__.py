"""Frozen data of each document kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyramid.config import Configurator


def includeme(config: Configurator) -> None:
    from saksbehandling.moete import TALL
    from saksbehandling.moete.views_felles import moetesak_for

    for navn, sti in {
        "protokoll_docx": "protokoll.docx",
        "protokoll_godkjenn": "protokoll/godkjenn",
        "protokoll_publiser": "protokoll/publiser",
    }.items():
        config.add_route(navn, f"/moetesaker/{{id:{TALL}}}/{sti}", factory=moetesak_for)
    config.scan(".views")
