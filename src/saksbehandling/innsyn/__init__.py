"""What everybody sees: public pages, search page, error pages; and the pages that gather from several features."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyramid.config import Configurator

SAK = r"/saker/{aar:\d{4}}/{sekvens:\d{1,9}}"


def includeme(config: Configurator) -> None:
    from saksbehandling.innsyn.views_oppfoelging import oppfoelging_som_haster
    from saksbehandling.saksmappe.ressurser import sak_eller_skjermet_fra, sak_fra

    config.add_route("forside", "/")
    config.add_route("innsyn", "/innsyn")
    config.add_route("vedtaksfeed", "/innsyn/vedtak.atom")
    config.add_route("innsyn_utvalg", "/innsyn/{utvalg}")
    config.add_route("tilgjengelighet", "/tilgjengelighet")
    config.add_route("oppfoelging", "/oppfoelging")
    config.add_request_method(oppfoelging_som_haster)
    config.add_route("sok", "/sok")
    config.add_route("sok_json", "/sok.json")
    config.add_route("sok_csv", "/sok.csv")
    config.add_route("sok_atom", "/sok.atom")
    config.add_route("sok_fullfoer", "/sok/fullfoer.json")
    config.add_route("folkevalgt", r"/folkevalgte/{person:\d{1,9}}")
    config.add_route("saker", "/saker")
    config.add_route("sak", SAK, factory=sak_eller_skjermet_fra)
    config.add_route("sak_json", f"{SAK}.json", factory=sak_eller_skjermet_fra)
    config.add_route("sakshendelse", f"{SAK}/hendelser", factory=sak_fra)
    config.add_route("arbeidsflate", "/arbeidsflate")
    for side in ("forside", "sok", "sok_eksport", "folkevalgte", "saker", "sak", "arbeidsflate", "oppfoelging"):
        config.scan(f".views_{side}")
    config.scan(".feilsider")
