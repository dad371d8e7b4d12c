"""Proposals, remarks and ballots: data and counting rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyramid.config import Configurator


def includeme(config: Configurator) -> None:
    from saksbehandling.moete import TALL
    from saksbehandling.moete.views_felles import moetesak_for

    config.add_route("moeteportal", "/moeteportal")
    for navn, sti in {
        "forslag_nytt": "forslag",
        "forslag_rett": "forslag/rett",
        "forslag_ta_inn": "forslag/ta-inn",
        "forslag_trekk": "forslag/trekk",
        "votering_ny": "voteringer",
        "votering_navn": "voteringer/navn",
        "votering_angre": "voteringer/angre",
        "stemmetall": "stemmetall",
        "tilfoersel_ny": "tilfoersler",
        "tilfoersel_avgjoer": "tilfoersler/avgjoer",
        "merknad_ny": "merknader",
        "merknad_tilslutning": "merknader/tilslutning",
        "merknad_utmelding": "merknader/utmelding",
    }.items():
        config.add_route(navn, f"/moetesaker/{{id:{TALL}}}/{sti}", factory=moetesak_for)
    for modul in (".views", ".views_forslag", ".views_tilfoersel", ".views_moeteportal"):
        config.scan(modul)
