"""Consolidation of the decision text, its provenance, and follow-up."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyramid.config import Configurator


def includeme(config: Configurator) -> None:
    from saksbehandling.moete import TALL
    from saksbehandling.moete.views_felles import moete_for, moetesak_for

    for navn, sti in {
        "vedtak_fatt": "vedtak",
        "behandling_utsett": "utsett",
        "behandling_send_tilbake": "send-tilbake",
        "behandling_trekk": "trekk",
        "oppfoelging_av": "oppfoelging",
        "oppfoelging_avvis": "oppfoelging/avvis",
        "oppfoelging_punkt": f"oppfoelging/{{punkt:{TALL}}}",
    }.items():
        config.add_route(navn, f"/moetesaker/{{id:{TALL}}}/{sti}", factory=moetesak_for)
    config.add_route("utkryssing", f"/moeter/{{id:{TALL}}}/utkryssing", factory=moete_for)
    for modul in (".views", ".views_oppfoelging", ".views_utkryssing"):
        config.scan(modul)
