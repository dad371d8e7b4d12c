"""The order of voting, usual or as set: the presiding person proposes, and the body decides. Pure.

Only what the domain guide (§ 4, voting order) says must be so is enforced: procedure before substance.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from saksbehandling.votering.kodeverk import Forslagsstatus, Forslagstype
from saksbehandling.votering.values import Forslag, Segment

INNSTILLINGEN = "innstillingen"
"""Stands in an order for the paragraphs that nobody contests."""

VANLIG_ORDEN: Mapping[Forslagstype, int] = {
    Forslagstype.AVVISNING: 0,
    Forslagstype.UTSETTELSE: 1,
    Forslagstype.TILBAKESENDELSE: 2,
    Forslagstype.ALTERNATIVT: 3,
    # The innstilling: 4.
    Forslagstype.ENDRING: 5,
    Forslagstype.STRYKNING: 5,
    Forslagstype.TILLEGG: 6,
    Forslagstype.OVERSENDELSE: 7,
}
_INNSTILLINGENS_PLASS = 4


def foreslaa_rekkefoelge(forslag: Sequence[Forslag], grunntekst: Sequence[Segment] = ()) -> tuple[str, ...]:
    """Ids of the proposals that are open, in the usual order, with `INNSTILLINGEN` where there is a text.

    Changes go by the paragraph that they touch.
    """
    places = {segment.id: at for at, segment in enumerate(grunntekst)}
    ranked = [
        (VANLIG_ORDEN[ett.forslagstype], places.get(ett.maal or "", -1), ett.id)
        for ett in forslag
        if ett.status is Forslagsstatus.FRAMSATT
    ]
    if grunntekst:
        ranked.append((_INNSTILLINGENS_PLASS, -1, INNSTILLINGEN))
    # sorted() is stable: within a kind and a paragraph the minuted order stands.
    return tuple(key for _, _, key in sorted(ranked, key=lambda one: one[:2]))


def i_orden(vanlig: Sequence[str], satt: Sequence[str]) -> tuple[str, ...]:
    """`vanlig` as somebody has set it. What they did not know of goes right after what it usually follows."""
    order = [key for key in satt if key in vanlig]
    for at, key in enumerate(vanlig):
        if key not in order:
            order.insert(order.index(vanlig[at - 1]) + 1 if at else 0, key)
    return tuple(order)


def kontroller_rekkefoelge(noekler: Sequence[str], forslag: Sequence[Forslag]) -> list[str]:
    """Why this order cannot be: a proposal that concerns the treatment itself comes after the substance."""
    procedure = {ett.id: ett for ett in forslag if ett.forslagstype.prosedyre}
    first = next((at for at, key in enumerate(noekler) if key not in procedure), len(noekler))
    return [
        f"Forslag {procedure[key].nummer} om {procedure[key].forslagstype.value} må stå før realiteten."
        for key in noekler[first:]
        if key in procedure
    ]
