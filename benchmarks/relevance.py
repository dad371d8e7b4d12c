"""How good the first ten hits are: ours, our chain on tantivy, and tantivy, FTS5 and Whoosh as they come.

The others know no fields, so what stands in fields is also put into their texts, and a field's name is taken out of
the question. Each is asked twice, for all of the words and for any of them, and the better way counts. Where we find
nothing, our own suggestion is followed, as a reader would by one press; the figures without that stand beside.
"""

from __future__ import annotations

import re
import statistics
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from maaling import print_machine, print_note, print_ratio
from peer_fts5 import Fts5
from peer_tantivy import Tantivy
from relevance_data import Question, documents, ndcg, questions
from stock_whoosh import StockWhoosh

from saksbehandling.interfaces import ISearchEngine
from saksbehandling.search_engine.model import Document
from saksbehandling.search_engine.query import parse
from saksbehandling.search_engine.tantivy_engine import TantivyEngine
from saksbehandling.search_engine.whoosh_engine import WhooshEngine

READERS = frozenset({"offentlig"})
_FIELD = re.compile(r"\b(?:type|parti|resultat|person|sak|for|mot|delt):(?=\S)")

Ask = Callable[[str], list[str]]
"""The ids of the first ten hits of a question."""


def contestants(folder: Path, corpus: Sequence[Document]) -> dict[str, list[Ask]]:
    """Each with the ways of asking it."""
    ours, on_tantivy = WhooshEngine(folder / "indeks"), TantivyEngine(folder / "tantivy")
    peers = Tantivy(folder / "peer"), Fts5(folder / "fts5.db"), StockWhoosh(folder / "whoosh")
    for engine in (ours, on_tantivy):
        engine.rebuild(corpus, 1)
    for peer in peers:
        peer.build(map(_with_facts, corpus))
    names = {"tantivy": _tantivy, "fts5": _fts5, "whoosh": _whoosh}
    asked = {name: make(peer) for (name, make), peer in zip(names.items(), peers, strict=True)}
    own = {"ours": [_ours(ours)], "ours_without_suggestions": [_ours(ours, follow=False)]}
    return {**own, "ours_on_tantivy": [_ours(on_tantivy)], **asked}


def _ours(engine: ISearchEngine, follow: bool = True) -> Ask:
    def ask(text: str) -> list[str]:
        result = engine.search(parse(text), READERS)
        if follow and not result.hits and result.mente_du:
            return ask(result.mente_du)
        return [hit.id for hit in result.hits]

    return ask


def _tantivy(peer: Tantivy) -> list[Ask]:
    return [lambda text, w=way: [row[0][0] for row in peer.page(_bare(text), READERS, w)] for way in (False, True)]


def _fts5(peer: Fts5) -> list[Ask]:
    return [lambda text, w=way: [row[0] for row in peer.page(_bare(text), READERS, w)] for way in (False, True)]


def _whoosh(peer: StockWhoosh) -> list[Ask]:
    return [lambda text, w=way: peer.page(_bare(text), w) for way in (False, True)]


def _bare(text: str) -> str:
    return _FIELD.sub("", text).replace("enstemmig:ja", "enstemmig")


def _with_facts(document: Document) -> Document:
    """With everything that stands in fields in the text too."""
    votes = (f"{how} {who}" for how, who in document.stemmer)
    facts = (document.type, *document.nummer, document.utvalg, document.resultat, *document.personer, *document.partier)
    return replace(document, tekst="\n".join((document.tekst, *facts, *votes)), nummer=_bare_numbers(document))


def _bare_numbers(document: Document) -> tuple[str, ...]:
    return tuple(number.removeprefix("PS ") for number in document.nummer)


def judge(ways: Sequence[Ask], asked: Sequence[Question]) -> Mapping[str, float]:
    """nDCG@10 of the better way, for each kind of question and for all of them."""
    every = [[ndcg(ask(question.text), question.judged) for question in asked] for ask in ways]
    best = max(every, key=statistics.mean)
    kinds = {
        kind: [worth for worth, each in zip(best, asked, strict=True) if each.kind == kind] for kind in _kinds(asked)
    }
    return {"all": statistics.mean(best), **{kind: statistics.mean(worth) for kind, worth in kinds.items()}}


def _kinds(asked: Sequence[Question]) -> list[str]:
    return list(dict.fromkeys(question.kind for question in asked))


def main() -> None:
    print_machine("Whoosh", "tantivy")
    corpus, asked = documents(), questions()
    print_note(f"{len(asked)} judged questions to {len(corpus)} documents, nDCG@10")
    with tempfile.TemporaryDirectory() as folder:
        worth = {name: judge(ways, asked) for name, ways in contestants(Path(folder), corpus).items()}
    for kind in ("all", *_kinds(asked)):
        print_note(f"{kind}: " + ", ".join(f"{name} {found[kind]:.3f}" for name, found in worth.items()))
    for name in ("tantivy", "fts5", "whoosh"):
        print_ratio(f"relevance.ours/{name}", worth["ours"]["all"] / worth[name]["all"], ">=1")


if __name__ == "__main__":
    main()
