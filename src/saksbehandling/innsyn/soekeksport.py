"""Hits as lines of a spreadsheet. Pure."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from saksbehandling.innsyn.soek import TYPEORD
from saksbehandling.search_engine.model import Hit

# Without this mark spreadsheets take the file for another alphabet.
_BOM = "\ufeff"
_OVERSKRIFTER = ("Hva", "Nummer", "Tittel", "Utvalg", "Dato", "Resultat", "Partier", "Personer", "Adresse")


def som_csv(hits: Iterable[Hit], rot: str) -> bytes:
    """The hits with a heading, parted by semicolons as Norwegian spreadsheets want. `rot`: the site's address."""
    ut = io.StringIO()
    skriver = csv.writer(ut, delimiter=";")
    skriver.writerow(_OVERSKRIFTER)
    for hit in hits:
        skriver.writerow(map(_celle, _linje(hit, rot)))
    return (_BOM + ut.getvalue()).encode()


def _linje(hit: Hit, rot: str) -> tuple[str, ...]:
    return (
        TYPEORD.get(hit.type, hit.type),
        ", ".join(hit.nummer),
        hit.tittel,
        hit.utvalg,
        hit.dato.isoformat() if hit.dato else "",
        hit.resultat,
        ", ".join(hit.partier),
        ", ".join(hit.personer),
        rot + hit.url,
    )


def _celle(tekst: str) -> str:
    """A spreadsheet would run as a formula what begins like one."""
    return f"'{tekst}" if tekst.startswith(("=", "+", "-", "@", "\t", "\r")) else tekst
