"""Archive cases, journalposter, documents and their immutable versions, saksframlegg."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyramid.config import Configurator


def includeme(config: Configurator) -> None:
    from saksbehandling.saksmappe.ressurser import dokument_fra, sak_fra, versjon_fra, visning_fra

    config.add_route("ny_sak", "/saker/ny")
    framlegg = r"/saker/{aar:\d{4}}/{sekvens:\d{1,9}}/saksframlegg"
    config.add_route("saksframlegg", framlegg, factory=sak_fra)
    config.add_route("saksframlegg_utkast", f"{framlegg}/utkast", factory=sak_fra)
    config.add_route("saksframlegg_endringer", f"{framlegg}/endringer", factory=sak_fra)
    config.add_route("saksframlegg_word", f"{framlegg}/word", factory=sak_fra)
    config.add_route("saksframlegg_versjoner", f"{framlegg}/versjoner", factory=sak_fra)
    config.add_route("saksframlegg_versjon", rf"{framlegg}/versjoner/{{nummer:\d{{1,9}}}}", factory=sak_fra)
    config.add_route("saksframlegg_bilder", f"{framlegg}/bilder", factory=sak_fra)
    config.add_route("bilde", "/bilder/{sjekksum:[0-9a-f]{64}}", factory=visning_fra)
    config.add_route("vedlegg_ut", r"/saker/{aar:\d{4}}/{sekvens:\d{1,9}}/vedlegg/{id:\d{1,9}}/ta-ut", factory=sak_fra)
    config.add_route("last_opp", r"/saker/{aar:\d{4}}/{sekvens:\d{1,9}}/dokumenter", factory=sak_fra)
    config.add_route("dokumenttekst", r"/dokumenter/{id:\d{1,9}}/tekst", factory=dokument_fra)
    config.add_route(
        "miniatyr", r"/dokumenter/{id:\d{1,9}}/{versjon:\d{1,9}}{form:(\.pdf)?}/miniatyr.png", factory=versjon_fra
    )
    config.add_route("dokument", r"/dokumenter/{id:\d{1,9}}/{versjon:\d{1,9}}{form:(\.pdf)?}", factory=versjon_fra)
    config.scan(".views_ny_sak")
    config.scan(".views_saksframlegg")
    config.scan(".views_utkast")
    config.scan(".views_versjoner")
    config.scan(".views_word")
    config.scan(".views_bilde")
    config.scan(".views_dokument")
    config.scan(".views_vedlegg")
