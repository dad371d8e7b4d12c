"""What OpenSearch is told of the index, and what of a document goes where.

Our terms are put into a text, place by place: terms at the same place with `|` between them, `%` where there is none.
OpenSearch only cuts it up again. No term of ours has any of these signs, or a blank.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from saksbehandling.search_engine.analysis import weights
from saksbehandling.search_engine.index_fields import (
    COLUMNS,
    EXACT,
    FOLD,
    NEWEST,
    NO_DAY,
    OLDEST,
    STORED,
    WATERMARK_ID,
    day,
    exact_terms,
    folds_by,
    jsonable,
    watermark_stored,
    with_places,
)
from saksbehandling.search_engine.model import Document
from saksbehandling.search_engine.text_terms import TextTerms

_BETWEEN, _HOLE = "|", "%"
_LONGEST = 10_000


def definition() -> dict[str, Any]:
    """Settings and fields of a new index: one shard, which is copied to another node as soon as there is one."""
    return {
        "settings": {
            "number_of_shards": 1,
            "auto_expand_replicas": "0-1",
            "similarity": {"default": {"type": "BM25", "k1": weights().k1, "b": weights().b}},
            "analysis": _analysis(),
        },
        "mappings": {"dynamic": "strict", "_source": {"includes": [STORED]}, "properties": _fields()},
    }


def _analysis() -> dict[str, Any]:
    return {
        "tokenizer": {"steder": {"type": "whitespace", "max_token_length": _LONGEST}},
        "filter": {
            "ledd": {"type": "pattern_capture", "preserve_original": False, "patterns": [f"([^{_BETWEEN}]+)"]},
            "hull": {"type": "stop", "stopwords": [_HOLE]},
        },
        "analyzer": {"ferdig": {"type": "custom", "tokenizer": "steder", "filter": ["ledd", "hull"]}},
    }


def _fields() -> dict[str, Any]:
    return {
        **{field: {"type": "text", "analyzer": "ferdig"} for field in sorted(with_places())},
        **{field: {"type": "keyword", "doc_values": field in ("id", "ord")} for field in EXACT},
        **{column: {"type": "keyword", "index": False} for column in COLUMNS.values()},
        FOLD: {"type": "keyword"},  # OpenSearch wants it indexed to find the other hits of a case
        **{column: {"type": "integer", "index": False} for column in (NEWEST, OLDEST)},
        STORED: {"type": "object", "enabled": False},
    }


def source(document: Document, terms: TextTerms) -> dict[str, Any]:
    return {
        **{field: in_places(places) for field, places in terms.placed.items()},
        **{field: sorted(found) for field, found in {**exact_terms(document), "ord": terms.words}.items()},
        **{column: list(dict.fromkeys(document.facet_values(facet))) for facet, column in COLUMNS.items()},
        FOLD: folds_by(document.id, document.sak_id),
        NEWEST: day(document),
        OLDEST: NO_DAY - day(document) if document.dato else 0,
        STORED: jsonable(document),
    }


def watermark_source(number: int) -> dict[str, Any]:
    return {"id": WATERMARK_ID, STORED: watermark_stored(number)}


def in_places(terms: Iterable[tuple[int, str]]) -> str:
    """Places and terms, in order, as a text that the index cuts up again."""
    made: list[str] = []
    for place, found in groupby(terms, key=lambda term: term[0]):
        made += [_HOLE] * (place - len(made))
        made.append(_BETWEEN.join(term for _, term in found))
    return " ".join(made)
