"""Holds the document store against what the database says is in it. Changes nothing."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from enum import StrEnum
from itertools import groupby
from operator import itemgetter

from saksbehandling.errors import InvalidFile, NotFound
from saksbehandling.interfaces import IDocumentStore


class Filstand(StrEnum):
    HEL = "hel"
    SKADET = "skadet"
    MANGLER = "mangler"
    UVENTET = "ingen rad"


def kontroller(store: IDocumentStore, ventet: Iterable[str], etter: str = "") -> Iterator[tuple[str, Filstand]]:
    """Every SHA-256 above `etter` that the database names (`ventet`) or the store has, in order, and how it is.

    Each file is read whole, so that it is known to have its checksum. Whoever stops goes on from the last one told.
    """
    rader = ((sha256, True) for sha256 in sorted(set(ventet)) if sha256 > etter)
    filer = ((sha256, False) for sha256 in store.names(etter))
    for sha256, funnet in groupby(heapq.merge(rader, filer), key=itemgetter(0)):
        har_rad = {rad for _, rad in funnet}
        yield sha256, _stand(store, sha256) if True in har_rad else Filstand.UVENTET


def _stand(store: IDocumentStore, sha256: str) -> Filstand:
    try:
        store.open(sha256).close()
    except NotFound:
        return Filstand.MANGLER
    except InvalidFile:
        return Filstand.SKADET
    return Filstand.HEL
