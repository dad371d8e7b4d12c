"""`ISearchEngine` on a cluster of OpenSearch servers, for more than one machine.

It finds the same as the Whoosh engine, by the same terms. Four things a cluster cannot do. Beyond hit 10,000 there are
no more pages, though all are counted. More than 40,000 cases are counted nearly. A batch is not one commit:
its documents can be found a moment before its watermark is written, which comes last, so that what is interrupted is
done again. And there is no lock: of two processes that rebuild at once, the last one to finish counts; the worker holds
a lock in the database while it writes or builds.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, NoReturn
from urllib.parse import quote

from zope.interface import implementer

from saksbehandling.interfaces import ISearchEngine
from saksbehandling.search_engine.analysis import fingerprint
from saksbehandling.search_engine.answering import Matches, Place, answer
from saksbehandling.search_engine.edit_distance import within
from saksbehandling.search_engine.errors import IndexUnavailable
from saksbehandling.search_engine.index_fields import COLUMNS, FOLD, NEWEST, OLDEST, STORED, WATERMARK_ID, from_json
from saksbehandling.search_engine.model import (
    DEFAULT_OPTIONS,
    MORE_OF_A_CASE,
    Change,
    Document,
    Options,
    Put,
    Result,
    Sort,
    different,
)
from saksbehandling.search_engine.opensearch_http import Cluster, Refused
from saksbehandling.search_engine.opensearch_index import definition, source, watermark_source
from saksbehandling.search_engine.opensearch_query import among, spelt_like, translate
from saksbehandling.search_engine.plan import Plan
from saksbehandling.search_engine.query import Query
from saksbehandling.search_engine.text_terms import Analyst

_BATCH = 200  # documents in a request
_VALUES = 10_000  # of a facet, or words that begin alike
_WHO_ASKS = uuid.uuid4().hex  # this process
_COUNTED_EXACTLY = 40_000  # cases; of more, about how many: OpenSearch's own limit
_FURTHEST = 10_000  # hit that can be paged to; OpenSearch's own limit
_ORDER = {Sort.RELEVANS: ["_score", NEWEST], Sort.NYESTE: [NEWEST, "_score"], Sort.ELDSTE: [OLDEST, "_score"]}


@implementer(ISearchEngine)
class OpenSearchEngine:
    """`servers`: their addresses. `name`: what the index is called there; every municipality has its own."""

    def __init__(self, servers: Sequence[str], name: str) -> None:
        self._cluster = Cluster(servers)
        self._name = name

    def apply(self, changes: Iterable[Change], watermark: int) -> None:
        if watermark < self.watermark():
            return
        last = {change.id: change for change in changes}
        path = f"/{self._name}/_bulk?require_alias=true"
        try:
            self._bulk(path, _changes(last.values()))
            self._cluster.bulk(f"{path}&refresh=true", _put(WATERMARK_ID, watermark_source(watermark)))
        except Refused as refused:
            self._give_up(refused)

    def watermark(self) -> int:
        try:
            found = self._cluster.ask("GET", f"/{self._name}/_doc/{quote(WATERMARK_ID)}")["_source"][STORED]
        except Refused as refused:
            self._give_up(refused)
        if found["analyse"] != fingerprint():
            raise self._unavailable("er bygd med andre ordlister enn de som gjelder nå")
        return int(found["vannmerke"])

    def search(self, query: Query, readers: Collection[str], options: Options = DEFAULT_OPTIONS) -> Result:
        try:
            return answer(_Seen(self._cluster, self._name, readers), query, options)
        except Refused as refused:
            self._give_up(refused)

    def rebuild(self, documents: Iterable[Document], watermark: int) -> None:
        index = f"{self._name}.{uuid.uuid4().hex}"
        # A server makes an index that it is sent something for; asked for an alias, it does not.
        building = f"{index}.bygges"
        path = f"/{building}/_bulk?require_alias=true"
        try:
            before = self._indexes()
            self._cluster.ask("PUT", f"/{index}", {**definition(), "aliases": {building: {}}})
            self._bulk(path, _changes(map(Put, different(documents))))
            self._cluster.bulk(f"{path}&refresh=true", _put(WATERMARK_ID, watermark_source(watermark)))
            self._switch(index, building, before)
        except Refused as refused:
            self._give_up(refused)

    def close(self) -> None:
        """Close the connections. The engine may be used again."""
        self._cluster.close()

    def _bulk(self, path: str, changes: Iterator[Iterable[Mapping[str, object]]]) -> None:
        while lines := [line for change in islice(changes, _BATCH) for line in change]:
            self._cluster.bulk(path, lines)

    def _indexes(self) -> list[str]:
        """The indexes that stand here: the one in force, and what interrupted builds have left."""
        return list(self._cluster.ask("GET", f"/{self._name}.*/_alias"))

    def _switch(self, index: str, building: str, before: Iterable[str]) -> None:
        """Put `index` in force in one step, in which those of `before` go."""
        gone = [{"remove_index": {"index": each}} for each in before]
        finished = {"remove": {"index": index, "alias": building}}
        in_force = {"add": {"index": index, "alias": self._name}}
        self._cluster.ask("POST", "/_aliases", {"actions": [finished, in_force, *gone]})

    def _give_up(self, refused: Refused) -> NoReturn:
        what = "finnes ikke" if refused.status == 404 else f"kan ikke brukes ({refused})"
        raise self._unavailable(what) from refused

    def _unavailable(self, what: str) -> IndexUnavailable:
        remedy = "Bygg den på nytt med «saksbehandling indeks bygg»; ingen opplysninger er tapt."
        return IndexUnavailable(f"Søkeindeksen {self._name} i OpenSearch {what}. {remedy}")


def _changes(changes: Iterable[Change]) -> Iterator[Iterable[Mapping[str, object]]]:
    """For each change the lines that say it."""
    analyst = Analyst()
    for change in changes:
        if isinstance(change, Put):
            yield _put(change.id, source(change.document, analyst.terms(change.document)))
        else:
            yield [{"delete": {"_id": change.id}}]


def _put(identity: str, content: Mapping[str, object]) -> list[Mapping[str, object]]:
    return [{"index": {"_id": identity}}, content]


class _Seen:
    """The index as one reader sees it."""

    def __init__(self, cluster: Cluster, name: str, readers: Collection[str]) -> None:
        self._cluster = cluster
        # Those who ask with the same word are answered by the same copy, which never goes back in time.
        self._path = f"/{name}/_search?allow_partial_search_results=false&preference={_WHO_ASKS}"
        self._readers = readers

    def find(self, what: Plan | None, options: Options) -> Matches:
        asked = among(translate(what) if what else None, self._readers, options.valgt)
        first = min(options.offset, _FURTHEST)
        sort = [*({column: "desc"} for column in _ORDER[options.sort]), {"id": "asc"}]
        more = {"name": FOLD, "size": MORE_OF_A_CASE + 1, "sort": sort, "_source": [STORED]}
        found = self._ask(
            asked,
            {
                "from": first,
                "size": min(options.limit, _FURTHEST - first),
                "sort": sort,
                "_source": [STORED],
                "aggs": {
                    FOLD: {"cardinality": {"field": FOLD, "precision_threshold": _COUNTED_EXACTLY}},
                    **{facet: {"terms": {"field": field, "size": _VALUES}} for facet, field in COLUMNS.items()},
                },
                **({"collapse": {"field": FOLD, "inner_hits": more}} if options.fold else {}),
            },
        )
        total = found["hits"]["total"]["value"]
        places = found["aggregations"][FOLD]["value"] if options.fold else total
        page = [_place(hit) for hit in found["hits"]["hits"]]
        return Matches(total, places, page, {facet: _counts(found, facet) for facet in COLUMNS})

    def count(self, word: str) -> int:
        found = self._ask(among({"term": {"ord": word}}, self._readers, {}), {"size": 0})
        return int(found["hits"]["total"]["value"])

    def alike(self, word: str, distance: int) -> dict[str, int]:
        """Of the words in documents with one that is alike, those that are."""
        asked = among(next(iter(spelt_like("ord", word, distance))), self._readers, {})
        pattern = f"{_any_of(word[:1])}.{{{max(0, len(word) - 1 - distance)},{len(word) - 1 + distance}}}"
        words = {"terms": {"field": "ord", "include": pattern, "size": _VALUES}}
        found = self._ask(asked, {"size": 0, "aggs": {"ord": words}})
        return {other: count for other, count in _counts(found, "ord").items() if within(word, other, distance)}

    def _ask(self, query: Mapping[str, object], more: Mapping[str, object]) -> Any:
        return self._cluster.ask("POST", self._path, {"query": query, "track_total_hits": True, **more})


def _place(hit: Mapping[str, Any]) -> Place:
    stored = from_json(hit["_source"][STORED])
    if "inner_hits" not in hit:
        return Place(stored)
    of_case = hit["inner_hits"][FOLD]["hits"]
    others = [from_json(other["_source"][STORED]) for other in of_case["hits"] if other["_id"] != hit["_id"]]
    return Place(stored, of_case["total"]["value"], others[:MORE_OF_A_CASE])


def _counts(found: Mapping[str, Any], name: str) -> dict[str, int]:
    return {row["key"]: row["doc_count"] for row in found["aggregations"][name]["buckets"]}


def _any_of(letter: str) -> str:
    """A letter in a regular expression of Lucene's."""
    return letter if letter.isalnum() else f"\\{letter}"
