"""The contract of `ISearchEngine`, run by every implementation; where there are hits, by those that store."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from zope.interface.verify import verifyObject

from factories.opensearch import trenger_klynge
from saksbehandling.interfaces import ISearchEngine
from saksbehandling.search_engine.errors import IndexUnavailable
from saksbehandling.search_engine.model import Document, Options, Put, Remove, Result, Sort
from saksbehandling.search_engine.null_engine import NullEngine
from saksbehandling.search_engine.opensearch_engine import OpenSearchEngine
from saksbehandling.search_engine.query import parse
from saksbehandling.search_engine.tantivy_engine import TantivyEngine
from saksbehandling.search_engine.whoosh_engine import WhooshEngine

ALL = frozenset({"offentlig", "rolle:sekretariat"})


STORING = ["whoosh", "tantivy", pytest.param("opensearch", marks=trenger_klynge)]


@pytest.fixture(params=[*STORING, "null"])
def engine(request: pytest.FixtureRequest) -> ISearchEngine:
    made: ISearchEngine = NullEngine() if request.param == "null" else request.getfixturevalue(request.param)
    made.rebuild([], 0)
    return made


def test_it_keeps_the_contract(engine: ISearchEngine) -> None:
    assert verifyObject(ISearchEngine, engine)


def test_the_watermark_is_that_of_the_last_commit(engine: ISearchEngine) -> None:
    assert engine.watermark() == 0
    engine.apply([Put(Document("a", "sak", "En"))], 7)
    assert engine.watermark() == 7
    engine.apply([], 9)
    engine.apply([Remove("a")], 8)
    assert engine.watermark() == 9
    engine.rebuild([], 3)
    assert engine.watermark() == 3


def test_it_can_be_used_after_close(engine: ISearchEngine) -> None:
    engine.close()
    assert engine.watermark() == 0


HOSTILE = [
    "vei " * 2500,
    " ".join(f"a{number}*" for number in range(500)),
    "(" * 500 + "vei" + ")" * 500,
    "(vei ELLER " * 90,
    "".join(map(chr, range(32))) + "\x7f\ud800\u202e",
    '"' * 99,
    "år:år:år: parti:: IKKE IKKE",
    "vei~ " * 50,
    "x" * 1000,
    "-" * 1000,
    "\\ ' ; DROP TABLE",
    "*",
    "~",
    "IKKE vei",
    "..",
    "år:9999..1000",
    "dato:99.99.9999",
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_queries_never_raise(engine: ISearchEngine, text: str) -> None:
    engine.apply([Put(Document("a", "sak", "Vei", lesere=ALL))], 1)
    assert isinstance(engine.search(parse(text), ALL), Result)


@pytest.mark.parametrize("options", [Options(limit=0), Options(offset=500), Options(valgt={"utvalg": ("?",)})])
def test_odd_options_find_nothing(engine: ISearchEngine, options: Options) -> None:
    engine.apply([Put(Document("a", "sak", "Vei", lesere=ALL))], 1)
    assert engine.search(parse("vei"), ALL, options).hits == ()


@pytest.fixture(params=STORING)
def storing(request: pytest.FixtureRequest, eksempler: list[Document]) -> ISearchEngine:
    made: ISearchEngine = request.getfixturevalue(request.param)
    made.rebuild(eksempler, 10)
    return made


def test_an_update_replaces(storing: ISearchEngine, eksempler: list[Document]) -> None:
    changed = replace(eksempler[0], tittel="Ny havneplan")
    storing.apply([Put(changed), Put(replace(changed, tekst="Siste ord gjelder."))], 11)
    assert storing.search(parse("byutviklingsstrategi"), ALL).total == 0
    found = storing.search(parse("havneplan"), ALL)
    assert [(hit.id, hit.utdrag[0].text) for hit in found.hits] == [("sak:1", "Siste ord gjelder.")]
    assert found.total == 1


def test_the_last_change_of_a_batch_counts(storing: ISearchEngine, eksempler: list[Document]) -> None:
    storing.apply(
        [Put(eksempler[0]), Remove("sak:1"), Remove("forslag:2"), Put(eksempler[1]), Remove("finnes:ikke")], 11
    )
    assert {hit.id for hit in storing.search(parse(""), ALL).hits} == {"forslag:2", "dokument:3"}


def test_applying_again_changes_nothing(storing: ISearchEngine, eksempler: list[Document]) -> None:
    batch = [Put(eksempler[0]), Remove("forslag:2")]
    for _ in range(3):
        storing.apply(batch, 11)
    assert storing.search(parse(""), ALL).total == 2
    storing.apply([Remove("sak:1")], 4)
    assert storing.search(parse(""), ALL).total == 2


def test_a_hit_shows_what_was_stored(storing: ISearchEngine) -> None:
    hit = storing.search(parse("byutvikling"), ALL).hits[0]
    assert (hit.type, hit.nummer, hit.utvalg, hit.dato) == (
        "sak",
        ("PS 0087/19", "19/8286"),
        "Bystyret",
        dt.date(2019, 8, 29),
    )
    assert (hit.personer, hit.partier, hit.resultat) == (("Kari Anne Bjørnstad",), ("Ap",), "Vedtatt")
    assert hit.saksbehandler == "Åse Moe"
    assert (hit.url, hit.sak_id) == ("/saker/1", "sak:1")
    assert [(piece.text, piece.marked) for piece in hit.tittel_deler] == [
        ("Byutviklingsstrategi", True),
        (" for Nordvåg", False),
    ]


def test_paging_and_sorting(storing: ISearchEngine) -> None:
    days = [dt.date(2019, 1, 1), None, dt.date(2021, 1, 1), dt.date(2020, 1, 1)]
    storing.rebuild([Document(f"sak:{i}", "sak", "Vei", dato=day, lesere=ALL) for i, day in enumerate(days)], 1)

    def page(**options: object) -> str:
        hits = storing.search(parse("vei"), ALL, Options(**options)).hits  # type: ignore[arg-type]
        return "".join(hit.id[-1] for hit in hits)

    assert page(sort=Sort.NYESTE) == "2301"
    assert page(sort=Sort.ELDSTE) == "0321"
    assert page(sort=Sort.NYESTE, offset=1, limit=2) == "30"
    assert sorted(page()) == sorted(page(limit=2) + page(offset=2)) == list("0123")


def test_hits_of_equal_worth_stand_by_date(whoosh: WhooshEngine) -> None:
    days = [dt.date(2019, 1, 1), None, dt.date(2021, 1, 1)]
    whoosh.rebuild([Document(f"sak:{i}", "sak", "Vei", dato=day, lesere=ALL) for i, day in enumerate(days)], 1)
    assert [hit.id for hit in whoosh.search(parse("vei"), ALL).hits] == ["sak:2", "sak:0", "sak:1"]


def test_facets_count_all_hits_and_can_be_chosen(storing: ISearchEngine) -> None:
    everything = storing.search(parse(""), ALL, Options(limit=1))
    assert {facet: [(v.value, v.count) for v in values] for facet, values in everything.facets.items()} == {
        "utvalg": [("Bystyret", 1), ("Finans- og næringskomiteen", 1), ("Oppvekstutvalget", 1)],
        "år": [("2018", 1), ("2019", 1), ("2020", 1)],
        "type": [("dokument", 1), ("forslag", 1), ("sak", 1)],
        "parti": [("Ap", 1), ("Arbeiderpartiet", 1), ("MDG", 1), ("SV", 1)],
        "resultat": [("Behandlet", 1), ("Falt", 1), ("Vedtatt", 1)],
        "saksbehandler": [("Åse Moe", 1)],
    }
    chosen = storing.search(parse(""), ALL, Options(valgt={"år": ("2019", "2020"), "parti": ("MDG",)}))
    assert [hit.id for hit in chosen.hits] == ["forslag:2"]
    assert chosen.facets["utvalg"][0].value == "Finans- og næringskomiteen"


def test_facet_values_stand_in_norwegian_order(storing: ISearchEngine) -> None:
    bodies = ["Åsen", "Østre", "Ærfugl", "Zoo", "Aker"]
    storing.rebuild([Document(f"sak:{name}", "sak", "x", utvalg=name, lesere=ALL) for name in bodies], 1)
    counts = storing.search(parse(""), ALL).facets["utvalg"]
    assert [count.value for count in counts] == ["Aker", "Zoo", "Ærfugl", "Østre", "Åsen"]


def test_of_documents_with_the_same_id_a_rebuild_takes_the_first(storing: ISearchEngine) -> None:
    storing.rebuild([Document("a", "sak", "En", lesere=ALL), Document("a", "sak", "To", lesere=ALL)], 1)
    assert [hit.tittel for hit in storing.search(parse(""), ALL).hits] == ["En"]


def test_another_engine_on_the_same_place_sees_what_was_committed(storing: ISearchEngine) -> None:
    other = another(storing)
    assert other.watermark() == 10
    storing.apply([Remove("sak:1")], 11)
    assert (other.watermark(), other.search(parse(""), ALL).total) == (11, 2)
    storing.rebuild([], 12)
    assert (other.watermark(), other.search(parse(""), ALL).total) == (12, 0)
    other.close()


def test_an_index_of_other_word_lists_is_not_used(storing: ISearchEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("saksbehandling.search_engine.index_fields.fingerprint", lambda: "andre")
    storing.rebuild([], 1)
    with pytest.raises(IndexUnavailable, match="andre ordlister"):
        storing.watermark()


def test_before_the_first_rebuild_there_is_no_index(tmp_path: Path) -> None:
    for engine in (WhooshEngine(tmp_path / "a"), TantivyEngine(tmp_path / "b")):
        with pytest.raises(IndexUnavailable, match="indeks bygg"):
            engine.search(parse("vei"), ALL)


def test_a_damaged_index_is_reported_and_built_anew(storing: ISearchEngine) -> None:
    storing.close()
    if isinstance(storing, OpenSearchEngine):
        for index in storing._indexes():
            storing._cluster.ask("DELETE", f"/{index}")
    else:
        for file in storing._home.current().glob("*[jmt]*"):  # type: ignore[attr-defined]
            file.write_bytes(b"")
    with pytest.raises(IndexUnavailable, match=r"kan ikke leses|finnes ikke"):
        another(storing).watermark()
    storing.rebuild([], 4)
    assert storing.watermark() == 4


def another(engine: ISearchEngine) -> ISearchEngine:
    """A second one, as in another process."""
    if isinstance(engine, OpenSearchEngine):
        return OpenSearchEngine(engine._cluster._servers, engine._name)
    return type(engine)(engine._home._root)  # type: ignore[no-any-return, attr-defined]
