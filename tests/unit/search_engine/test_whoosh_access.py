"""Nobody learns anything of a document that none of their tokens opens."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from saksbehandling.search_engine.model import Document, Options, Put, Result
from saksbehandling.search_engine.query import parse
from saksbehandling.search_engine.whoosh_engine import WhooshEngine

OFFENTLIG = frozenset({"offentlig"})
KANARI = "hemmelighetsfull"


@pytest.fixture
def skjermet(whoosh: WhooshEngine) -> WhooshEngine:
    """An open document and a closed one full of words that stand nowhere else."""
    whoosh.rebuild(
        [
            Document("sak:1", "sak", "Havneplan", "Kaien skal utvides.", dato=dt.date(2019, 1, 1), lesere=OFFENTLIG),
            Document(
                id="sak:2",
                type="klage",
                tittel=f"Havneplan {KANARI}",
                tekst=f"Kaien {KANARI} varsler Kanarifugl.",
                nummer=("66/20",),
                utvalg="Lukket nemnd",
                dato=dt.date(2020, 6, 6),
                personer=("Trym Kanariussen",),
                partier=("KrF",),
                resultat="Avslått",
                lesere=frozenset({"rolle:sekretariat"}),
            ),
        ],
        1,
    )
    return whoosh


QUERIES = [
    "",
    "havneplan",
    KANARI,
    "hemmelighetsfulle",
    "hemmelighetsfll",
    "hemmelighetsfll~",
    "hemmel*",
    "kanari*",
    "kanariusen",
    "66/20",
    "sak:66/20",
    "år:2020",
    "06.06.2020",
    "utvalg:nemnd",
    "krf",
    "parti:KrF",
    "type:klage",
    "resultat:avslått",
    "person:Kanariussen",
    "IKKE havneplan",
    f"IKKE {KANARI}",
    f"havneplan ELLER {KANARI}",
    f'"havneplan {KANARI}"',
]


@pytest.mark.parametrize("text", QUERIES)
def test_a_canary_is_nowhere_in_the_result(skjermet: WhooshEngine, soek: Callable[..., Result], text: str) -> None:
    result = soek(text)
    assert {hit.id for hit in result.hits} <= {"sak:1"}
    assert result.total == len(result.hits)
    everything = repr(result).lower()
    assert not [word for word in ("hemmelighetsfull", "kanari", "nemnd", "2020", "krf", "klage") if word in everything]


def test_those_who_may_do_find_it(skjermet: WhooshEngine, soek: Callable[..., Result]) -> None:
    assert soek("kanarifugl", frozenset({"rolle:sekretariat"})).total == 1
    assert soek("kanariful", frozenset({"rolle:sekretariat"})).mente_du == "kanarifugl"


def test_a_nearer_word_in_a_closed_document_hides_no_suggestion(
    whoosh: WhooshEngine, soek: Callable[..., Result]
) -> None:
    closed = Document("d:1", "d", "", "kaiens", lesere=frozenset({"utvalg:3"}))
    whoosh.rebuild([closed, Document("d:2", "d", "", "kaienes", lesere=OFFENTLIG)], 1)
    assert soek("kaiexs").mente_du == "kaienes"


def test_no_token_sees_nothing(skjermet: WhooshEngine, soek: Callable[..., Result]) -> None:
    nothing = soek("", frozenset())
    assert (nothing.total, nothing.hits) == (0, ())
    assert not any(nothing.facets.values())


def test_a_document_that_is_closed_later_is_gone_at_once(skjermet: WhooshEngine, soek: Callable[..., Result]) -> None:
    assert soek("kaien").total == 1
    skjermet.apply([Put(Document("sak:1", "sak", "Havneplan", "Kaien", lesere=frozenset({"utvalg:3"})))], 2)
    assert soek("kaien").total == 0
    assert soek("havn*").total == 0


def test_the_engines_own_record_is_no_document(whoosh: WhooshEngine, soek: Callable[..., Result]) -> None:
    whoosh.rebuild([], 5)
    for text in ("", "IKKE vei", "#vannmerke", "vannmerke"):
        assert soek(text, frozenset({"offentlig", "", "#vannmerke", "id:#vannmerke"})).total == 0


TOKENS = st.frozensets(st.sampled_from(["offentlig", "rolle:sekretariat", "utvalg:3", "person:17"]), max_size=3)
WORDS = ["vei", "bru", "skole", "trapp"]
DOCUMENTS = st.lists(
    st.builds(
        lambda words, body, party, readers: ({"tekst": " ".join(words), "utvalg": body, "partier": party}, readers),
        st.lists(st.sampled_from(WORDS), max_size=5),
        st.sampled_from(["Bystyret", "Komiteen", ""]),
        st.sampled_from([("Ap",), ("H", "SV"), ()]),
        TOKENS,
    ),
    max_size=8,
)
TEXTS = st.sampled_from([*WORDS, "", "vei ELLER bru", "IKKE vei", "ve*", "skole~", '"vei bru"', "parti:Ap", "trap"])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(DOCUMENTS, TOKENS, TEXTS)
def test_a_reader_gets_what_an_index_of_their_own_documents_would_give(
    whoosh: WhooshEngine, made: list[tuple[dict[str, object], frozenset[str]]], readers: frozenset[str], text: str
) -> None:
    documents = [
        Document(id=f"d:{i}", type="d", tittel="", lesere=lesere, **fields)  # type: ignore[arg-type]
        for i, (fields, lesere) in enumerate(made)
    ]
    options = Options(limit=100)
    whoosh.rebuild(documents, 1)
    filtered = whoosh.search(parse(text), readers, options)
    whoosh.rebuild([document for document in documents if document.lesere & readers], 1)
    own = whoosh.search(parse(text), readers, options)
    assert {hit.id: hit for hit in filtered.hits} == {hit.id: hit for hit in own.hits}
    assert (filtered.total, filtered.facets) == (own.total, own.facets)
    assert (filtered.hint, filtered.mente_du) == (own.hint, own.mente_du)


def test_one_who_is_shut_out_sees_nothing_whatever_else_lets_in(whoosh: WhooshEngine) -> None:
    lesere = frozenset({"utvalg:1", "ikke:bruker:7"})
    whoosh.rebuild([Document("sak:1", "sak", "Personalsak", KANARI, dato=dt.date(2019, 1, 1), lesere=lesere)], 1)
    assert whoosh.search(parse(KANARI), {"utvalg:1", "bruker:8"}).total == 1
    for hvem in ({"utvalg:1", "bruker:7"}, {"bruker:7"}):
        funnet = whoosh.search(parse(KANARI), hvem)
        assert (funnet.total, funnet.hits) == (0, ())
