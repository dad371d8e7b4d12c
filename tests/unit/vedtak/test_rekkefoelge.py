"""The usual order of voting, as a suggestion."""

from __future__ import annotations

import pytest

from saksbehandling.richtext import parse_notation
from saksbehandling.vedtak.rekkefoelge import (
    INNSTILLINGEN,
    VANLIG_ORDEN,
    foreslaa_rekkefoelge,
    i_orden,
    kontroller_rekkefoelge,
)
from saksbehandling.votering.kodeverk import Forslagsstatus, Forslagstype
from saksbehandling.votering.values import Forslag, Segment

GRUNNTEKST = [Segment(key, parse_notation(key)) for key in ("A1", "A2")]


def forslag(key: str, kind: Forslagstype, maal: str | None = None, status: Forslagsstatus = Forslagsstatus.FRAMSATT):
    return Forslag(key, 1, kind, (), maal=maal, status=status)


def test_procedure_alternatives_paragraphs_additions_referrals() -> None:
    moved = [
        forslag("oversend", Forslagstype.OVERSENDELSE),
        forslag("tillegg", Forslagstype.TILLEGG),
        forslag("stryk to", Forslagstype.STRYKNING, "A2"),
        forslag("endre to", Forslagstype.ENDRING, "A2"),
        forslag("endre en", Forslagstype.ENDRING, "A1"),
        forslag("alternativ", Forslagstype.ALTERNATIVT),
        forslag("trukket", Forslagstype.ALTERNATIVT, status=Forslagsstatus.TRUKKET),
        forslag("send tilbake", Forslagstype.TILBAKESENDELSE),
        forslag("utsett", Forslagstype.UTSETTELSE),
        forslag("avvis", Forslagstype.AVVISNING),
        forslag("tillegg til", Forslagstype.TILLEGG),
    ]
    assert foreslaa_rekkefoelge(moved, GRUNNTEKST) == (
        "avvis",
        "utsett",
        "send tilbake",
        "alternativ",
        INNSTILLINGEN,
        "endre en",
        "stryk to",
        "endre to",
        "tillegg",
        "tillegg til",
        "oversend",
    )


def test_every_kind_has_its_place() -> None:
    assert VANLIG_ORDEN.keys() == set(Forslagstype)


@pytest.mark.parametrize(
    ("satt", "ventet"),
    [
        ((), ("a", "b", "c", "d")),
        (("d", "c", "b", "a"), ("d", "c", "b", "a")),
        (("c", "a"), ("c", "d", "a", "b")),  # b and d came later
        (("borte", "b"), ("a", "b", "c", "d")),
    ],
)
def test_what_came_later_stands_after_what_it_usually_follows(satt: tuple[str, ...], ventet: tuple[str, ...]) -> None:
    assert i_orden(("a", "b", "c", "d"), satt) == ventet


def test_procedure_is_never_put_after_the_substance() -> None:
    moved = [forslag("utsett", Forslagstype.UTSETTELSE), forslag("tillegg", Forslagstype.TILLEGG)]
    assert kontroller_rekkefoelge(("utsett", INNSTILLINGEN, "tillegg"), moved) == []
    assert kontroller_rekkefoelge(("tillegg", "utsett"), moved) == ["Forslag 1 om utsettelse må stå før realiteten."]
