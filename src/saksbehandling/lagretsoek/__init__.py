"""Searches that people save: a list of one's own, and e-mail about new hits."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyramid.config import Configurator


def includeme(config: Configurator) -> None:
    from saksbehandling.lagretsoek.views import varslingsvalg

    config.add_request_method(varslingsvalg, property=True)
    config.add_route("lagrede_sok", "/lagrede-sok")
    config.add_route("lagrede_sok_epost", "/lagrede-sok/epost")
    config.add_route("lagret_sok", r"/lagrede-sok/{id:\d{1,9}}")
    config.add_route("lagret_sok_slett", r"/lagrede-sok/{id:\d{1,9}}/slett")
    config.add_route("lagret_sok_stopp", r"/lagrede-sok/stopp/{noekkel:[\w-]{43}}")
    config.scan(".views")
    config.scan(".views_stopp")
