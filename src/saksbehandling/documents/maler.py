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


ORD = {
    "nb": Ord("Utvalg:", "Votering:", "Saksordfører:", "Godkjent", "Opplysninger om saken",
              "Utvalg, møtedato, saksnummer, tittel, resultat og arkivsak"),
    "nn": Ord("Utval:", "Røysting:", "Saksordførar:", "Godkjend", "Opplysningar om saka",
              "Utval, møtedato, saksnummer, tittel, resultat og arkivsak"),
}  # fmt: skip


def saksprotokoll(malform: str = "nb") -> bytes:
    """A template for a saksprotokoll in «nb» or «nn», the same bytes each time."""
    words = ORD[malform]
    header = _paragraph("[[kommune]]", "Topptekst")
    footer = _paragraph(
        "[[utvalg]], sak [[sak]]\tSide ", "Bunntekst", f"{_field('PAGE')}{_run(' av ')}{_field('NUMPAGES')}"
    )
    contents = {
        _DOCUMENT: _root("document", f"<w:body>{_protocol(words)}{_SECTION}</w:body>"),
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
    folder = Path(arguments[0])
    (folder / "saksprotokoll.docx").write_bytes(saksprotokoll("nb"))
    (folder / "saksprotokoll-nn.docx").write_bytes(saksprotokoll("nn"))


def _protocol(words: Ord) -> str:
    return "".join(
        (
            _paragraph("Saksprotokoll", "Overskrift1"),
            _about(words),
            _when("har_vedtak", _heading("[[vedtaksoverskrift]]:") + _decision()),
            _when("saksordfoerer", _paragraph(f"{words.saksordfoerer} [[saksordfoerer]]")),
            _when("behandling", _heading("Behandling:") + _repeat("behandling", _minuted("Forslagstekst"))),
            _when("har_votering", _heading(words.votering) + _sentences("voteringer") + _sentences("tilslutninger")),
            _when("godkjenning", _approval(words)),
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
    cells = _cell(1700, _paragraph(label, "Ledetekst")) + _cell(7370, _paragraph(value, "Tabelltekst"))
    return f"<w:tr><w:trPr>{marks}</w:trPr>{cells}</w:tr>"


def _cell(width: int, content: str) -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{content}</w:tc>'


def _decision() -> str:
    return "".join(
        (
            _repeat("innledning", _paragraph("[[denne]]", "Innledning")),
            _paragraph("[[tekst: vedtak]]"),
            _when("foelger_saken_innledning", _paragraph("[[foelger_saken_innledning]]", "Innledning")),
            _paragraph("[[tekst: foelger_saken]]"),
            _repeat("flertallsmerknader", _paragraph("[[overskrift]]", "Overskrift3") + _paragraph("[[tekst: tekst]]")),
        )
    )


def _minuted(style: str) -> str:
    moved = _paragraph("[[overskrift]]", "Overskrift3") + _paragraph("[[tekst: tekst]]", style)
    return _when("overskrift", moved) + _when("er_notat", _paragraph("[[tekst: tekst]]"))


def _sentences(field: str) -> str:
    return _repeat(field, _paragraph("[[denne]]", "Voteringssetning"))


def _approval(words: Ord) -> str:
    by = _when(
        "godkjenning.av", _paragraph(f"{words.godkjent} [[godkjenning.dato]] av [[godkjenning.av]]", "Godkjenning")
    )
    return _paragraph("[[kommune]]", "Godkjenningstart") + _paragraph("[[godkjenning.maate]]", "Godkjenning") + by


def _heading(text: str) -> str:
    return _paragraph(text, "Overskrift2")


def _repeat(field: str, content: str) -> str:
    return f"{_paragraph(f'[[gjenta: {field}]]')}{content}{_paragraph('[[slutt]]')}"


def _when(field: str, content: str) -> str:
    return f"{_paragraph(f'[[hvis: {field}]]')}{content}{_paragraph('[[slutt]]')}"


def _paragraph(text: str, style: str = "Normal", more: str = "") -> str:
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
