"""Document and case processing for Norwegian municipal politics."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pyramid.router import Router

INCLUDES = (
    "pyramid_services",
    "saksbehandling.db",
    "saksbehandling.webdrift",
    "saksbehandling.metrics",
    "saksbehandling.web",
    "saksbehandling.identity",
    "saksbehandling.saksmappe",
    "saksbehandling.moete",
    "saksbehandling.votering",
    "saksbehandling.valg",
    "saksbehandling.vedtak",
    "saksbehandling.direkte",
    "saksbehandling.maler",
    "saksbehandling.protokoll",
    "saksbehandling.arbeidsflyt",
    "saksbehandling.innsyn",
    "saksbehandling.lagretsoek",
    "saksbehandling.karantene",
    "saksbehandling.innsyn.behandlingsside",
    "saksbehandling.innsyn.forslagsside",
    "saksbehandling.innsyn.registreringsside",
    "saksbehandling.innsyn.oppropsside",
    "saksbehandling.innsyn.alternativside",
    "saksbehandling.innsyn.ordenside",
    "saksbehandling.innsyn.avsnittsside",
)


# Each request begins its own transaction; pyramid_tm need not look up who asks, who may be nobody (`/helse`, pictures).
PYRAMID: dict[str, Any] = {"tm.manager_hook": "pyramid_tm.explicit_manager", "tm.annotate_user": "false"}


def main(_global_config: object = None, **settings: Any) -> Router:
    """The WSGI app. `settings`: those of `saksbehandling.config`, which win over file and environment."""
    # Here, not above: whoever imports one rule of this package should not have to load a web server.
    from pyramid.config import Configurator

    from saksbehandling import config as configuration
    from saksbehandling.assembly import Parts

    parts = Parts(partial(configuration.load, settings))
    with Configurator(settings=PYRAMID) as config:
        config.registry.update(parts.registry())
        for package in INCLUDES:
            config.include(package)
    return config.make_wsgi_app()
