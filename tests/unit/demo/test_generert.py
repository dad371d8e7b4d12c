"""Generated cases: the same each time, varied, and never against the rules."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saksbehandling import richtext
from saksbehandling.demo.generert import KANARIORD, LANG_TITTEL, GenerertForslag, GenerertSak, Utfall, saker
from saksbehandling.demo.kalender import moetedatoer
from saksbehandling.demo.seter import seter
from saksbehandling.votering.kodeverk import Behandlingstype, Forslagsstatus, Forslagstype

FRA, TIL = dt.date(2017, 1, 1), dt.date(2026, 11, 22)


@pytest.fixture(scope="module")
def sakene() -> list[GenerertSak]:
    return list(saker(400, FRA, TIL))


def _tekster(sak: GenerertSak) -> list[str]:
    av_moetet = [ett.tekst for ett in (*sak.forslag, *sak.merknader, *sak.oppfoelging)]
    return [sak.tittel, sak.saksframlegg, *sak.innstilling, *av_moetet]


def test_the_same_seed_gives_the_same_cases(sakene: list[GenerertSak]) -> None:
    assert list(saker(400, FRA, TIL)) == sakene
    assert list(saker(400, FRA, TIL, seed=2)) != sakene


def test_cases_come_in_the_order_of_meetings_that_the_bodies_hold(sakene: list[GenerertSak]) -> None:
    assert [sak.moetedato for sak in sakene] == sorted(sak.moetedato for sak in sakene)
    for sak in sakene:
        assert FRA <= sak.moetedato <= TIL
        assert sak.moetedato in moetedatoer(sak.utvalg, sak.moetedato.year)
        assert sak.opprettet < sak.moetedato


def test_they_vary(sakene: list[GenerertSak]) -> None:
    assert len({sak.saksframlegg for sak in sakene}) == len(sakene)
    assert len({sak.tittel for sak in sakene}) > 300
    assert {sak.maalform for sak in sakene} == {"nb", "nn"}
    assert {sak.utfall for sak in sakene} == set(Utfall)
    assert {sak.behandlingstype for sak in sakene} == {Behandlingstype.INNSTILLING, Behandlingstype.VEDTAK}
    assert {ett.forslagstype for sak in sakene for ett in sak.forslag} == set(Forslagstype) - {Forslagstype.AVVISNING}
    assert {ett.utfall for sak in sakene for ett in sak.forslag} == set(Forslagsstatus) - {Forslagsstatus.FRAMSATT}
    assert any(sak.merknader for sak in sakene)
    assert any(sak.oppfoelging for sak in sakene)
    assert any(sak.innstilling_mot for sak in sakene)


def test_sizes(sakene: list[GenerertSak]) -> None:
    for sak in sakene:
        avsnitt = [
            blokk for blokk in richtext.parse_notation(sak.saksframlegg) if isinstance(blokk, richtext.Paragraph)
        ]
        assert 3 <= len(avsnitt) <= 8
        assert 1 <= len(sak.innstilling) <= 4
        assert len(sak.forslag) <= 4


def test_each_segment_is_one_and_some_hold_a_list(sakene: list[GenerertSak]) -> None:
    alle = [[richtext.parse_notation(tekst) for tekst in sak.innstilling] for sak in sakene]
    for segmenter in alle:
        assert len(richtext.segments([blokk for segment in segmenter for blokk in segment])) == len(segmenter)
    assert any(len(segment) == 2 for segmenter in alle for segment in segmenter)


def test_texts_have_no_empty_slots_and_survive_the_notation(sakene: list[GenerertSak]) -> None:
    for sak in sakene:
        for tekst in _tekster(sak):
            blokker = richtext.parse_notation(tekst)
            assert richtext.parse_notation(richtext.to_notation(blokker)) == blokker
            assert not set("{}[]") & set(tekst)
            assert tekst.strip() == tekst != ""


def _holder(forslag: GenerertForslag, partier: dict[str, int]) -> None:
    talt = Counter(forslag.stemmer_for) + Counter(forslag.stemmer_mot)
    if forslag.utfall in (Forslagsstatus.TRUKKET, Forslagsstatus.BORTFALT):
        assert not talt
        return
    assert talt == Counter(partier)
    assert min([*forslag.stemmer_for.values(), *forslag.stemmer_mot.values()]) > 0
    flertall = sum(forslag.stemmer_for.values()) > sum(forslag.stemmer_mot.values())
    assert (forslag.utfall is Forslagsstatus.VEDTATT) == flertall
    for parti in (forslag.parti, *forslag.paa_vegne_av):
        assert forslag.stemmer_for[parti] == partier[parti]


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000))
def test_every_tally_fits_the_seats_and_every_proposal_has_an_end(seed: int) -> None:
    for sak in saker(30, FRA, TIL, seed):
        partier = seter(sak.utvalg, sak.periode)
        assert sum(partier.values()) == sak.til_stede
        assert sak.innstilling_mot.items() <= partier.items()
        assert 2 * sum(sak.innstilling_mot.values()) < sak.til_stede
        for ett in (*sak.forslag, *sak.merknader):
            assert 1 <= ett.medlem_nr <= partier[ett.parti]
        for forslag in sak.forslag:
            _holder(forslag, partier)
        for merknad in sak.merknader:
            assert set(merknad.tilslutning) <= set(partier) - {merknad.parti}


def test_targets_exist_and_each_segment_is_touched_once(sakene: list[GenerertSak]) -> None:
    for sak in sakene:
        maal = [ett.gjelder_segment for ett in sak.forslag if ett.gjelder_segment is not None]
        assert set(maal) <= set(range(1, len(sak.innstilling) + 1))
        assert len(set(maal)) == len(maal)
        for ett in sak.forslag:
            trenger = ett.forslagstype in (Forslagstype.ENDRING, Forslagstype.STRYKNING)
            assert (ett.gjelder_segment is not None) == trenger


def test_a_stopped_case_is_stopped_by_its_last_proposal_and_the_others_lapse(sakene: list[GenerertSak]) -> None:
    stopper = {Utfall.UTSATT: Forslagstype.UTSETTELSE, Utfall.TILBAKESENDT: Forslagstype.TILBAKESENDELSE}
    for sak in (sak for sak in sakene if sak.utfall in stopper):
        *andre, siste = sak.forslag
        assert (siste.forslagstype, siste.utfall) == (stopper[sak.utfall], Forslagsstatus.VEDTATT)
        assert all(ett.utfall is Forslagsstatus.BORTFALT for ett in andre)
        assert not sak.oppfoelging
        assert not sak.merknader


def test_a_postponed_case_has_a_later_meeting_of_the_body_and_no_other_has(sakene: list[GenerertSak]) -> None:
    for sak in sakene:
        assert (sak.utsatt_til is not None) == (sak.utfall is Utfall.UTSATT)
        if sak.utsatt_til:
            assert sak.utsatt_til > sak.moetedato
            assert sak.utsatt_til in moetedatoer(sak.utvalg, sak.utsatt_til.year)


def test_a_case_that_is_not_stopped_adopts_no_motion_that_would_stop_it(sakene: list[GenerertSak]) -> None:
    for sak in (sak for sak in sakene if sak.utfall is Utfall.VEDTATT):
        vedtatt = {ett.forslagstype for ett in sak.forslag if ett.utfall is Forslagsstatus.VEDTATT}
        assert not any(slag.prosedyre for slag in vedtatt)
        assert Forslagstype.ALTERNATIVT not in vedtatt


def test_follow_up_asks_for_what_was_decided(sakene: list[GenerertSak]) -> None:
    for sak in sakene:
        stroeket = {ett.gjelder_segment for ett in sak.forslag if ett.gjelder_segment}
        staar = {tekst for nr, tekst in enumerate(sak.innstilling, 1) if nr not in stroeket}
        staar |= {ett.tekst for ett in sak.forslag if ett.utfall is Forslagsstatus.VEDTATT}
        for bestilling in sak.oppfoelging:
            assert bestilling.tekst in staar
            assert "kommunedirektøren" in bestilling.tekst
            assert bestilling.frist > sak.moetedato


def test_one_title_has_two_hundred_characters(sakene: list[GenerertSak]) -> None:
    assert len(LANG_TITTEL) == 200
    assert [sak.tittel for sak in sakene].count(LANG_TITTEL) == 1
    assert max(len(sak.tittel) for sak in sakene) == 200


def test_canary_words_stand_in_screened_cases_alone(sakene: list[GenerertSak]) -> None:
    skjermede = [sak for sak in sakene if sak.skjermingshjemmel]
    assert len(skjermede) == 10
    assert {ord_ for ord_ in KANARIORD for sak in skjermede if ord_ in sak.tittel} == set(KANARIORD)
    for sak in sakene:
        tekst = " ".join(_tekster(sak)).casefold()
        har = any(ord_.casefold() in tekst for ord_ in KANARIORD)
        assert har == (sak.skjermingshjemmel is not None) == (sak.offentlig_tittel is not None)
    for sak in skjermede:
        assert sak.offentlig_tittel
        assert not any(ord_.casefold() in sak.offentlig_tittel.casefold() for ord_ in KANARIORD)
        assert any(ord_ in sak.saksframlegg for ord_ in KANARIORD)


def test_a_few_cases_can_be_taken_without_the_rest() -> None:
    assert len(list(islice(saker(50, FRA, TIL), 2))) == 2
    assert list(saker(0, FRA, TIL)) == []


def test_no_meeting_between_the_dates_is_an_error() -> None:
    with pytest.raises(ValueError, match="møte"):
        list(saker(5, dt.date(2019, 7, 1), dt.date(2019, 7, 31)))
