"""Reads the word lists and weights of `search_index/`, once per process."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_PACKAGE = "saksbehandling.search_index"
_FILES = ("vekter.toml", "stoppord.txt", "sammensetningsledd.txt", "malformer.txt", "partier.txt", "saksprefikser.txt")

# Raised when code changes what terms the chain makes, or what fields and columns an index has; the lists are covered by
# their own content.
CHAIN_VERSION = 5


@dataclass(frozen=True, slots=True)
class Weights:
    k1: float
    b: float
    ledd: float
    felt: dict[str, float]


@dataclass(frozen=True, slots=True)
class PartyForm:
    """A way to write a party, and whether it counts only when written with a capital."""

    code: str
    text: str
    capital: bool


def _text(name: str) -> str:
    return files(_PACKAGE).joinpath(name).read_text(encoding="utf-8")


def _lines(name: str) -> list[str]:
    return [line for line in _text(name).splitlines() if line.strip() and not line.startswith("#")]


def words(name: str) -> frozenset[str]:
    """The words of a list, wherever its lines break."""
    return frozenset(word for line in _lines(name) for word in line.split())


@cache
def weights() -> Weights:
    data = tomllib.loads(_text("vekter.toml"))
    return Weights(data["bm25"]["k1"], data["bm25"]["b"], data["sammensetning"]["ledd"], data["felt"])


@cache
def variants() -> dict[str, str]:
    """Form -> base form in bokmål."""
    rows = (line.partition(":") for line in _lines("malformer.txt"))
    return {form: base.strip() for base, _, forms in rows for form in forms.split()}


@cache
def parties() -> tuple[PartyForm, ...]:
    rows = ([cell.strip() for cell in line.split(";")] for line in _lines("partier.txt"))
    return tuple(PartyForm(code, form.lstrip("!"), form.startswith("!")) for code, *forms in rows for form in forms)


@cache
def fingerprint() -> str:
    """Changes whenever the chain or a list does, so that an index made with others is noticed."""
    import Stemmer  # the stemmer's rules differ between releases

    digest = hashlib.sha256(f"{CHAIN_VERSION} {Stemmer.version()}".encode())
    for name in _FILES:
        digest.update(_text(name).encode())
    return digest.hexdigest()
