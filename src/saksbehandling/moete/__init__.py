"""Meetings, sakslister, moetesaker, attendance and habilitet."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyramid.config import Configurator

TALL = r"\d{1,9}"


def includeme(config: Configurator) -> None:
    from saksbehandling.moete.views_felles import moete_for, moetesak_for, utvalg_for

    config.add_route("sekretariat", "/sekretariat")
    config.add_route("moeter", "/moeter")
    config.add_route("moetekalender", "/moeter.ics")
    config.add_route("moete_nytt", "/moeter/ny")
    config.add_route("utvalgsoppsett", "/utvalg")
    config.add_route("utvalg_oppsett", "/utvalg/{kode}", factory=utvalg_for)
    config.add_route("utvalg_malform", "/utvalg/{kode}/malform", factory=utvalg_for)
    config.add_route("utvalg_medlemmer", "/utvalg/{kode}/medlemmer", factory=utvalg_for)
    config.add_route("utvalg_siste_dag", "/utvalg/{kode}/medlemmer/siste-dag", factory=utvalg_for)
    for navn, sti in {
        "moete": "",
        "moete_saker": "/saker",
        "moete_rekkefoelge": "/rekkefoelge",
        "moete_trekk": "/trekk",
        "moetegang": "/gang",
        "forfall": "/forfall",
        "forfall_vara": "/forfall/vara",
        "deputasjoner": "/deputasjoner",
        "habilitet_reis": "/habilitet",
        "saksliste": "/saksliste",
        "frammoete": "/frammoete",
        "frammoete_endring": "/frammoete/endring",
    }.items():
        config.add_route(navn, f"/moeter/{{id:{TALL}}}{sti}", factory=moete_for)
    for navn, sti in {
        "moetesak_aapne": "aapne",
        "notat_nytt": "notater",
        "habilitet_ny": "habilitet",
        "saksordfoerer": "saksordfoerer",
    }.items():
        config.add_route(navn, f"/moetesaker/{{id:{TALL}}}/{sti}", factory=moetesak_for)
    for modul in (
        ".views",
        ".views_forfall",
        ".views_frammoete",
        ".views_medlemmer",
        ".views_registrering",
        ".views_saksliste",
        ".views_sekretariat",
        ".views_utvalg",
    ):
        config.scan(modul)
