"""Uploads that were refused: kept apart, told of to who sent them and the archivist, and deleted after a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyramid.config import Configurator


def includeme(config: Configurator) -> None:
    config.add_route("karantene", "/karantene")
    config.scan(".views")
