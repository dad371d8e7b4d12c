"""The facts of PS 87/19 read by eye, and what differs from them. Nothing of the texts is kept here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HELE_TEKSTER = ("foerste_ord", "innstilling_avsnitt", "vedtak_avsnitt")


def linjer(froe: Path) -> list[str]:
    """The file's paragraphs in plain words. A broken paragraph is not here, unless the file has it whole elsewhere."""
    rader = [_plain(linje) for linje in froe.read_text(encoding="utf-8").split("\n")]
    return [linje for linje in rader if linje]


def avvik(fasit: Any, vaart: Any, sted: str, kilde: list[str]) -> Iterator[str]:
    """Where `vaart` does not hold what `fasit` does. A text is told by its first words, and is whole in `kilde`."""
    if isinstance(fasit, dict) and isinstance(vaart, dict):
        for noekkel, verdi in fasit.items():
            if noekkel not in vaart:
                yield f"{sted}.{noekkel} mangler"
            elif noekkel in HELE_TEKSTER:
                yield from _tekstavvik(verdi, vaart[noekkel], f"{sted}.{noekkel}", kilde)
            else:
                yield from avvik(verdi, vaart[noekkel], f"{sted}.{noekkel}", kilde)
    elif isinstance(fasit, list) and isinstance(vaart, list) and len(fasit) == len(vaart):
        for nr, (en, annen) in enumerate(zip(fasit, vaart, strict=True)):
            yield from avvik(en, annen, f"{sted}[{nr}]", kilde)
    elif fasit != vaart or type(fasit) is not type(vaart):
        yield f"{sted}: {vaart!r} er ikke {fasit!r}"
    elif sted.endswith("mot_partier"):
        assert list(fasit) == list(vaart)


def referat(froe: Path, dato: str) -> str:
    """The minutes of that day's meeting, `29.08.2019`, as the file has them."""
    tekst = froe.read_text(encoding="utf-8").split("\nSaksframlegg\n")[0]
    deler = ["Saksprotokoll" + del_ for del_ in re.split(r"^Saksprotokoll$", tekst, flags=re.MULTILINE)[1:]]
    return next(del_ for del_ in deler if dato in del_.split("Tittel:")[0])


def ordene(tekst: str) -> str:
    """The text without white space, marks of lists and emphasis, and the colons that headings have or lack."""
    merker = re.sub(r"^\s*(?:- )?(?:\d+\. )?(?:- )?", "", tekst, flags=re.MULTILINE)
    return re.sub(r"[\s*:]", "", merker)


def _tekstavvik(fasit: str | list[str], vaart: str | list[str], sted: str, kilde: list[str]) -> Iterator[str]:
    foerste_ord = [fasit] if isinstance(fasit, str) else fasit
    tekster = [vaart] if isinstance(vaart, str) else vaart
    if len(foerste_ord) != len(tekster):
        yield f"{sted}: {len(tekster)} tekster, ikke {len(foerste_ord)}"
    for start, tekst in zip(foerste_ord, tekster, strict=False):
        if not tekst.startswith(start) or not all(linje in kilde for linje in tekst.split("\n")):
            yield f"{sted}: {tekst!r} er ikke hele avsnittet som begynner med {start!r}"


def _plain(linje: str) -> str:
    return re.sub(r"^- (?=\d+\. )", "", linje.replace("*", "").strip())
