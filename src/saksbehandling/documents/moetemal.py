"""Makes the shipped template of a møteprotokoll: who met, each case with its treatment, signatures, corrections."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from saksbehandling.documents.maler import (
    cell,
    correction,
    decision,
    document,
    minuted,
    paragraph,
    repeat,
    sentences,
    when,
)


@dataclass(frozen=True, slots=True)
class Moeteord:
    """The words of a møteprotokoll that are not data, in one malform."""

    tittel: str
    utvalg: str
    dato: str
    tid: str
    sted: str
    moette: str
    frammoete: str
    kolonner: tuple[str, str, str, str, str]
    forfall: str
    forfallskolonner: tuple[str, str, str]
    saksliste: str
    sakskolonner: tuple[str, str]
    votering: str
    saksordfoerer: str
    rettelser: str
    underskrifter: str
    av: str


MOETEORD = {
    "nb": Moeteord(
        "Møteprotokoll", "Utvalg:", "Møtedato:", "Tid:", "Møtested:", "Frammøtte:", "Frammøte",
        ("Navn", "Parti", "Funksjon", "Møter for", "Merknad"), "Forfall", ("Navn", "Parti", "Vara som møtte"),
        "Saksliste", ("Sak", "Tittel"), "Votering:", "Saksordfører:", "Rettelser", "Godkjenning og underskrifter", "av",
    ),
    "nn": Moeteord(
        "Møtebok", "Utval:", "Møtedato:", "Tid:", "Møtestad:", "Frammøtte:", "Frammøte",
        ("Namn", "Parti", "Funksjon", "Møter for", "Merknad"), "Forfall", ("Namn", "Parti", "Vara som møtte"),
        "Sakliste", ("Sak", "Tittel"), "Røysting:", "Saksordførar:", "Rettingar", "Godkjenning og underskrifter", "av",
    ),
}  # fmt: skip

_FRAMMOETE = (("navn", 2700), ("parti", 900), ("funksjon", 1500), ("moeter_for", 2170), ("merknad", 1800))
_FORFALL = (("navn", 3600), ("parti", 1470), ("vara", 4000))
_SAKER = (("saksnummer", 1700), ("tittel", 7370))


def moeteprotokoll(malform: str = "nb") -> bytes:
    """A template for a møteprotokoll in «nb» or «nn», the same bytes each time."""
    words = MOETEORD[malform]
    body = "".join((_front(words), _agenda(words), repeat("saker", _case(words)), _end(words)))
    return document(body, f"{words.tittel}, [[utvalg]] [[moetedato]]", malform)


def _front(words: Moeteord) -> str:
    facts = (
        (words.utvalg, "[[utvalg]]"),
        (words.dato, "[[moetedato]]"),
        (words.tid, "[[tid]]"),
        (words.sted, "[[sted]]"),
        (words.moette, f"[[antall_frammoetet]] {words.av} [[plasser]]"),
    )
    met = _heading(words.frammoete) + _list(words.frammoete, words.kolonner, "frammoete", _FRAMMOETE)
    away = _heading(words.forfall) + _list(words.forfall, words.forfallskolonner, "forfall", _FORFALL)
    return "".join(
        (
            paragraph(words.tittel, "Overskrift1"),
            _facts(words.tittel, facts),
            when("frammoete", met),
            when("forfall", away),
        )
    )


def _agenda(words: Moeteord) -> str:
    return _heading(words.saksliste) + _list(words.saksliste, words.sakskolonner, "saker", _SAKER)


def _case(words: Moeteord) -> str:
    treated = "".join(
        (
            when("resultat", paragraph("[[resultat]]", "Innledning")),
            when("saksordfoerer", paragraph(f"{words.saksordfoerer} [[saksordfoerer]]")),
            when("behandling", _label("Behandling:") + repeat("behandling", minuted("Forslagstekst", "Overskrift4"))),
            when("har_votering", _label(words.votering) + sentences("voteringer") + sentences("tilslutninger")),
            when("har_vedtak", _label("[[vedtaksoverskrift]]:") + decision()),
        )
    )
    heading = paragraph("[[saksnummer]] [[tittel]]", "Overskrift2")
    return heading + when("skjermet", paragraph("[[skjermet]]")) + treated


def _end(words: Moeteord) -> str:
    signed = repeat("underskrifter", paragraph("[[navn]]", "Godkjenningstart") + paragraph("[[om]]", "Godkjenning"))
    lines = repeat(
        "signaturfelt",
        paragraph("______________________________", "Godkjenningstart") + paragraph("[[denne]]", "Godkjenning"),
    )
    return "".join(
        (
            _heading(words.underskrifter),
            when("godkjenning", paragraph("[[godkjenning]]")),
            when("erklaering", paragraph("[[erklaering]]")),
            signed,
            lines,
            when("rettelser", _heading(words.rettelser) + repeat("rettelser", correction())),
        )
    )


def _facts(caption: str, rows: Sequence[tuple[str, str]]) -> str:
    lines = (
        _row([(label, 1700, "Ledetekst"), (value, 7370, "Tabelltekst")], head=at == 0)
        for at, (label, value) in enumerate(rows)
    )
    return _table(caption, (1700, 7370), "".join(lines))


def _list(caption: str, headings: Sequence[str], field: str, columns: Sequence[tuple[str, int]]) -> str:
    """A table with a heading row, and one row for each of the list `field`."""
    head = _row([(text, width, "Ledetekst") for text, (_, width) in zip(headings, columns, strict=True)], head=True)
    texts = [f"[[{name}]]" for name, _ in columns]
    texts[0] = f"[[rad: {field}]]{texts[0]}"
    row = _row([(text, width, "Tabelltekst") for text, (_, width) in zip(texts, columns, strict=True)], head=False)
    return _table(caption, [width for _, width in columns], head + row)


def _row(cells: Sequence[tuple[str, int, str]], *, head: bool) -> str:
    marks = "<w:cantSplit/><w:tblHeader/>" if head else "<w:cantSplit/>"
    content = "".join(cell(width, paragraph(text, style)) for text, width, style in cells)
    return f"<w:tr><w:trPr>{marks}</w:trPr>{content}</w:tr>"


def _table(caption: str, widths: Sequence[int], rows: str) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        '<w:tbl><w:tblPr><w:tblStyle w:val="Saksopplysninger"/><w:tblW w:w="9070" w:type="dxa"/>'
        '<w:tblLayout w:type="fixed"/><w:tblLook w:firstRow="1" w:lastRow="0" w:firstColumn="1" w:lastColumn="0"'
        f' w:noHBand="1" w:noVBand="1"/><w:tblCaption w:val="{caption}"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )


def _heading(text: str) -> str:
    return paragraph(text, "Overskrift2")


def _label(text: str) -> str:
    return paragraph(text, "Overskrift3")
