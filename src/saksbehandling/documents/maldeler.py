"""The parts that the shipped templates about a treatment share: what was moved, how it was voted, what was decided."""

from __future__ import annotations

from collections.abc import Mapping

from saksbehandling.documents.malbygger import heading, label, paragraph, repeat, when

Words = Mapping[str, str]
"""The catalogue in one written form, as `malord.ordliste` gives it."""


def decided() -> str:
    """The decision under its heading."""
    return heading("[[vedtaksoverskrift]]:") + decision()


def decision() -> str:
    """The decision with the words around it, what follows the case, and the remarks of a majority."""
    return "".join(
        (
            repeat("innledning", paragraph("[[denne]]", "Innledning")),
            paragraph("[[tekst: vedtak]]"),
            when("foelger_saken_innledning", paragraph("[[foelger_saken_innledning]]", "Innledning")),
            paragraph("[[tekst: foelger_saken]]"),
            repeat("flertallsmerknader", label("[[overskrift]]") + paragraph("[[tekst: tekst]]")),
        )
    )


def minutes(words: Words) -> str:
    """«Behandling»: notes, and proposals and remarks with their headings."""
    return when("behandling", heading(words["behandling"]) + repeat("behandling", minuted("Overskrift3")))


def minuted(style: str) -> str:
    """An item under «Behandling»; `style` of the heading of a proposal."""
    moved = paragraph("[[overskrift]]", style) + paragraph("[[tekst: tekst]]", "Forslagstekst")
    return when("overskrift", moved) + when("er_notat", paragraph("[[tekst: tekst]]"))


def ballots(words: Words, *, named: bool = False) -> str:
    """«Votering»: a sentence for each ballot, and who joined which remark; `named`: with how each side voted."""
    return when("har_votering", heading(words["votering"]) + votes(named=named))


def votes(*, named: bool, style: str = "Voteringssetning", side: str = "Stemmelinje") -> str:
    """What stands under «Votering». `style`: of a sentence; `side`: of the line for each side that it does not tell.

    The usual styles keep to what follows, so that an approval has company on its page.
    """
    sides = repeat("stemmer", paragraph("[[side]]: [[hvem]]", side))
    listed = repeat("voteringsliste", paragraph("[[setning]]", style) + sides)
    return (listed if named else _sentences("voteringer", style)) + _sentences("tilslutninger", style)


def corrections(words: Words, colon: str = "") -> str:
    """What was appended after the approval."""
    one = label("[[overskrift]]") + paragraph("[[tekst: tekst]]") + paragraph("[[begrunnelse]]")
    return when("rettelser", heading(f"{words['rettelser']}{colon}") + repeat("rettelser", one))


def signatures(field: str, title: str) -> str:
    """A list of names, each with a line below it."""
    return repeat(field, paragraph("[[navn]]", "Underskrift") + paragraph(f"[[{title}]]", "Underskriftstekst"))


def ending(dated: str, *signed: str) -> str:
    """The municipality and a date, and those fields of a name and a title that have anything in them."""
    names = "".join(when(field, paragraph(f"[[{field}]]", "Godkjenning")) for field in signed)
    return paragraph(f"[[kommune]], [[dato: {dated}]]", "Godkjenningstart") + names


def _sentences(field: str, style: str) -> str:
    return repeat(field, paragraph("[[denne]]", style))
