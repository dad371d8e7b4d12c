"""The judged questions and the documents that they are asked of, and what a ranking is worth.

`relevans/dokumenter.txt`: blocks of a line of facts, a title and a text. The facts are id, body, result, person, and
then, as far as there are any, parties and votes (`parti SV MDG`, `mot Ap`, `enstemmig ja`). A document's letter says
what it is (sak, forslag, votering, dokument, merknad), and its number gives those of the case: s12 is PS 12/24 and
24/112.

`relevans/spoersmaal.txt`: kind, question, and the documents that answer it: 2 unless another number stands behind.
The judgements were written by reading the documents, before any engine had been asked.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from saksbehandling.search_engine.model import Document

_FOLDER = Path(__file__).with_name("relevans")
_TYPES = {"s": "sak", "f": "forslag", "v": "votering", "d": "dokument", "m": "merknad"}
_FIRST_DAY = dt.date(2024, 1, 11)
_SHOWN = 10


class Question(NamedTuple):
    """`judged`: how well each document that answers it does so, 2 or 1; all others are 0."""

    kind: str
    text: str
    judged: Mapping[str, int]


def questions() -> list[Question]:
    return [_question(*line.split(" | ")) for line in _read("spoersmaal.txt").splitlines()]


def documents() -> list[Document]:
    return [_document(*block.split("\n", 2)) for block in _read("dokumenter.txt").strip().split("\n\n")]


def ndcg(found: Sequence[str], judged: Mapping[str, int]) -> float:
    """nDCG@10 of the documents `found`, best first: 1 if none could stand better, 0 if none of them answers."""
    best = sorted(judged.values(), reverse=True)
    return _gain([judged.get(each, 0) for each in found]) / _gain(best)


def _gain(grades: Sequence[int]) -> float:
    """Grade 2 is worth three times grade 1, and the further down, the less."""
    return sum((2**grade - 1) / math.log2(rank + 2) for rank, grade in enumerate(grades[:_SHOWN]))


def _read(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")


def _question(kind: str, text: str, answers: str) -> Question:
    grades = (answer.partition(":") for answer in answers.split())
    return Question(kind, text, {name: int(grade or 2) for name, _, grade in grades})


def _document(facts: str, title: str, text: str) -> Document:
    name, body, result, person, *others = facts.split(" | ")
    number = int(name[1:])
    stated = [other.partition(" ")[::2] for other in others]
    return Document(
        id=name,
        type=_TYPES[name[0]],
        tittel=title,
        tekst=text,
        nummer=(f"PS {number}/24", f"24/{100 + number}"),
        utvalg=body,
        dato=_FIRST_DAY + dt.timedelta(days=3 * number),
        personer=(person,),
        partier=tuple(party for what, value in stated if what == "parti" for party in value.split()),
        resultat=result,
        stemmer=tuple((what, value) for what, value in stated if what != "parti"),
        sak_id=str(number),
        lesere=frozenset({"offentlig"}),
    )
