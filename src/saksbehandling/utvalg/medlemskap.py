"""When somebody may take or leave a seat in a body. Pure; nothing here forgets who sat where."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from saksbehandling.errors import Conflict, InvalidInput
from saksbehandling.utvalg.models import Funksjon, Medlemskap, Utvalgsperiode


def krev_i_perioden(periode: Utvalgsperiode, dag: dt.date, felt: str) -> None:
    """Raises `InvalidInput` at `felt` for a day outside the election period."""
    valgt = periode.valgperiode
    if not valgt.fra <= dag <= valgt.til:
        raise InvalidInput(
            f"{dag:%d.%m.%Y} er utenfor valgperioden, {valgt.fra:%d.%m.%Y} til {valgt.til:%d.%m.%Y}.", felt
        )


def krev_ledig(nytt: Medlemskap, andre: Sequence[Medlemskap], plasser: int | None) -> None:
    """Raises `Conflict` when the person sits there already, somebody else leads, or every one of `plasser` is taken."""
    samtidige = [rad for rad in andre if overlapper(rad, nytt)]
    if any(rad.person is nytt.person for rad in samtidige):
        raise Conflict(f"{nytt.person.navn} sitter alt i utvalget i dette tidsrommet. Før den siste dagen der først.")
    if nytt.funksjon is Funksjon.VARAMEDLEM:
        return
    leder = next((rad for rad in samtidige if rad.funksjon is Funksjon.LEDER), None)
    if leder and nytt.funksjon is Funksjon.LEDER:
        raise Conflict(f"{leder.person.navn} leder utvalget i dette tidsrommet. Før den siste dagen der først.")
    if plasser and _flest_samtidig(nytt, samtidige) > plasser:
        raise Conflict(f"Alle de {plasser} plassene er besatt. Før den siste dagen til den som trer ut, først.")


def overlapper(en: Medlemskap, annen: Medlemskap) -> bool:
    """Whether there is a day on which both hold. No date: from the start of the period, or to its end."""
    return _fra(en) <= _til(annen) and _fra(annen) <= _til(en)


def _flest_samtidig(nytt: Medlemskap, samtidige: Sequence[Medlemskap]) -> int:
    sitter = [nytt, *(rad for rad in samtidige if rad.funksjon is not Funksjon.VARAMEDLEM)]
    dager = {max(_fra(rad), _fra(nytt)) for rad in sitter}
    return max(sum(_fra(rad) <= dag <= _til(rad) for rad in sitter) for dag in dager)


def _fra(medlemskap: Medlemskap) -> dt.date:
    return medlemskap.fra or dt.date.min


def _til(medlemskap: Medlemskap) -> dt.date:
    return medlemskap.til or dt.date.max
