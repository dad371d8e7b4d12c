"""What only a cluster of servers does: one of them falls out, or none answers."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from factories.opensearch import Klynge, trenger_klynge
from saksbehandling.search_engine import opensearch_http
from saksbehandling.search_engine.errors import IndexUnavailable, ServerUnavailable
from saksbehandling.search_engine.model import Document, Options, Put
from saksbehandling.search_engine.opensearch_engine import OpenSearchEngine
from saksbehandling.search_engine.opensearch_http import Cluster, Refused
from saksbehandling.search_engine.opensearch_index import in_places
from saksbehandling.search_engine.opensearch_query import translate
from saksbehandling.search_engine.plan import AnyTerm, FieldTerm, Sequence, SpeltLike
from saksbehandling.search_engine.query import parse

OFFENTLIG = frozenset({"offentlig"})
NOBODY = "http://127.0.0.1:9"


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    if "klynge" not in request.fixturenames:
        monkeypatch.setattr(opensearch_http, "_PAUSES", (0.0, 0.0))
        monkeypatch.setattr(opensearch_http, "_LONGER", (0.0, 0.0))


@contextmanager
def server(*answers: tuple[int, object]) -> Iterator[tuple[str, list[str]]]:
    """Gives these answers, the last one again and again. Yields its address, and what it was asked."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            status, body = answers[min(len(asked), len(answers) - 1)]
            asked.append(self.headers.get("Authorization") or self.path)
            content = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST  # noqa: N815 - the name that http.server looks for

        def log_message(self, *_: Any) -> None:
            """Says nothing."""

    listening = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=listening.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{listening.server_port}", asked
    finally:
        listening.shutdown()
        listening.server_close()


def test_who_does_not_answer_is_passed_over_and_asked_last() -> None:
    with server((200, {"svar": 1})) as (address, asked):
        cluster = Cluster([NOBODY, address])
        assert cluster.ask("GET", "/") == {"svar": 1}
        assert [pool.port for pool in cluster._pools][-1] == 9
        assert len(asked) == 1
        cluster.close()


def test_who_is_busy_is_asked_again() -> None:
    with server((503, {}), (200, {"svar": 2})) as (address, asked):
        cluster = Cluster([address])
        assert cluster.ask("GET", "/_doc") == {"svar": 2}
        assert asked == ["/_doc", "/_doc"]
        cluster.close()


def test_a_password_is_sent_and_never_told() -> None:
    with server((503, {})) as (address, asked):
        cluster = Cluster([address.replace("//", "//ola:hemmelig%40@")])
        with pytest.raises(ServerUnavailable) as told:
            cluster.ask("GET", "/")
        assert asked[0].startswith("Basic ")
        assert "hemmelig" not in str(told.value)
        cluster.close()


def test_a_refusal_is_an_answer() -> None:
    with server((400, {"error": "no"})) as (address, asked):
        cluster = Cluster([address])
        with pytest.raises(Refused, match="400"):
            cluster.ask("POST", "/", {})
        assert len(asked) == 1
        cluster.close()


def test_a_change_that_was_not_made_is_reported() -> None:
    failed = {
        "items": [{"index": {"_id": "a"}}, {"index": {"_id": "b", "error": {"type": "full", "reason": "hemmelig"}}}]
    }
    with server((200, failed)) as (address, _):
        cluster = Cluster([address])
        with pytest.raises(ServerUnavailable, match=r"tok ikke imot alt: full\.$"):
            cluster.bulk("/_bulk", [{}])
        cluster.close()


def test_an_index_that_is_missing_is_to_be_built_and_a_cluster_that_is_down_is_not() -> None:
    with server((404, {})) as (address, _):
        engine = OpenSearchEngine([address], "nordvaag")
        with pytest.raises(IndexUnavailable, match="finnes ikke") as missing:
            engine.watermark()
        assert not isinstance(missing.value, ServerUnavailable)
        engine.close()
    with pytest.raises(ServerUnavailable, match="svarer ikke"):
        OpenSearchEngine([NOBODY], "nordvaag").search(parse("vei"), OFFENTLIG)


@pytest.mark.parametrize(
    ("terms", "text"),
    [
        ([], ""),
        ([(0, "by"), (1, "plan")], "by plan"),
        ([(0, "byplan"), (0, "~by"), (0, "~plan"), (3, "vei")], "byplan|~by|~plan % % vei"),
        ([(2, "vei")], "% % vei"),
    ],
)
def test_terms_stand_in_their_places(terms: list[tuple[int, str]], text: str) -> None:
    assert in_places(terms) == text


def test_plans_are_asked_for_whole_words_and_parts() -> None:
    phrase = translate(Sequence("tekst", ((0, ("by",)), (2, ("plan",))), 2.0))
    assert phrase == {"match_phrase": {"tekst": {"query": "by|~by % plan|~plan", "boost": 2.0}}}
    number = translate(AnyTerm((FieldTerm("nummer", "87/19", 3.0),)))["bool"]["should"]
    assert number == [{"constant_score": {"filter": {"term": {"nummer": "87/19"}}, "boost": 3.0}}]
    misspelt = translate(SpeltLike("tittel", "vie", 1))["constant_score"]["filter"]["bool"]["should"]
    fixed = [(each["fuzzy"]["tittel"]["value"], each["fuzzy"]["tittel"]["prefix_length"]) for each in misspelt]
    assert fixed == [("vie", 1), ("~vie", 2)]
    assert translate(AnyTerm(())) == {"match_none": {}}


@trenger_klynge
def test_a_node_that_stops_loses_nothing_and_stops_nobody(klynge: Klynge, opensearch: OpenSearchEngine) -> None:
    """The node with the primary copy stops while documents are written and sought."""
    opensearch.rebuild([document(number) for number in range(50)], 1)
    opensearch._cluster.ask("GET", "/_cluster/health?wait_for_status=green&timeout=60s")
    shards = opensearch._cluster.ask("GET", f"/_cat/shards/{opensearch._name}?format=json")
    primary = next(shard["node"] for shard in shards if shard["prirep"] == "p")
    committed, seen = [50], list[tuple[int, int]]()
    finished = threading.Event()
    reader = threading.Thread(target=read_on, args=(opensearch, committed, seen, finished))
    reader.start()
    for number in range(50, 110):
        opensearch.apply([Put(document(number)), Put(document(number - 50))], number)
        committed.append(number + 1)
        if number == 70:
            threading.Thread(target=klynge.stopp, args=(int(primary.split()[-1]),)).start()
    finished.set()
    reader.join()
    assert (opensearch.watermark(), total(opensearch)) == (109, 110)
    assert [(least, found) for least, found in seen if found < least] == []
    assert len(seen) > 60


def read_on(
    engine: OpenSearchEngine, committed: list[int], seen: list[tuple[int, int]], finished: threading.Event
) -> None:
    """How many documents had been committed before each search, and how many it found."""
    while not finished.is_set():
        seen.append((committed[-1], total(engine)))


def total(engine: OpenSearchEngine) -> int:
    return engine.search(parse("vei"), OFFENTLIG, Options(limit=1)).total


def document(number: int) -> Document:
    return Document(f"sak:{number}", "sak", f"Vei {number}", lesere=OFFENTLIG)
