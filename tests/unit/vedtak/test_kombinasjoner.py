"""Every small treatment, computed twice: by the product, and by a slow and simple second way of telling the same rules.

All combinations of kinds of proposals, of what became of each, of the way in which the question was put, and of two
voting orders; those that lead to the same ballots count once. Up to two proposals each time; with
SAKSBEHANDLING_ALLE_KOMBINASJONER=1 up to four, in parts that pytest -n spreads over processes (some minutes).
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import combinations_with_replacement, islice, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saksbehandling.richtext import parse_notation
from saksbehandling.vedtak.konsolidering import Beregning, Opphav, konsolider
from saksbehandling.votering.kodeverk import Behandlingstype, Forslagsstatus, Forslagstype, Voteringsform
from saksbehandling.votering.regelsett import KOMMUNELOVEN_2018
from saksbehandling.votering.values import Forslag, Objekt, Organ, Segment, Voteringsdata

ANTALL = 4 if os.environ.get("SAKSBEHANDLING_ALLE_KOMBINASJONER") else 2
T, S = Forslagstype, Forslagsstatus
# Kind, the paragraph that it changes or strikes, the paragraph after which it goes.
SLAG = (
    (T.TILLEGG, None, None),
    (T.TILLEGG, None, "A1"),
    (T.ENDRING, "A1", None),
    (T.ENDRING, "A2", None),
    (T.STRYKNING, "A1", None),
    (T.ALTERNATIVT, None, None),
    (T.UTSETTELSE, None, None),
    (T.TILBAKESENDELSE, None, None),
    (T.AVVISNING, None, None),
    (T.OVERSENDELSE, None, None),
)
GRUNNTEKST = [Segment("A1", parse_notation("Tekst A1.")), Segment("A2", parse_notation("Tekst A2."))]
RANG = {
    **dict.fromkeys((T.UTSETTELSE, T.TILBAKESENDELSE, T.AVVISNING), 0),
    T.ALTERNATIVT: 1,
    T.ENDRING: 2,
    T.STRYKNING: 2,
    T.TILLEGG: 4,
    T.OVERSENDELSE: 5,
}


@dataclass(frozen=True)
class Sak:
    """`skjebner`: what the body wants with each: vedtatt, falt, trukket, or framsatt (never voted on).

    `grunntekst_foerst`: the innstilling is voted on before what would change it. `mot_hverandre`: a change, a deletion
    and an alternative are put against what they would replace.
    """

    slag: tuple[tuple[Forslagstype, str | None, str | None], ...]
    skjebner: tuple[Forslagsstatus, ...]
    grunnteksten_vinner: bool
    grunntekst_foerst: bool
    mot_hverandre: bool

    @cached_property
    def forslag(self) -> list[Forslag]:
        return [_forslag(at, *ett, self.skjebner[at - 1]) for at, ett in enumerate(self.slag, 1)]


@cache
def _forslag(nummer: int, slag: Forslagstype, maal: str | None, anker: str | None, skjebne: Forslagsstatus) -> Forslag:
    status = S.TRUKKET if skjebne is S.TRUKKET else S.FRAMSATT
    tekst = "" if slag is T.STRYKNING else f"Tekst P{nummer}."
    return Forslag(f"P{nummer}", nummer, slag, parse_notation(tekst), maal=maal, anker=anker, status=status)


@dataclass
class Enkelt:
    """The second way: a list of paragraphs, struck through and written over by hand as the ballots are read out.

    `linjer`: [place, what stands there or None, decided]. `umulige`: ballots that nobody can hold.
    """

    sak: Sak
    linjer: list[list[object]] = field(default_factory=lambda: [["A1", "A1", False], ["A2", "A2", False]])
    utfall: dict[str, Forslagsstatus] = field(default_factory=dict)
    tillegg: list[Forslag] = field(default_factory=list)
    voteringer: list[Voteringsdata] = field(default_factory=list)
    umulige: list[Voteringsdata] = field(default_factory=list)
    erstattet: bool = False
    slutt: Forslag | None = None

    def spill(self) -> Enkelt:
        self.utfall = {ett.id: ett.status for ett in self.sak.forslag}
        for forslag in self._i_orden():
            if forslag is None:
                self._grunnteksten()
            elif self.sak.skjebner[forslag.nummer - 1] in (S.VEDTATT, S.FALT):
                self._et_forslag(forslag, self.sak.skjebner[forslag.nummer - 1] is S.VEDTATT)
        self.utfall = {key: S.BORTFALT if status is S.FRAMSATT else status for key, status in self.utfall.items()}
        return self

    def _i_orden(self) -> Iterator[Forslag | None]:
        """None is the ballot on what is left of the innstilling."""
        rang = 0.5 if self.sak.grunntekst_foerst else 3
        alle = [(RANG[ett.forslagstype], ett.nummer, ett) for ett in self.sak.forslag]
        yield from (ett for _, _, ett in sorted([*alle, (rang, 0, None)], key=lambda rad: rad[:2]))

    def _grunnteksten(self) -> None:
        igjen = [linje for linje in self.linjer if not linje[2] and linje[1] is not None]
        if self.slutt or not igjen:
            return
        self._votering(self.sak.grunnteksten_vinner, Objekt(tuple(str(linje[0]) for linje in igjen)))
        for linje in igjen:
            linje[2] = True
            if not self.sak.grunnteksten_vinner:
                self._stryk(linje)

    def _et_forslag(self, forslag: Forslag, vinner: bool) -> None:
        mot = self._motpart(forslag)
        if not self._mulig(forslag):
            self.umulige.append(_votering(99, vinner, Objekt(forslag=(forslag.id,))))
            return
        if mot:
            self._votering(not vinner, Objekt(tuple(str(linje[0]) for linje in mot)), Objekt(forslag=(forslag.id,)))
        else:
            self._votering(vinner, Objekt(forslag=(forslag.id,)))
        for linje in mot:
            linje[2] = True
        self.utfall[forslag.id] = S.VEDTATT if vinner else S.FALT
        if vinner:
            self._vedta(forslag)

    def _motpart(self, forslag: Forslag) -> list[list[object]]:
        """What it is put against: its paragraph, or the whole innstilling, where nothing of that is settled."""
        gjelder = self.linjer if forslag.forslagstype is T.ALTERNATIVT else self._maal(forslag)
        uroert = gjelder and not self.erstattet and all(not linje[2] and linje[1] == linje[0] for linje in gjelder)
        return gjelder if uroert and self.sak.mot_hverandre else []

    def _maal(self, forslag: Forslag) -> list[list[object]]:
        return [linje for linje in self.linjer if linje[0] == forslag.maal]

    def _mulig(self, forslag: Forslag) -> bool:
        if self.slutt:
            return False
        if forslag.forslagstype is T.ALTERNATIVT:
            return not any(linje[2] and linje[1] is not None for linje in self.linjer)
        if forslag.maal:
            return [linje[1] for linje in self._maal(forslag)] == [forslag.maal]
        return True

    def _vedta(self, forslag: Forslag) -> None:
        match forslag.forslagstype:
            case T.UTSETTELSE | T.TILBAKESENDELSE | T.AVVISNING:
                self.slutt = forslag
            case T.ALTERNATIVT:
                for linje in self.linjer:
                    self._stryk(linje)
                self.erstattet = True
                self.linjer = [[f"{forslag.id}#1", forslag.id, True]]
            case T.STRYKNING:
                self._stryk(self._maal(forslag)[0], but=forslag.id)
            case T.ENDRING:
                self._maal(forslag)[0][1] = forslag.id
            case T.TILLEGG:
                self.tillegg.append(forslag)

    def _stryk(self, linje: list[object], but: str = "") -> None:
        """The paragraph goes, and every change of it that has not fallen goes with it."""
        linje[1] = None
        for forslag in self.sak.forslag:
            if forslag.maal == linje[0] and forslag.id != but and self.utfall[forslag.id] in (S.FRAMSATT, S.VEDTATT):
                self.utfall[forslag.id] = S.BORTFALT

    def _votering(self, vinner: bool, *sider: Objekt) -> None:
        self.voteringer.append(_votering(len(self.voteringer) + 1, vinner, *sider))

    @property
    def spor(self) -> tuple[object, ...]:
        """What the product is told of it, and the ballots that it is to refuse."""
        holdt, umulige = ([(ett.objekter, ett.stemmer_for) for ett in rad] for rad in (self.voteringer, self.umulige))
        return tuple(ett.status for ett in self.sak.forslag), tuple(holdt), tuple(umulige)

    @property
    def tekst(self) -> list[str]:
        if self.slutt:
            return [self.slutt.id]
        ute, uten_plass = [], [ett.id for ett in self.tillegg]
        for sted, staar, _ in self.linjer:
            her = [ett.id for ett in self.tillegg if ett.anker == sted]
            ute += [*([str(staar)] if staar else []), *her]
            uten_plass = [ett for ett in uten_plass if ett not in her]
        return ute + uten_plass


def _votering(nummer: int, vinner: bool, *sider: Objekt) -> Voteringsdata:
    form = Voteringsform.ALTERNATIV if len(sider) > 1 else Voteringsform.FOR_MOT
    return Voteringsdata(nummer, form, sider, stemmer_for=11 if vinner else 10, stemmer_mot=10 if vinner else 11)


def produktet(sak: Sak, voteringer: Sequence[Voteringsdata]) -> Beregning:
    organ, vedtak = Organ("Kommunestyret", 21), Behandlingstype.VEDTAK
    return konsolider(GRUNNTEKST, sak.forslag, voteringer, [], organ, vedtak, KOMMUNELOVEN_2018, lukk=True)


def sammenlign(enkelt: Enkelt) -> None:
    sak = enkelt.sak
    beregning = produktet(sak, enkelt.voteringer)
    assert [ett.opphav_id for ett in beregning.avsnitt] == enkelt.tekst, sak
    assert beregning.forslagsutfall == enkelt.utfall, sak
    assert beregning.uavgjort == (), sak
    assert beregning.mangler == (), sak
    _ordrett(sak, beregning)
    for umulig in enkelt.umulige:
        assert produktet(sak, [*enkelt.voteringer, umulig]).mangler, (sak, umulig)


def _ordrett(sak: Sak, beregning: Beregning) -> None:
    """Every paragraph is printed as it was moved, and what was stopped carries the whole innstilling or nothing."""
    ordrett = {ett.id: ett.blokker for ett in (*GRUNNTEKST, *sak.forslag)}
    for avsnitt in beregning.avsnitt:
        assert avsnitt.blokker == ordrett[avsnitt.opphav_id], sak
        assert (avsnitt.opphav is Opphav.SEGMENT) == avsnitt.opphav_id.startswith("A"), sak
        assert avsnitt.voteringer, sak
    if beregning.prosedyre is not None:
        foelger = [] if beregning.prosedyre.forslagstype is T.AVVISNING else ["A1", "A2"]
        assert [ett.opphav_id for ett in beregning.prosedyre.foelger] == foelger, sak


SKJEBNER = (S.VEDTATT, S.FALT, S.TRUKKET, S.FRAMSATT)


def saker(slag: Sequence[tuple[Forslagstype, str | None, str | None]]) -> Iterator[Sak]:
    for skjebner in product(SKJEBNER, repeat=len(slag)):
        for valg in product((True, False), repeat=3):
            yield Sak(tuple(slag), skjebner, *valg)


DELER = 10


def _deler() -> list[tuple[int, int, int]]:
    """How many proposals, and which part of how many: those of three and four are divided."""
    smaa = [(antall, 0, 1) for antall in range(min(ANTALL, 2) + 1)]
    return smaa + [(antall, del_, DELER) for antall in range(3, ANTALL + 1) for del_ in range(DELER)]


def ulike(slag: Sequence[tuple[Forslagstype, str | None, str | None]]) -> list[Enkelt]:
    """One of each that the product is told the same of."""
    spilt = (Enkelt(sak).spill() for sak in saker(slag))
    return list({ett.spor: ett for ett in spilt}.values())


@pytest.mark.parametrize(("antall", "del_", "av"), _deler())
def test_every_small_treatment_comes_out_as_the_simple_way_tells(antall: int, del_: int, av: int) -> None:
    for slag in islice(combinations_with_replacement(SLAG, antall), del_, None, av):
        for enkelt in ulike(slag):
            sammenlign(enkelt)


@given(st.lists(st.sampled_from(SLAG), min_size=3, max_size=6).flatmap(lambda slag: _saken(tuple(slag))))
def test_larger_treatments_too(sak: Sak) -> None:
    sammenlign(Enkelt(sak).spill())


def _saken(slag: tuple[tuple[Forslagstype, str | None, str | None], ...]) -> st.SearchStrategy[Sak]:
    skjebner = st.tuples(*(st.sampled_from(SKJEBNER) for _ in slag))
    return st.builds(Sak, st.just(slag), skjebner, st.booleans(), st.booleans(), st.booleans())
