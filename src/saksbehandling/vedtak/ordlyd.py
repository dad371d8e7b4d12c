"""The words that wrap a decision, in bokmål and nynorsk. They are data; a body may have its own."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from saksbehandling.errors import InvalidInput
from saksbehandling.richtext import Blocks, Paragraph, Run, plain_text
from saksbehandling.votering.kodeverk import Behandlingstype
from saksbehandling.votering.values import Organ


@dataclass(frozen=True, slots=True)
class Vedtaksord:
    """The words of one written form of Norwegian.

    `innledning`: the paragraphs before the text, by what the treatment results in; `{organ}` is the body itself and
    `{overordnet}` the one that it recommends to. `orientering`: what a text says that only takes note of the case.
    """

    innledning: Mapping[Behandlingstype, tuple[str, ...]]
    foelger_saken: str
    flertallsmerknad: str
    orientering: str


BOKMAAL = Vedtaksord(
    innledning={
        Behandlingstype.INNSTILLING: ("Saken sendes {overordnet} med slik", "INNSTILLING:"),
        Behandlingstype.UTTALELSE: ("{organ} gir følgende", "UTTALELSE:"),
        Behandlingstype.VEDTAK: (),
    },
    foelger_saken="Følgende innstilling følger saken.",
    flertallsmerknad="FLERTALLSMERKNAD - {partier}:",
    orientering=r"\btar? saken til (?:orientering|etterretning|vitende)\b",
)

NYNORSK = Vedtaksord(
    innledning={
        Behandlingstype.INNSTILLING: ("Saka blir send til {overordnet} med slik", "TILRÅDING:"),
        Behandlingstype.UTTALELSE: ("{organ} gjev følgjande", "FRÅSEGN:"),
        Behandlingstype.VEDTAK: (),
    },
    foelger_saken="Følgjande tilråding følgjer saka.",
    flertallsmerknad="FLEIRTALSMERKNAD - {partier}:",
    orientering=r"\bta(?:r|k)? saka til (?:orientering|vitende)\b|\btek saka til (?:orientering|vitende)\b",
)


@dataclass(frozen=True, slots=True)
class Ordvalg:
    """Which words hold from a day on, in one written form, for bodies of one kind (None: of all)."""

    gyldig_fra: dt.date
    malform: str
    ordlyd: Vedtaksord
    utvalgstype: str | None = None


ALLTID = dt.date.min
# A municipality that words them otherwise adds rows: the newest that fits counts, and one for the kind of body before
# one for all.
ORDVALG: Sequence[Ordvalg] = (
    Ordvalg(ALLTID, "nb", BOKMAAL),
    Ordvalg(ALLTID, "nn", NYNORSK),
)


def vedtaksord_for(dato: dt.date, malform: str, utvalgstype: str, ordvalg: Sequence[Ordvalg] = ORDVALG) -> Vedtaksord:
    """The words that a body of that kind put around its decisions on that day. Raises `InvalidInput` on other forms."""
    passer = [
        ett
        for ett in ordvalg
        if ett.malform == malform and ett.gyldig_fra <= dato and ett.utvalgstype in (None, utvalgstype)
    ]
    if not passer:
        raise InvalidInput(f"Det finnes ingen vedtaksord for målformen «{malform}» {dato:%d.%m.%Y}.", "malform")
    return max(passer, key=lambda ett: (ett.utvalgstype is not None, ett.gyldig_fra)).ordlyd


def innledning(behandlingstype: Behandlingstype, organ: Organ, avsnitt: Sequence[Blocks], ordlyd: Vedtaksord) -> Blocks:
    """The wrapping paragraphs. None around nothing, and none around a statement that only takes note of the case."""
    takes_note = len(avsnitt) == 1 and re.search(ordlyd.orientering, plain_text(avsnitt[0]), re.IGNORECASE)
    if not avsnitt or (behandlingstype is Behandlingstype.UTTALELSE and takes_note):
        return ()
    names = {"organ": organ.navn, "overordnet": _in_a_sentence(organ.overordnet)}
    return tuple(setning(line.format(**names)) for line in ordlyd.innledning[behandlingstype])


def setning(text: str) -> Paragraph:
    """A paragraph of plain words."""
    return Paragraph((Run(text),))


def _in_a_sentence(navn: str) -> str:
    """A body named by one word is named by a common noun: bystyret, formannskapet."""
    return navn if " " in navn else navn[:1].lower() + navn[1:]
