"""What a decision asks the administration to do, found in its sentences. Pure; a person accepts or turns down each.

The words are data, in bokmål and nynorsk alike: a decision in one written form may quote the other.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from saksbehandling.richtext import Block, Blocks, List, plain_text

# Who is asked, as decisions call them, and what the list of follow-ups calls them.
MOTTAKERE: Sequence[tuple[str, str]] = (
    (r"kommunedirektør(?:en)?", "Kommunedirektøren"),
    (r"råd(?:mannen|mann)", "Rådmannen"),
    (r"fylkes(?:rådmannen|direktøren)", "Fylkesdirektøren"),
    (r"administrasjon(?:en)?", "Administrasjonen"),
    (r"byråd(?:et)?", "Byrådet"),
    (r"ordfører(?:en)?|ordførar(?:en)?", "Ordføreren"),
)
_MOTTAKER = "|".join(f"(?:{moenster})" for moenster, _ in MOTTAKERE)
_ORD_MELLOM = r"(?:\s+(?:om|på|difor|derfor|samtidig|samstundes|videre|vidare|også|òg|nå|no|at|kommunens|vår)){0,3}"

# «Bystyret ber rådmannen …», «Kommunestyret pålegg kommunedirektøren …»
_BER = r"\b(?:ber|bed|bad|ba|pålegger|pålegg|anmoder|oppmoder|oppmodar|oppfordrer|oppfordrar|instruerer|gir|gjev)\b"
# «Kommunedirektøren bes …», «Rådmannen får i oppdrag …», «Administrasjonen vert beden om …»
_BES = (
    r"(?:bes\b|blir bedt|bli bedt|blir beden|vert bede?n?t?|gis i oppdrag|gis oppdrag|får i oppdrag|får oppdrag"
    r"|pålegges|anmodes|oppfordres|(?:skal|må) (?:\w+ ){0,2}(?:legge|leggje|komme|kome|utrede|greie|rapportere"
    r"|utarbeide|lage|orientere|sørge|syte|sikre|vurdere|fremme|fremje|undersøke|kartlegge|kartleggje|evaluere|innhente|hente))"
)
# «Saken legges fram på nytt …», «Det utarbeides en plan …», «Bystyret ber om en sak …», «Det skal leggjast fram …»
_SAK = (
    r"\b(?:legges? (?:på nytt )?fram|leggjast fram|vert lagt fram|fremmes? (?:en )?ny? ?sak|kommer tilbake|kome tilbake"
    r"|det (?:skal )?(?:utarbeides|utarbeidast|utredes|greiast ut|rapporteres|rapporterast|gjennomføres en"
    r"|gjennomførast ei?n?|lages|lagast|evalueres|evaluerast))\b"
)
_BER_OM = (
    r"\b(?:ber|bed|ønsker|ynskjer|bestiller|bestillar|forventer|forventar|ventar)\s+(?:derfor |difor )?"
    r"(?:(?:om )?(?:at|å få|ei?n? |et |eit )|seg\b)"
)
_ETTERSPOR = tuple(
    re.compile(moenster, re.IGNORECASE)
    for moenster in (
        rf"{_BER}{_ORD_MELLOM}\s+(?:{_MOTTAKER})\b",
        rf"\b(?:{_MOTTAKER})\s+(?:\w+\s+)?{_BES}",
        rf"^(?:saken|saka|{_MOTTAKER})?.*{_SAK}",
        _BER_OM,
    )
)
_ER_INGEN = re.compile(r"\b(?:ber|bed|ønsker|ynskjer|skal|må|bes) (?:ikke|ikkje)\b", re.IGNORECASE)
_SETNINGSSLUTT = re.compile(r"(?<=[.!?])\s+(?=[A-ZÆØÅ«\"])")

_MAANED = "januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember"
MAANEDER = {navn: nummer for nummer, navn in enumerate(_MAANED.split("|"), 1)}
_INNEN = r"\b(?:innen|innan|før|senest|seinast|i løpet av)\b"


@dataclass(frozen=True, slots=True)
class Oppdrag:
    """A sentence that asks for something. `ansvarlig`: "" where it does not say who; `frist`: its last day, if told."""

    tekst: str
    ansvarlig: str = ""
    frist: dt.date | None = None


def finn_oppdrag(avsnitt: Iterable[Blocks]) -> tuple[Oppdrag, ...]:
    """The sentences of a decision that ask for something, in reading order, each once.

    Where a sentence introduces a list («ber rådmannen om å:»), each point of the list is one of them.
    """
    funnet = (Oppdrag(tekst, _ansvarlig(tekst), finn_frist(tekst)) for tekst in _setninger(avsnitt) if _spoer(tekst))
    return tuple(dict.fromkeys(funnet))


def finn_frist(tekst: str) -> dt.date | None:
    """The last day that a text names («innen 1. juni 2020», «i løpet av 2020»); None where that is not certain."""
    for moenster, dag in _FRISTER:
        if funnet := re.search(moenster, tekst, re.IGNORECASE):
            try:
                return dag(*funnet.groups())
            except ValueError:  # the 31st of June is nobody's deadline
                return None
    return None


def _siste(aar: int, maaned: int) -> dt.date:
    return dt.date(aar, maaned, calendar.monthrange(aar, maaned)[1])


# The first that fits counts: the exact ones stand first.
_FRISTER = (
    (
        rf"{_INNEN}[^.]{{0,12}}?\b(\d{{1,2}})\.\s?({_MAANED}) (\d{{4}})",
        lambda dag, maaned, aar: dt.date(int(aar), MAANEDER[maaned.lower()], int(dag)),
    ),
    (
        rf"{_INNEN}[^.]{{0,12}}?\b(\d{{1,2}})\.(\d{{1,2}})\.(\d{{4}})",
        lambda dag, maaned, aar: dt.date(int(aar), int(maaned), int(dag)),
    ),
    (
        rf"{_INNEN} (?:utgangen av )?({_MAANED}) (\d{{4}})",
        lambda maaned, aar: _siste(int(aar), MAANEDER[maaned.lower()]),
    ),
    (
        r"\b([12])\. (?:halvår|halvår i) (\d{4})",
        lambda halvaar, aar: _siste(int(aar), 6 * int(halvaar)),
    ),
    (r"\b([1-4])\. (?:kvartal|kvartal i) (\d{4})", lambda kvartal, aar: _siste(int(aar), 3 * int(kvartal))),
    (r"\bfør (?:sommeren|sommaren) (\d{4})", lambda aar: _siste(int(aar), 6)),
    (
        r"\b(?:(?:innen|innan) utgangen av(?: året)?|i løpet av(?: året)?|innen årsskiftet) (\d{4})\b",
        lambda aar: _siste(int(aar), 12),
    ),
)


def _setninger(avsnitt: Iterable[Blocks]) -> Iterator[str]:
    for blokker in avsnitt:
        innledning = ""
        for blokk in blokker:
            if isinstance(blokk, List) and innledning and _spoer(innledning):
                yield from (f"{innledning} {plain_text(punkt)}" for punkt in blokk.items)
                continue
            setninger = _del(blokk)
            innledning = setninger[-1] if setninger and setninger[-1].endswith(":") else ""
            yield from (setninger[:-1] if innledning else setninger)


def _del(blokk: Block) -> list[str]:
    if isinstance(blokk, List):
        return [setning for punkt in blokk.items for setning in _SETNINGSSLUTT.split(plain_text(punkt))]
    return _SETNINGSSLUTT.split(plain_text((blokk,)).strip())


def _spoer(setning: str) -> bool:
    return not _ER_INGEN.search(setning) and any(moenster.search(setning) for moenster in _ETTERSPOR)


def _ansvarlig(setning: str) -> str:
    steder = [(funnet.start(), navn) for moenster, navn in MOTTAKERE if (funnet := _ord(moenster, setning))]
    return min(steder)[1] if steder else ""


def _ord(moenster: str, setning: str) -> re.Match[str] | None:
    return re.search(rf"\b(?:{moenster})\b", setning, re.IGNORECASE)
