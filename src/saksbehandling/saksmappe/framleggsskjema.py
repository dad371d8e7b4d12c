"""The form of a saksframlegg, as typed and as a text. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from saksbehandling.errors import Reason
from saksbehandling.richhtml import from_html
from saksbehandling.richtext import Blocks, IllegalCharacter, Picture, parse_notation, to_notation
from saksbehandling.saksmappe.framleggstekst import Framleggstekst, behold_utseende
from saksbehandling.saksmappe.schemas import heltall, linje


@dataclass(frozen=True, slots=True)
class Saksframleggsskjema:
    """A saksframlegg as typed, in the light notation.

    `radversjon`: of the saved text that the person began from. `revisjon`: of the draft that they go on with.
    `rik`: what the editor in the browser sent, or what is stored: all that the notation cannot say as well.
    """

    tittel: str
    innstilling: str
    innhold: str
    radversjon: int | None = None
    revisjon: int = 0
    rik: Framleggstekst | None = None

    @classmethod
    def fra(cls, felter: Mapping[str, str], bilder: Mapping[str, Picture]) -> Saksframleggsskjema:
        """`bilder`: those of the case, by SHA-256. What is voted on holds none."""
        tittel, innstilling, innhold = (felter.get(navn, "") for navn in ("tittel", "innstilling", "innhold"))
        versjoner = heltall(felter.get("radversjon", "")), heltall(felter.get("revisjon", "")) or 0
        if felter.get("format") == "html":
            return cls.av(
                Framleggstekst.av(linje(tittel), from_html(innstilling), from_html(innhold, bilder)), *versjoner
            )
        return cls(linje(tittel), innstilling, innhold, *versjoner)

    @classmethod
    def av(cls, tekst: Framleggstekst, radversjon: int | None, revisjon: int = 0) -> Saksframleggsskjema:
        """A stored text, as it is typed."""
        innstilling = "\n\n".join(to_notation(segment) for segment in tekst.innstilling)
        return cls(tekst.tittel, innstilling, to_notation(tekst.innhold), radversjon, revisjon, tekst)

    def feil(self) -> list[Reason]:
        """Everything that is wrong with it."""
        grunner = [] if self.tittel else [Reason("Saksframlegget må ha en tittel.", felt="tittel")]
        for felt in ("innstilling", "innhold") if self.rik is None else ():
            try:
                parse_notation(getattr(self, felt))
            except IllegalCharacter as feil:
                grunner.append(Reason(str(feil), felt=felt))
        if not self.innstilling.strip():
            grunner.append(
                Reason("Saksframlegget må ha et forslag til innstilling.", "kommuneloven § 13-1", "innstilling")
            )
        return grunner

    def tekst(self, *kjente: Framleggstekst) -> Framleggstekst:
        """What was typed. `kjente`: texts whose untouched paragraphs keep what the notation cannot say.

        Raises `IllegalCharacter`.
        """
        if self.rik is not None:
            return self.rik
        return Framleggstekst.av(
            self.tittel,
            behold_utseende(_alle(tekst.innstillingen for tekst in kjente), self.innstilling),
            behold_utseende(_alle(tekst.innhold for tekst in kjente), self.innhold),
        )


def _alle(tekster: Iterable[Blocks]) -> Blocks:
    return tuple(block for tekst in tekster for block in tekst)
