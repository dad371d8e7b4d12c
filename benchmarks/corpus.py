"""Documents like a municipality's, and what people would ask of them. The same ones each time.

The texts are the demo's generated cases, several to a document. Their language has few words for so many documents, so
each document also gets keywords: compounds of its language's own words, some of them common and most of them rare.
"""

from __future__ import annotations

import datetime as dt
import random
import re
from collections.abc import Iterator

from saksbehandling.demo.generert import GenerertSak, saker
from saksbehandling.search_engine.model import Document

QUERY_CLASSES = ("words", "phrases", "numbers", "prefixes", "misspelt")

_FROM, _TO = dt.date(2016, 1, 1), dt.date(2026, 12, 31)
_CASES_FOR_A_DOCUMENT = 4.5
_LENGTHS = (1000, 3500)  # characters; the last case and the keywords come on top
_KEYWORDS = 8
_READERS = ("offentlig", "utvalg:3", "rolle:sekretariat")
_SHARES = (80, 10, 10)
_WORD = re.compile(r"\b[a-zæøå]{5,}\b")


def documents(number: int, seed: int = 1) -> list[Document]:
    """`number` documents of about 1 to 4 kB; four fifths are public."""
    rng = random.Random(seed)
    cases = list(saker(int(number * _CASES_FOR_A_DOCUMENT), _FROM, _TO, seed))
    rng.shuffle(cases)
    words = sorted(set(_WORD.findall(" ".join(case.saksframlegg for case in cases[:300]))))
    rng.shuffle(words)
    remaining = iter(cases)
    return [_document(rng, index, remaining, words) for index in range(1, number + 1)]


def queries(kind: str, among: list[Document], number: int, seed: int = 2) -> list[str]:
    """What somebody might ask who has seen one of the documents, in our query language."""
    rng = random.Random(f"{seed}{kind}")
    return [_query(rng, kind, rng.choice(among)) for _ in range(number)]


def _document(rng: random.Random, index: int, cases: Iterator[GenerertSak], words: list[str]) -> Document:
    case = next(cases)
    text, length = _text(case), rng.randint(*_LENGTHS)
    while len(text) < length:
        text += f"\n\n{_text(next(cases))}"
    keywords = ", ".join(_keyword(rng, words) for _ in range(_KEYWORDS))
    year = case.moetedato.year % 100
    return Document(
        id=f"sak:{index}",
        type=rng.choice(("sak", "behandling", "dokument")),
        tittel=case.tittel,
        tekst=f"{text}\n\nStikkord: {keywords}.",
        nummer=(f"{rng.randint(1, 180)}/{year}", f"{year}/{index}"),
        utvalg=case.utvalg,
        dato=case.moetedato,
        partier=tuple({proposal.parti for proposal in case.forslag}),
        resultat=case.utfall.value,
        url=f"/saker/{index}",
        sak_id=str(index),
        lesere=frozenset(rng.choices(_READERS, _SHARES)),
    )


def _text(case: GenerertSak) -> str:
    return "\n\n".join((case.saksframlegg, *case.innstilling, *(proposal.tekst for proposal in case.forslag)))


def _keyword(rng: random.Random, words: list[str]) -> str:
    """A compound; the earlier in the list its parts stand, the commoner they are."""
    first, last = (words[int(len(words) * rng.random() ** 3)] for _ in range(2))
    return first + last


def _query(rng: random.Random, kind: str, document: Document) -> str:
    if kind == "numbers":
        return rng.choice(document.nummer)
    words = [word for word in re.findall(r"\w+", document.tekst.lower()) if word.isalpha()]
    if kind == "phrases":
        start = rng.randrange(len(words) - 3)
        return f'"{" ".join(words[start : start + rng.randint(2, 3)])}"'
    chosen = rng.sample([word for word in words if len(word) >= 5], 2)
    if kind == "misspelt":
        at = rng.randrange(2, len(chosen[0]))
        return f"{chosen[0][:at]}{chosen[0][at + 1 :]}~"
    return f"{chosen[0][:4]}*" if kind == "prefixes" else " ".join(chosen[: rng.randint(1, 2)])
