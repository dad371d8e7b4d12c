"""Probes of the language: compounds, inflection, the two written forms, and words that must stay apart."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saksbehandling.search_engine.analysis import stem, word_terms
from saksbehandling.search_engine.analysis.wordlists import _lines, fingerprint, variants, weights, words


def found_by(word: str) -> set[str]:
    """Everything that a document's word can be found by."""
    terms = word_terms(word)
    return {terms.whole, *terms.segments, *terms.spans}


@pytest.mark.parametrize(
    ("word", "query"),
    [
        ("byutviklingsstrategi", "strategi"),
        ("byutviklingsstrategi", "byutvikling"),
        ("byutviklingsstrategien", "utviklingsstrategier"),
        ("barnehageplasser", "barnehage"),
        ("barnehageplassene", "plass"),
        ("skolebyggene", "skole"),
        ("kommunedelplan", "delplan"),
        ("eiendomsskatteloven", "eiendomsskatt"),
        ("eiendomsskatteloven", "lov"),
        ("reguleringsplanen", "regulering"),
        ("saksbehandlingstid", "saksbehandling"),
        ("bystyremedlemmer", "bystyret"),
        ("ungdomsskoleelever", "elev"),
        ("vennskapsbyavtaler", "avtale"),
        ("sykehjemsplass", "sykehjem"),
        ("klimabudsjettet", "budsjett"),
        ("helsestasjonstjenesten", "tjeneste"),
        ("sykkelvei", "veien"),
        ("søknadsfristen", "frist"),
        ("skjenkebevilling", "bevillinger"),
        ("handlingsplan", "handling"),
        ("kulturminnevern", "kulturminne"),
        ("trafikksikkerhetsplan", "sikkerhet"),
        ("vannforsyningsplan", "plan"),
        ("EU-prosjekter".lower(), "prosjekt"),
        ("skulevegar", "skolevei"),
        ("sakshandsamingstid", "saksbehandlingstid"),
        ("heimetenesta", "hjemmetjeneste"),
    ],
)
def test_a_compound_is_found_by_its_parts(word: str, query: str) -> None:
    assert word_terms(query).whole in found_by(word)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ikke", "ikkje"),
        ("skole", "skulane"),
        ("høring", "høyringar"),
        ("veien", "vegane"),
        ("utvalget", "utvala"),
        ("behandling", "handsaminga"),
        ("møter", "møta"),
        ("vedtaket", "vedtaka"),
        ("uttalelser", "fråsegner"),
        ("forslaget", "framlegg"),
        ("votering", "røysting"),
        ("tjenestene", "tenester"),
        ("innbyggere", "innbyggjarane"),
        ("medlemmer", "medlemene"),
        ("barn", "borna"),
        ("byen", "byar"),
        ("bolig", "bustader"),
        ("kirken", "kyrkja"),
        ("sykehjem", "sjukeheimen"),
        ("regnskap", "rekneskapen"),
        ("ansatte", "tilsette"),
        ("mulighet", "moglegheiter"),
        ("virksomhet", "verksemda"),
        ("mangfold", "mangfald"),
        ("enstemmig", "samrøystes"),
        ("flertallet", "fleirtal"),
        ("ordføreren", "ordførar"),
        ("lederen", "leiaren"),
        ("leder", "lederen"),
        ("ordfører", "ordføreren"),
        ("lærere", "lærarane"),
        ("rådgiver", "rådgivere"),
        ("nummer", "nummeret"),
        ("gata", "gatene"),
        ("strategier", "strategiene"),
        ("kommuner", "kommunane"),
        ("planene", "plan"),
        ("økning", "auke"),
        ("vann", "vatnet"),
        ("uken", "vekene"),
    ],
)
def test_forms_of_a_word_are_one(one: str, other: str) -> None:
    assert word_terms(one).whole == word_terms(other).whole


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("barnehage", "hage"),
        ("rådmann", "mann"),
        ("bystyret", "by"),
        ("kommunestyre", "kommune"),
        ("representant", "presentant"),
        ("politiker", "politi"),
        ("høyre", "høring"),
        ("planlegging", "legging"),
        ("interpellasjon", "lasjon"),
        ("salg", "sal"),
        ("lege", "legge"),
        ("valg", "velger"),
        ("skatt", "skatteloven"),
        ("formannskap", "mann"),
        ("område", "råde"),
    ],
)
def test_different_words_stay_apart(word: str, other: str) -> None:
    assert word_terms(other).whole not in found_by(word)


def test_parts_stand_beside_the_whole() -> None:
    terms = word_terms("byutviklingsstrategi")
    assert terms.segments == ("by", "utvikling", "strategi")
    assert terms.spans == ("byutvikling", "utviklingstrategi")


@settings(deadline=None)
@given(st.text(alphabet="abdegiklnoprstuvyæøå-'", min_size=1, max_size=70))
def test_every_word_has_a_term(word: str) -> None:
    terms = word_terms(word)
    assert terms.whole or not word.strip("-")
    assert len(terms.segments) != 1 or "-" in word or len(set(word)) < len(word)


def test_æøå_are_letters_of_their_own() -> None:
    assert len({stem("hål"), stem("hal"), stem("høl"), stem("hol"), stem("hæl"), stem("hel")}) == 6


def test_no_form_belongs_to_two_words() -> None:
    rows = [form for line in _lines("malformer.txt") for form in line.partition(":")[2].split()]
    assert sorted(rows) == sorted(variants())
    assert not set(variants()) & set(variants().values())


def test_stop_words_are_short_of_meaning() -> None:
    assert {"og", "det", "ein"} < words("stoppord.txt")
    assert not {"ikke", "ikkje", "vedtak", "sak"} & words("stoppord.txt")


def test_the_weights_are_those_that_were_measured() -> None:
    assert (weights().k1, weights().b, weights().ledd) == (0.9, 0.4, 0.35)
    assert weights().felt["nummer"] > weights().felt["tittel"] > weights().felt["tekst"]


def test_the_fingerprint_is_stable() -> None:
    assert len(fingerprint()) == 64
