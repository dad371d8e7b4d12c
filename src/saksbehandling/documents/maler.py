"""Makes the shipped templates, which are also a start for the secretariat's own.

Run `python -m saksbehandling.documents.maler MAPPE` to write them.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from saksbehandling.documents.malstiler import FONT_TABLE, styles
from saksbehandling.documents.package import Relationship, write_content_types, write_relationships
from saksbehandling.documents.parts_to_keep import APP, APP_TYPE, APP_XML, CORE, CORE_TYPE, root_relationships
from saksbehandling.documents.stylebook import LANGUAGES
from saksbehandling.documents.wordxml import START_TEXT, XML_DECLARATION, R, W, escape_in_run
from saksbehandling.documents.zipping import archive, pack

_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_DOCUMENT = "word/document.xml"
_PARTS = {
    "styles": "styles",
    "settings": "settings",
    "fontTable": "fontTable",
    "header": "header1",
    "footer": "footer1",
}


@dataclass(frozen=True, slots=True)
class Ord:
    """The words of a saksprotokoll that are not data, in one malform."""

    utvalg: str
    votering: str
    saksordfoerer: str
    godkjent: str
    om_saken: str
    om_saken_forklart: str
    rettelser: str


ORD = {
    "nb": Ord("Utvalg:", "Votering:", "Saksordfører:", "Godkjent", "Opplysninger om saken",
              "Utvalg, møtedato, saksnummer, tittel, resultat og arkivsak", "Rettelser:"),
    "nn": Ord("Utval:", "Røysting:", "Saksordførar:", "Godkjend", "Opplysningar om saka",
              "Utval, møtedato, saksnummer, tittel, resultat og arkivsak", "Rettingar:"),
}  # fmt: skip


def saksprotokoll(malform: str = "nb") -> bytes:
    """A template for a saksprotokoll in «nb» or «nn», the same bytes each time."""
    return document(_protocol(ORD[malform]), "[[utvalg]], sak [[sak]]", malform)


def document(body: str, foot: str, malform: str) -> bytes:
    """A template with that body, the municipality's name above, and `foot` with page numbers below."""
    header = paragraph("[[kommune]]", "Topptekst")
    pages = f"{_field('PAGE')}{_run(' av ')}{_field('NUMPAGES')}"
    footer = paragraph(f"{foot}\tSide ", "Bunntekst", pages)
    contents = {
        _DOCUMENT: _root("document", f"<w:body>{body}{_SECTION}</w:body>"),
        "word/styles.xml": styles(malform),
        "word/fontTable.xml": FONT_TABLE,
        "word/settings.xml": _root("settings", _settings(malform)),
        "word/header1.xml": _root("hdr", header),
        "word/footer1.xml": _root("ftr", footer),
        CORE: _core(malform),
        APP: APP_XML,
    }
    return _package(contents)


def main(arguments: Sequence[str]) -> None:
    """Write the templates to the folder named by the first argument."""
    from saksbehandling.documents.moetemal import moeteprotokoll  # it is made of the pieces above

    folder = Path(arguments[0])
    for name, make in (("saksprotokoll", saksprotokoll), ("moeteprotokoll", moeteprotokoll)):
        (folder / f"{name}.docx").write_bytes(make("nb"))
        (folder / f"{name}-nn.docx").write_bytes(make("nn"))


def _protocol(words: Ord) -> str:
    return "".join(
        (
            paragraph("Saksprotokoll", "Overskrift1"),
            _about(words),
            when("har_vedtak", _heading("[[vedtaksoverskrift]]:") + decision()),
            when("saksordfoerer", paragraph(f"{words.saksordfoerer} [[saksordfoerer]]")),
            when("behandling", _heading("Behandling:") + repeat("behandling", minuted("Forslagstekst"))),
            when("har_votering", _heading(words.votering) + sentences("voteringer") + sentences("tilslutninger")),
            when("godkjenning", _approval(words)),
            when("rettelser", _heading(words.rettelser) + repeat("rettelser", correction())),
        )
    )


def _about(words: Ord) -> str:
    rows = (
        (words.utvalg, "[[utvalg]]"),
        ("Møtedato:", "[[moetedato]]"),
        ("Sak:", "[[sak]]"),
        ("Tittel:", "[[dokumenttittel]]"),
        ("Resultat:", "[[resultat]]"),
        ("Arkivsak:", "[[arkivsak]]"),
    )
    # The first row is the header row: repeated where the table goes over a page, and announced by a screen reader.
    lines = (_row(label, value, head=number == 0) for number, (label, value) in enumerate(rows))
    return (
        '<w:tbl><w:tblPr><w:tblStyle w:val="Saksopplysninger"/><w:tblW w:w="9070" w:type="dxa"/>'
        '<w:tblLayout w:type="fixed"/><w:tblLook w:firstRow="1" w:lastRow="0" w:firstColumn="1" w:lastColumn="0"'
        f' w:noHBand="1" w:noVBand="1"/><w:tblCaption w:val="{words.om_saken}"/>'
        f'<w:tblDescription w:val="{words.om_saken_forklart}"/></w:tblPr>'
        f'<w:tblGrid><w:gridCol w:w="1700"/><w:gridCol w:w="7370"/></w:tblGrid>{"".join(lines)}</w:tbl>'
    )


def _row(label: str, value: str, *, head: bool) -> str:
    marks = "<w:cantSplit/><w:tblHeader/>" if head else "<w:cantSplit/>"
    cells = cell(1700, paragraph(label, "Ledetekst")) + cell(7370, paragraph(value, "Tabelltekst"))
    return f"<w:tr><w:trPr>{marks}</w:trPr>{cells}</w:tr>"


def cell(width: int, content: str) -> str:
    """A table cell, `width` in twentieths of a point."""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{content}</w:tc>'


def decision() -> str:
    """The decision with the words around it, what follows the case, and the remarks of a majority."""
    return "".join(
        (
            repeat("innledning", paragraph("[[denne]]", "Innledning")),
            paragraph("[[tekst: vedtak]]"),
            when("foelger_saken_innledning", paragraph("[[foelger_saken_innledning]]", "Innledning")),
            paragraph("[[tekst: foelger_saken]]"),
            repeat("flertallsmerknader", paragraph("[[overskrift]]", "Overskrift3") + paragraph("[[tekst: tekst]]")),
        )
    )


def minuted(style: str, heading: str = "Overskrift3") -> str:
    """An item under «Behandling»: a proposal with its heading, or a note."""
    moved = paragraph("[[overskrift]]", heading) + paragraph("[[tekst: tekst]]", style)
    return when("overskrift", moved) + when("er_notat", paragraph("[[tekst: tekst]]"))


def correction() -> str:
    """A correction that was appended."""
    return paragraph("[[overskrift]]", "Overskrift3") + paragraph("[[tekst: tekst]]") + paragraph("[[begrunnelse]]")


def sentences(field: str) -> str:
    """A list of whole sentences, one in each paragraph."""
    return repeat(field, paragraph("[[denne]]", "Voteringssetning"))


def _approval(words: Ord) -> str:
    by = when(
        "godkjenning.av", paragraph(f"{words.godkjent} [[godkjenning.dato]] av [[godkjenning.av]]", "Godkjenning")
    )
    return paragraph("[[kommune]]", "Godkjenningstart") + paragraph("[[godkjenning.maate]]", "Godkjenning") + by


def _heading(text: str) -> str:
    return paragraph(text, "Overskrift2")


def repeat(field: str, content: str) -> str:
    """`content` for each of a list."""
    return f"{paragraph(f'[[gjenta: {field}]]')}{content}{paragraph('[[slutt]]')}"


def when(field: str, content: str) -> str:
    """`content` where the field has anything in it."""
    return f"{paragraph(f'[[hvis: {field}]]')}{content}{paragraph('[[slutt]]')}"


def paragraph(text: str, style: str = "Normal", more: str = "") -> str:
    """A paragraph by the id of its style; `more`: finished runs after the text."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{_run(text)}{more}</w:p>'


def _run(text: str) -> str:
    return f"<w:r>{START_TEXT}{escape_in_run(text)}</w:t></w:r>"


def _field(instruction: str) -> str:
    return f'<w:fldSimple w:instr=" {instruction} ">{_run("1")}</w:fldSimple>'


def _settings(malform: str) -> str:
    return (
        '<w:zoom w:percent="100"/><w:defaultTabStop w:val="708"/><w:compat><w:compatSetting w:name="compatibilityMode"'
        ' w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        f'<w:themeFontLang w:val="{LANGUAGES[malform]}"/>'
    )


def _core(malform: str) -> str:
    return (
        f'{XML_DECLARATION}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>[[dokumenttittel]]</dc:title>'
        f"<dc:creator>[[kommune]]</dc:creator><dc:language>{LANGUAGES[malform]}</dc:language></cp:coreProperties>"
    )


def _root(name: str, content: str) -> str:
    return f'{XML_DECLARATION}<w:{name} xmlns:w="{W}" xmlns:r="{R}">{content}</w:{name}>'


def _package(contents: dict[str, str]) -> bytes:
    links = [
        Relationship(f"rId{number}", f"{R}/{kind}", f"word/{part}.xml", external=False)
        for number, (kind, part) in enumerate(_PARTS.items(), 1)
    ]
    types = {f"word/{part}.xml": f"{_MAIN}.{kind}+xml" for kind, part in _PARTS.items()}
    types |= {_DOCUMENT: f"{_MAIN}.document.main+xml", CORE: CORE_TYPE, APP: APP_TYPE}
    parts = {
        "[Content_Types].xml": write_content_types(types),
        "_rels/.rels": f"{root_relationships(_DOCUMENT)}</Relationships>",
        "word/_rels/document.xml.rels": f"{write_relationships(links, _DOCUMENT)}</Relationships>",
        **contents,
    }
    return archive(pack(name, text.encode()) for name, text in parts.items())


_SECTION = (
    '<w:sectPr><w:headerReference w:type="default" r:id="rId4"/><w:footerReference w:type="default" r:id="rId5"/>'
    '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1701" w:right="1418" w:bottom="1418" w:left="1418" w:header="794"'
    ' w:footer="680" w:gutter="0"/></w:sectPr>'
)

if __name__ == "__main__":
    main(sys.argv[1:])
