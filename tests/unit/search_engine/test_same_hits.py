"""Every engine finds the same: the same documents, counts and suggestions for queries of every kind and all readers."""

from __future__ import annotations

import datetime as dt
import random
import uuid
from collections.abc import Iterator
from dataclasses import replace

import pytest

from factories.opensearch import trenger_klynge
from saksbehandling.interfaces import ISearchEngine
from saksbehandling.search_engine.model import Document, Hit, Options, Put, Remove, Sort
from saksbehandling.search_engine.opensearch_engine import OpenSearchEngine
from saksbehandling.search_engine.query import parse
from saksbehandling.search_engine.tantivy_engine import TantivyEngine
from saksbehandling.search_engine.whoosh_engine import WhooshEngine

WORDS = """
    byutviklingsstrategi strategi byutvikling skolevei skulevegen barnehageplass barnehage høring høyring uttalelse
    vedtak vedtatt ikkje reguleringsplan plan Nordvåg sentrum trafikk trafikksikkerhet E6 og er kulturskole Østbyen
    Miljøpartiet De Grønne Arbeiderpartiet budsjett budsjettet eldreomsorg gang- og sykkelvei tilskudd klimaplan
""".split()  # noqa: SIM905 - a list of so many words is no easier to read
NAMES = ("Kari Anne Bjørnstad", "Ola T. Øygarden", "Åse Ærlig-Moe", "Kari Moe")
PARTIES = ("Ap", "SV", "MDG", "H")
BODIES = ("Bystyret", "Formannskapet", "Finans- og næringskomiteen")
TYPES = ("sak", "forslag", "votering", "dokument")
RESULTS = ("Vedtatt", "Falt", "Utsatt")
READERS = (
    frozenset({"offentlig"}),
    frozenset({"offentlig", "utvalg:3"}),
    frozenset({"rolle:sekretariat", "person:7"}),
    frozenset({"ukjent"}),
)
CHOSEN = (
    {},
    {"år": ("2019", "2020")},
    {"parti": ("MDG", "Ap"), "type": ("sak", "forslag")},
    {"utvalg": ("Finnes ikke",)},
    {"sak": ("3", "7"), "type": ("sak", "forslag")},
)
EVERYTHING = Options(limit=1000)


def corpus(rng: random.Random) -> list[Document]:
    return [document(rng, number) for number in range(80)]


def document(rng: random.Random, number: int) -> Document:
    day = dt.date(rng.randint(2018, 2021), rng.randint(1, 12), rng.randint(1, 28)) if number % 9 else None
    readers = {*rng.sample(("offentlig", "utvalg:3", "rolle:sekretariat"), rng.randint(0, 2))}
    return Document(
        id=f"sak:{number}",
        type=rng.choice(TYPES),
        tittel=" ".join(rng.choices(WORDS, k=3)),
        tekst=f"{' '.join(rng.choices(WORDS, k=25))}. Sak {number}/20, {day or 'udatert'}.",
        nummer=(f"PS 00{number}/20", f"20/{number + 100}-{number % 4 + 1}"),
        utvalg=rng.choice(BODIES),
        dato=day,
        personer=tuple(rng.sample(NAMES, number % 3)),
        partier=tuple(rng.sample(PARTIES, number % 3)),
        resultat=rng.choice(RESULTS),
        saksbehandler=rng.choice(NAMES),
        stemmer=((rng.choice(("for", "mot", "delt")), rng.choice(PARTIES)), ("enstemmig", rng.choice(("ja", "nei")))),
        sak_id=str(number // 12) if number % 5 else "",
        lesere=frozenset(readers | ({"ikke:person:7"} if number % 7 == 0 else set())),
    )


def queries(rng: random.Random) -> list[str]:
    """Some of every kind that the query language has, and what they make together."""
    words = [word.lower() for word in WORDS if len(word) > 3]
    single = [
        *rng.sample(WORDS, 20),
        *(f'"{" ".join(rng.sample(WORDS, rng.choice((1, 2, 2, 3))))}"' for _ in range(25)),
        *(f"{word[: rng.randint(2, 5)]}*" for word in rng.sample(words, 15)),
        *(f"{changed(rng, word)}~" for word in rng.sample(words, 15)),
        *(changed(rng, word) for word in rng.sample(words, 10)),
        *(f"{number}/20" for number in rng.sample(range(80), 6)),
        *("PS 0007/20", "020/2020", "20/107-4", "2020/110", "sak:12/20", 'sak:"PS 0012/2020"', "nummer:20/1*"),
        *("Bjørnstad", "K. A. Bjørnstad", "person:moe", 'person:"Kari Moe"', 'person:"Åse Ærlig"', "person:bj*"),
        *("person:bjørnstat~", "parti:MDG", "parti:arbeiderpartiet", "parti:m*", "parti:mdh~", "mdg", "de grønne"),
        *("utvalg:bystyret", "utvalg:finans*", "utvalg:næring", "tittel:strategi", 'tittel:"plan sentrum"'),
        *("tittel:str*", "tittel:stratgi~", "resultat:falt", "type:forslag", "type:f*", 'saksbehandler:"Kari Moe"'),
        *("mot:SV", "for:Ap", "delt:H", "enstemmig:ja", "år:2019", "år:2018..2019", "2019..", "..2018"),
        *("dato:01.03.2019..30.06.2020", "dato:2020", "29.08.2019", "er", "og er", "", "finnesikke", '"og er"'),
    ]
    pairs = [
        f"{rng.choice(single)} {rng.choice(('', 'OG', 'ELLER', 'IKKE', 'ELLER IKKE'))} {rng.choice(single)}"
        for _ in range(60)
    ]
    return [
        *single,
        *pairs,
        "IKKE (plan ELLER vedtak)",
        "parti:(Ap ELLER H) IKKE er",
        "(plan* ELLER skole) IKKE tittel:plan",
    ]


def changed(rng: random.Random, word: str) -> str:
    at = rng.randrange(1, len(word))
    return word[:at] + rng.choice(("", "x", word[at] * 2)) + word[at + 1 :]


@pytest.fixture(scope="module")
def documents() -> list[Document]:
    return corpus(random.Random(6))


@pytest.fixture(scope="module")
def whoosh_filled(tmp_path_factory: pytest.TempPathFactory, documents: list[Document]) -> Iterator[ISearchEngine]:
    yield from filled(WhooshEngine(tmp_path_factory.mktemp("whoosh") / "indeks"), documents)


@pytest.fixture(scope="module", params=["tantivy", pytest.param("opensearch", marks=trenger_klynge)])
def other_filled(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, documents: list[Document]
) -> Iterator[ISearchEngine]:
    if request.param == "opensearch":
        servers = request.getfixturevalue("klynge").servere
        yield from filled(OpenSearchEngine(servers, f"p{uuid.uuid4().hex}"), documents)
    else:
        yield from filled(TantivyEngine(tmp_path_factory.mktemp("tantivy") / "indeks"), documents)


def filled(engine: ISearchEngine, documents: list[Document]) -> Iterator[ISearchEngine]:
    """With most documents built, and the others put, changed and removed afterwards."""
    engine.rebuild([*documents[:60], replace(documents[70], tittel="Gammelt ord")], 1)
    engine.apply([*map(Put, documents[60:75]), Remove("sak:3")], 2)
    engine.apply([*map(Put, documents[70:]), Remove("sak:61"), Put(replace(documents[4], lesere=frozenset()))], 3)
    yield engine
    engine.close()


@pytest.mark.parametrize("readers", READERS, ids=lambda readers: "+".join(sorted(readers)))
def test_hits_counts_and_suggestions_are_the_same(
    whoosh_filled: ISearchEngine, other_filled: ISearchEngine, readers: frozenset[str]
) -> None:
    asked = queries(random.Random(7))
    ours, theirs = ([known(engine, text, readers) for text in asked] for engine in (whoosh_filled, other_filled))
    differing = [text for text, one, other in zip(asked, ours, theirs, strict=True) if one != other]
    assert differing == []
    finding = [text for text, result in zip(asked, ours, strict=True) if result[0]]
    assert (len(asked) > 200, len(finding) > 130) == (True, "ukjent" not in readers)


def known(
    engine: ISearchEngine, text: str, readers: frozenset[str], options: Options = EVERYTHING
) -> tuple[object, ...]:
    """What must be the same of a result, and what each hit shows."""
    result = engine.search(parse(text), readers, options)
    return result.total, {hit.id: hit for hit in result.hits}, result.facets, result.hint, result.mente_du


@pytest.mark.parametrize("chosen", CHOSEN, ids=range(len(CHOSEN)))
def test_what_is_chosen_in_facets_is_the_same(
    whoosh_filled: ISearchEngine, other_filled: ISearchEngine, chosen: dict[str, tuple[str, ...]]
) -> None:
    options = Options(limit=1000, valgt=chosen)
    for text in ("", "plan", "vedtk"):
        assert known(whoosh_filled, text, READERS[1], options) == known(other_filled, text, READERS[1], options)


@pytest.mark.parametrize("sort", Sort)
def test_pages_together_are_everything_once(other_filled: ISearchEngine, sort: Sort) -> None:
    pages = [other_filled.search(parse("plan"), READERS[1], Options(sort, start, 7)) for start in range(0, 84, 7)]
    seen = [hit.id for page in pages for hit in page.hits]
    assert len(seen) == len(set(seen)) == pages[0].total > 20


@pytest.mark.parametrize("sort", [Sort.NYESTE, Sort.ELDSTE])
def test_the_days_stand_in_the_same_order(
    whoosh_filled: ISearchEngine, other_filled: ISearchEngine, sort: Sort
) -> None:
    one, other = (
        [hit.dato for hit in engine.search(parse(""), READERS[1], Options(sort, 0, 1000)).hits]
        for engine in (whoosh_filled, other_filled)
    )
    assert one == other


@pytest.mark.parametrize("readers", READERS, ids=lambda readers: "+".join(sorted(readers)))
@pytest.mark.parametrize("sort", Sort)
def test_hits_of_a_case_are_one_place_where_its_best_stands(
    whoosh_filled: ISearchEngine, other_filled: ISearchEngine, sort: Sort, readers: frozenset[str]
) -> None:
    for engine in (whoosh_filled, other_filled):
        for text in ("", "plan", "vedtak ELLER strategi ELLER høring", "mot:SV", "finnesikke"):
            every = engine.search(parse(text), readers, Options(sort, 0, 1000))
            expected = folded(every.hits)
            pages = [engine.search(parse(text), readers, Options(sort, at, 4, fold=True)) for at in range(0, 84, 4)]
            assert [shown(hit) for page in pages for hit in page.hits] == expected
            assert {(page.total, page.places) for page in pages} == {(every.total, len(expected))}
            assert all(len(page.hits) == 4 for page in pages[: len(expected) // 4])
            assert pages[0].facets == every.facets


def folded(hits: tuple[Hit, ...]) -> list[tuple[str, int, list[str]]]:
    """The best hit of each case, how many there are, and the three that come next."""
    cases: dict[str, list[str]] = {}
    for hit in hits:
        cases.setdefault(hit.sak_id or hit.id, []).append(hit.id)
    return [(ids[0], len(ids), ids[1:4]) for ids in cases.values()]


def shown(hit: Hit) -> tuple[str, int, list[str]]:
    return hit.id, hit.of_case, [other.id for other in hit.more]


def test_the_examples_fold_over_several_pages(whoosh_filled: ISearchEngine) -> None:
    result = whoosh_filled.search(parse(""), READERS[1], Options(fold=True))
    assert result.total > result.places > 15
    assert max(hit.of_case for hit in result.hits) > 4
