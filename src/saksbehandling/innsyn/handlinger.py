"""What a person can do with a case now, sorted for the page: what is open, what is in the way, what is hard to undo."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from saksbehandling.workflow_engine.service import Choice

# Done where the meeting is: there the case also gets its number and its place.
I_MOETET = {
    "sett_paa_saksliste": "Saken settes på sakslisten fra møtet: velg møtet, og legg saken til der.",
    "sett_paa_saksliste_bystyret": "Saken settes på sakslisten fra møtet: velg bystyrets møte, og legg saken til der.",
}
KONSEKVENS = {
    "trekk": "Saken tas ut av behandling for godt. Det som er journalført, blir stående.",
    "send_tilbake": "Saken går tilbake til utredning, og må godkjennes på nytt før den kan behandles.",
}


@dataclass(frozen=True, slots=True)
class Handlinger:
    """`mulige`: what can be done. `i_moetet`: what is done from a meeting. `sperret`: what cannot, with the reasons.
    `noedutganger`: what can be done but is hard to undo."""

    mulige: tuple[Choice, ...]
    i_moetet: tuple[Choice, ...]
    sperret: tuple[Choice, ...]
    noedutganger: tuple[Choice, ...]


def sorter(valg: Iterable[Choice]) -> Handlinger:
    alle = tuple(valg)
    aapne = [ett for ett in alle if ett.tillatt]
    return Handlinger(
        mulige=tuple(ett for ett in aapne if not ett.noedutgang and ett.hendelse not in I_MOETET),
        i_moetet=tuple(ett for ett in aapne if ett.hendelse in I_MOETET),
        sperret=tuple(ett for ett in alle if not ett.tillatt),
        noedutganger=tuple(ett for ett in aapne if ett.noedutgang),
    )


def konsekvens(valg: Choice) -> str:
    """A sentence on what an action that is hard to undo leads to."""
    return KONSEKVENS.get(valg.hendelse, "Dette kan ikke uten videre gjøres om.")
