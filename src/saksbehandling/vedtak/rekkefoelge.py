"""The usual order of voting, as a suggestion: the presiding person proposes, and the body decides. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from saksbehandling.votering.kodeverk import Forslagsstatus, Forslagstype
from saksbehandling.votering.values import Forslag, Segment

VANLIG_ORDEN: Mapping[Forslagstype, int] = {
    Forslagstype.AVVISNING: 0,
    Forslagstype.UTSETTELSE: 1,
    Forslagstype.TILBAKESENDELSE: 2,
    Forslagstype.ALTERNATIVT: 3,
    Forslagstype.ENDRING: 4,
    Forslagstype.STRYKNING: 4,
    Forslagstype.TILLEGG: 5,
    Forslagstype.OVERSENDELSE: 6,
}


def foreslaa_rekkefoelge(forslag: Sequence[Forslag], grunntekst: Sequence[Segment] = ()) -> tuple[str, ...]:
    """Ids of the proposals that are open, in the usual order; changes by the paragraph that they touch."""
    places = {segment.id: at for at, segment in enumerate(grunntekst)}
    open_ones = [ett for ett in forslag if ett.status is Forslagsstatus.FRAMSATT]
    # sorted() is stable: within a kind and a paragraph the minuted order stands.
    return tuple(
        ett.id
        for ett in sorted(open_ones, key=lambda ett: (VANLIG_ORDEN[ett.forslagstype], places.get(ett.maal or "", -1)))
    )
