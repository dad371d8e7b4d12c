"""The guards of the case types beside politisk sak.

Most ask about the values of the definition's own form (`sb:felt`), which are kept in `Flyt.data`; so a new case type
needs no new guard. Numbers and choices to compare with stand in the definition, with their source.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, object_session

from saksbehandling.errors import Reason
from saksbehandling.saksmappe.models import Journalposttype, Saksmappe
from saksbehandling.workflow_engine.models import Flyt
from saksbehandling.workflow_engine.schema import Feltnavn

Svar = Reason | str | None

ETATSUTTALELSE = "etatsuttalelse"
_SVART = ("avgitt", "frafalt")  # where an etatsuttalelse ends


def saksmappe_for(session: Session, flyt: Flyt) -> Saksmappe | None:
    """The case that a workflow belongs to: its own, or that of the nearest workflow that it is a sub-case of."""
    sak: Saksmappe | None = None
    naermeste: Flyt | None = flyt
    while naermeste is not None and sak is None:
        sak = session.scalar(sa.select(Saksmappe).where(Saksmappe.flyt_id == naermeste.id))
        naermeste = naermeste.forelder
    return sak


def utfylt(sak: Saksmappe, felt: Feltnavn) -> Svar:
    """The field has a value; no is one too."""
    return None if _verdi(sak, felt) not in (None, "") else _felt(felt, "er ikke fylt ut")


def ja(sak: Saksmappe, felt: Feltnavn) -> Svar:
    """The yes/no field is answered with yes."""
    return None if _verdi(sak, felt) is True else _felt(felt, "er ikke besvart med ja")


def valgt(sak: Saksmappe, felt: Feltnavn, verdi: str) -> Svar:
    """That choice is made in the field."""
    return None if _verdi(sak, felt) == verdi else _felt(felt, f"må være «{verdi}»")


def minst(sak: Saksmappe, felt: Feltnavn, grense: int) -> Svar:
    """The number in the field is at least `grense`."""
    return None if _tall(sak, felt) >= grense else _felt(felt, f"må være minst {grense}")


def minst_prosent(sak: Saksmappe, felt: Feltnavn, av: Feltnavn, prosent: int) -> Svar:
    """The number in the field is at least `prosent` per cent of the number in the field `av`, which must be known."""
    hele = _tall(sak, av)
    if hele > 0 and 100 * _tall(sak, felt) >= prosent * hele:
        return None
    return _felt(felt, f"må være minst {prosent} prosent av «{av}»")


def har_utgaaende_brev(sak: Saksmappe) -> Svar:
    """Something has been sent from the case: an answer, a decision, a notice."""
    if any(post.journalposttype is Journalposttype.UTGAAENDE for post in sak.journalposter):
        return None
    return Reason("Saken har ikke noe utgående brev. Journalfør brevet først.", "arkivlova")


def har_delsak(sak: Saksmappe) -> Svar:
    """A sub-case has been started."""
    return None if _delsaker(sak) else "Ingen delsak er startet."


def etatsuttalelser_avgitt(sak: Saksmappe) -> Svar:
    """Every agency that was asked has answered, or its statement is waived."""
    venter = sum(
        delsak.definisjon == ETATSUTTALELSE and not set(delsak.aktive.split()) <= set(_SVART)
        for delsak in _delsaker(sak)
    )
    return f"{venter} etater har ikke uttalt seg. Registrer eller frafall uttalelsene." if venter else None


SAKSTYPEVAKTER: dict[str, Callable[..., Svar]] = {
    vakt.__name__: vakt
    for vakt in (
        utfylt,
        ja,
        valgt,
        minst,
        minst_prosent,
        har_utgaaende_brev,
        har_delsak,
        etatsuttalelser_avgitt,
    )
}


def _felt(felt: str, hva: str) -> Reason:
    return Reason(f"Feltet «{felt}» {hva}.", felt=felt)


def _verdi(sak: Saksmappe, felt: str) -> Any:
    return sak.flyt.data.get(felt) if sak.flyt is not None else None


def _tall(sak: Saksmappe, felt: str) -> int:
    verdi = _verdi(sak, felt)
    return verdi if isinstance(verdi, int) else 0


def _delsaker(sak: Saksmappe) -> list[Flyt]:
    session = object_session(sak)
    if session is None or sak.flyt_id is None:
        return []
    return list(session.scalars(sa.select(Flyt).where(Flyt.forelder_id == sak.flyt_id)))
