"""Engines and example documents of a small invented municipality."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from factories.opensearch import Klynge
from factories.opensearch import klynge as start_klynge
from saksbehandling.search_engine.model import Document, Options, Result
from saksbehandling.search_engine.opensearch_engine import OpenSearchEngine
from saksbehandling.search_engine.query import parse
from saksbehandling.search_engine.tantivy_engine import TantivyEngine
from saksbehandling.search_engine.whoosh_engine import WhooshEngine

OFFENTLIG = frozenset({"offentlig"})


@pytest.fixture
def whoosh(tmp_path: Path) -> Iterator[WhooshEngine]:
    engine = WhooshEngine(tmp_path / "indeks")
    yield engine
    engine.close()


@pytest.fixture
def tantivy(tmp_path: Path) -> Iterator[TantivyEngine]:
    engine = TantivyEngine(tmp_path / "tantivy")
    yield engine
    engine.close()


@pytest.fixture(scope="session")
def klynge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Klynge]:
    """One cluster for all tests; each makes indexes of its own."""
    with start_klynge(tmp_path_factory.mktemp("opensearch")) as startet:
        yield startet


@pytest.fixture
def opensearch(klynge: Klynge) -> Iterator[OpenSearchEngine]:
    engine = OpenSearchEngine(klynge.servere, f"p{uuid.uuid4().hex}")
    yield engine
    engine.close()


@pytest.fixture
def soek(whoosh: WhooshEngine) -> Callable[..., Result]:
    """Search as the public, or as the `readers` given."""

    def search(text: str, readers: frozenset[str] = OFFENTLIG, **options: object) -> Result:
        return whoosh.search(parse(text), readers, Options(**options))  # type: ignore[arg-type]

    return search


@pytest.fixture
def ider(soek: Callable[..., Result]) -> Callable[..., list[str]]:
    """The ids that a search finds, in order."""
    return lambda text, *args, **options: [hit.id for hit in soek(text, *args, limit=100, **options).hits]


@pytest.fixture
def eksempler() -> list[Document]:
    return [
        Document(
            id="sak:1",
            type="sak",
            tittel="Byutviklingsstrategi for Nordvåg",
            tekst="Kommunedirektøren legger fram en plan for hvordan sentrum kan vokse uten å bygge ned dyrka mark.",
            nummer=("PS 0087/19", "19/8286"),
            utvalg="Bystyret",
            dato=dt.date(2019, 8, 29),
            personer=("Kari Anne Bjørnstad",),
            partier=("Ap",),
            resultat="Vedtatt",
            saksbehandler="Åse Moe",
            stemmer=(
                ("mot", "SV"),
                ("mot", "Ap"),
                ("for", "Ap"),
                ("delt", "Ap"),
                ("mot", "Kari Moe"),
                ("enstemmig", "nei"),
            ),
            url="/saker/1",
            sak_id="sak:1",
            lesere=OFFENTLIG,
        ),
        Document(
            id="forslag:2",
            type="forslag",
            tittel="Tilleggsforslag om skulevegar",
            tekst="Miljøpartiet De Grønne bad om fleire trygge gangfelt. Det vart ikkje vedteke den 12. mars 2020.",
            nummer=("14/20",),
            utvalg="Finans- og næringskomiteen",
            dato=dt.date(2020, 3, 12),
            personer=("Ola T. Øygarden", "Åse Ærlig-Moe"),
            partier=("MDG", "SV"),
            resultat="Falt",
            stemmer=(("enstemmig", "ja"),),
            url="/forslag/2",
            sak_id="sak:9",
            lesere=OFFENTLIG,
        ),
        Document(
            id="dokument:3",
            type="dokument",
            tittel="Barnehageplasser i Østbyen",
            tekst="Høring om felles opptak. Arbeiderpartiet viste til sak 2019/8286-4 og til E6.",
            utvalg="Oppvekstutvalget",
            dato=dt.date(2018, 1, 5),
            partier=("Arbeiderpartiet",),
            resultat="Behandlet",
            lesere=frozenset({"rolle:sekretariat", "utvalg:3"}),
        ),
    ]


@pytest.fixture
def fylt(whoosh: WhooshEngine, eksempler: list[Document]) -> WhooshEngine:
    """The engine with the examples in it."""
    whoosh.rebuild(eksempler, 10)
    return whoosh
