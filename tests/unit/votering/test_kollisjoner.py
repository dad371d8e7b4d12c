"""Proposals in each other's way: every pair of kinds, and what holds for any set of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saksbehandling.votering.kodeverk import Forslagsstatus, Forslagstype
from saksbehandling.votering.kollisjoner import kollisjoner
from saksbehandling.votering.values import Forslag

AVSNITT = {"s1": 1, "s2": 2}
ENDRING, STRYKNING, TILLEGG = Forslagstype.ENDRING, Forslagstype.STRYKNING, Forslagstype.TILLEGG
ALTERNATIVT, UTSETTELSE = Forslagstype.ALTERNATIVT, Forslagstype.UTSETTELSE


def ett(nummer: int, slag: Forslagstype, maal: str | None = None, anker: str | None = None) -> Forslag:
    return Forslag(f"f{nummer}", nummer, slag, (), maal=maal, anker=anker)


@pytest.mark.parametrize(
    ("en", "to", "ventet"),
    [
        (ett(1, ENDRING, "s1"), ett(2, ENDRING, "s1"), "endrer begge avsnitt 1"),
        (ett(1, ENDRING, "s1"), ett(2, ENDRING, "s2"), None),
        (ett(1, STRYKNING, "s2"), ett(2, ENDRING, "s2"), "Forslag 2 endrer avsnitt 2, som forslag 1 vil stryke"),
        (ett(1, STRYKNING, "s2"), ett(2, STRYKNING, "s2"), "Én votering avgjør begge"),
        (ett(1, STRYKNING, "s2"), ett(2, STRYKNING, "s1"), None),
        (ett(1, TILLEGG, anker="s1"), ett(2, STRYKNING, "s1"), "Forslag 1 skal stå etter avsnitt 1"),
        (ett(1, TILLEGG, anker="s2"), ett(2, STRYKNING, "s1"), None),
        (ett(1, TILLEGG), ett(2, STRYKNING, "s1"), None),
        (ett(1, TILLEGG), ett(2, TILLEGG), None),
        (ett(1, ALTERNATIVT), ett(2, ALTERNATIVT), "erstatte hele teksten"),
        (ett(1, ENDRING, "s1"), ett(2, ALTERNATIVT), "Blir forslag 2 vedtatt, faller forslag 1"),
        (ett(1, ALTERNATIVT), ett(2, TILLEGG), None),
        (ett(1, UTSETTELSE), ett(2, ALTERNATIVT), None),
    ],
)
def test_pairs(en: Forslag, to: Forslag, ventet: str | None) -> None:
    for rekkefoelge in ([en, to], [to, en]):
        funnet = kollisjoner(rekkefoelge, AVSNITT)
        assert [rad.numre for rad in funnet] == ([(1, 2)] if ventet else [])
        assert ventet is None or ventet in funnet[0].tekst


_LUKKET = st.sampled_from([Forslagsstatus.FRAMSATT, Forslagsstatus.TRUKKET])
_FORSLAG = st.builds(
    lambda slag, maal, status: Forslag(
        "f", 0, slag, (), maal=maal if slag in (ENDRING, STRYKNING) else None, anker=maal, status=status
    ),
    st.sampled_from(Forslagstype),
    st.sampled_from(["s1", "s2"]),
    _LUKKET,
)


@given(st.lists(_FORSLAG, max_size=6))
def test_only_open_proposals_collide_and_each_pair_once(alle: list[Forslag]) -> None:
    forslag = [
        Forslag(f"f{nr}", nr, rad.forslagstype, (), maal=rad.maal, anker=rad.anker, status=rad.status)
        for nr, rad in enumerate(alle, 1)
    ]
    par = [rad.numre for rad in kollisjoner(forslag, AVSNITT)]
    aapne = {rad.nummer for rad in forslag if rad.status is Forslagsstatus.FRAMSATT}
    assert len(par) == len(set(par))
    assert all(en < to and {en, to} <= aapne for en, to in par)
