"""What the forms of cases hold, as typed, and as values. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from saksbehandling.errors import Conflict, InvalidInput, Reason, Refusal, SaksbehandlingError

LENGSTE_TITTEL = 500

Feil = list[tuple[str, str | None, str | None]]
"""For `feilsammendrag`: text, field, legal basis."""


@dataclass(frozen=True, slots=True)
class NySak:
    """A new case as typed. `saksnummer`: the one that it has already, if any."""

    tittel: str = ""
    enhet: str = ""
    saksnummer: str = ""
    skjermingshjemmel: str = ""
    offentlig_tittel: str = ""

    @classmethod
    def fra(cls, felter: Mapping[str, str]) -> NySak:
        return cls(**{navn: linje(felter.get(navn, "")) for navn in cls.__slots__})

    def feil(self) -> list[Reason]:
        """Everything that is wrong with it."""
        grunner = []
        if not self.tittel:
            grunner.append(Reason("Saken må ha en tittel.", felt="tittel"))
        if len(self.tittel) > LENGSTE_TITTEL:
            grunner.append(Reason(f"Tittelen kan ha høyst {LENGSTE_TITTEL} tegn.", felt="tittel"))
        if self.skjermingshjemmel and not self.offentlig_tittel:
            grunner.append(Reason("En skjermet sak må ha en offentlig tittel.", felt="offentlig_tittel"))
        if self.offentlig_tittel and not self.skjermingshjemmel:
            grunner.append(Reason("Skriv hjemmelen for skjermingen.", felt="skjermingshjemmel"))
        if self.skjermingshjemmel and self.offentlig_tittel.casefold() == self.tittel.casefold() != "":
            grunner.append(Reason("Den offentlige tittelen er den samme som den skjermede.", felt="offentlig_tittel"))
        return grunner


def linje(tekst: str) -> str:
    """What was typed in a field of one line, without the control characters that no database or document takes."""
    return "".join(tegn for tegn in tekst if tegn.isprintable() or tegn in "\u00ad\u00a0").strip()


def heltall(tekst: str) -> int | None:
    """A whole number of at most nine digits, or None."""
    return int(tekst) if tekst.isascii() and tekst.isdigit() and len(tekst) < 10 else None


def som_feil(grunner: Sequence[Reason]) -> Feil:
    return [(grunn.text, grunn.felt, grunn.hjemmel) for grunn in grunner]


def feil_av(feil: SaksbehandlingError) -> Feil:
    """What a form shows of a domain error: every reason of a refusal, else its sentence."""
    if isinstance(feil, Refusal):
        return som_feil(feil.reasons)
    felt = feil.felt if isinstance(feil, InvalidInput) else None
    return [(str(feil), felt, None)]


def er_konflikt(feil: SaksbehandlingError) -> bool:
    return isinstance(feil, Conflict)


def felt_feil(feil: Feil) -> dict[str, str]:
    """The first sentence on each field."""
    funnet: dict[str, str] = {}
    for tekst, felt, _ in feil:
        if felt:
            funnet.setdefault(felt, tekst)
    return funnet
