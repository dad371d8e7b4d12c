"""The pages of the workflow definitions: what they are, who may do what in them, and tables to edit them in."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyramid.config import Configurator

FLYT = r"/arbeidsflyter/{id:[A-Za-z_][A-Za-z0-9_.-]{0,79}}"


def includeme(config: Configurator) -> None:
    from saksbehandling.arbeidsflyt.ressurser import definisjon_fra, liste_fra
    from saksbehandling.saksmappe.ressurser import sak_fra

    config.add_route("arbeidsflyter", "/arbeidsflyter", factory=liste_fra)
    config.add_route("arbeidsflyt", FLYT, factory=definisjon_fra)
    config.add_route("arbeidsflytversjoner", f"{FLYT}/versjoner", factory=definisjon_fra)
    config.add_route("arbeidsflytfil", f"{FLYT}/fil", factory=definisjon_fra)
    config.add_route("rediger_arbeidsflyt", f"{FLYT}/rediger", factory=definisjon_fra)
    config.add_route("gjenopprett_arbeidsflyt", f"{FLYT}/gjenopprett", factory=definisjon_fra)
    config.add_route("last_opp_arbeidsflyt", f"{FLYT}/last-opp", factory=definisjon_fra)
    config.add_route("sakens_arbeidsflyt", r"/saker/{aar:\d{4}}/{sekvens:\d{1,9}}/arbeidsflyt", factory=sak_fra)
    config.scan(".views")
    config.scan(".views_rediger")
    config.scan(".views_versjoner")
