"""Elections held in a meeting: majority, proportional by lists, by agreement."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyramid.config import Configurator


def includeme(config: Configurator) -> None:
    from saksbehandling.moete import TALL
    from saksbehandling.moete.views_felles import moetesak_for

    config.add_route("valg", f"/moetesaker/{{id:{TALL}}}/valg", factory=moetesak_for)
    config.scan(".views")
