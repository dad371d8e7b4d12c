"""The pieces that the shipped templates are put together from: paragraphs, tables, parts that repeat, the package.

Styles are named by the ids that `malstiler` gives them; widths are in twentieths of a point.
"""

from __future__ import annotations

from collections.abc import Sequence

from saksbehandling.documents.malstiler import FONT_TABLE, styles
from saksbehandling.documents.maltema import THEME
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
    "theme": "theme/theme1",
    "header": "header1",
    "footer": "footer1",
}


def document(body: str, foot: str, malform: str) -> bytes:
    """A template with that body, the municipality's name above, and `foot` with page numbers below."""
    header = paragraph("[[kommune]]", "Topptekst")
    pages = f"{_field('PAGE')}{_run(' av ')}{_field('NUMPAGES')}"
    footer = paragraph(f"{foot}\tSide ", "Bunntekst", pages)
    contents = {
        _DOCUMENT: _root("document", f"<w:body>{body}{_SECTION}</w:body>"),
        "word/styles.xml": styles(malform),
        "word/fontTable.xml": FONT_TABLE,
        "word/theme/theme1.xml": THEME,
        "word/settings.xml": _root("settings", _settings(malform)),
        "word/header1.xml": _root("hdr", header),
        "word/footer1.xml": _root("ftr", footer),
        CORE: _core(malform),
        APP: APP_XML,
    }
    return _package(contents)


def paragraph(text: str, style: str = "Normal", more: str = "") -> str:
    """A paragraph by the id of its style; `more`: finished runs after the text."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{_run(text)}{more}</w:p>'


def cell(width: int, content: str) -> str:
    """A table cell, `width` in twentieths of a point."""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{content}</w:tc>'


def repeat(field: str, content: str) -> str:
    """`content` for each of a list."""
    return f"{paragraph(f'[[gjenta: {field}]]')}{content}{paragraph('[[slutt]]')}"


def when(field: str, content: str) -> str:
    """`content` where the field has anything in it."""
    return f"{paragraph(f'[[hvis: {field}]]')}{content}{paragraph('[[slutt]]')}"


def heading(text: str) -> str:
    """A heading of a part of the document."""
    return paragraph(text, "Overskrift2")


def label(text: str) -> str:
    """A heading below `heading`."""
    return paragraph(text, "Overskrift3")


def facts(caption: str, rows: Sequence[tuple[str, str]], description: str = "") -> str:
    """A table of labels and values.

    The first row is the header row: repeated where the table goes over a page, and announced by a screen reader.
    """
    lines = (
        _row([(text, 2000, "Ledetekst"), (value, 7070, "Tabelltekst")], head=at == 0)
        for at, (text, value) in enumerate(rows)
    )
    return _table(caption, (2000, 7070), "".join(lines), description)


def listing(caption: str, field: str, columns: Sequence[tuple[str, str, int]]) -> str:
    """A table with a heading row, and one row for each of the list `field`. `columns`: heading, content, width."""
    head = _row([(title, width, "Ledetekst") for title, _, width in columns], head=True)
    cells = [(content, width, "Tabelltekst") for _, content, width in columns]
    cells[0] = (f"[[rad: {field}]]{cells[0][0]}", *cells[0][1:])
    return _table(caption, [width for _, _, width in columns], head + _row(cells, head=False))


def _row(cells: Sequence[tuple[str, int, str]], *, head: bool) -> str:
    marks = "<w:cantSplit/><w:tblHeader/>" if head else "<w:cantSplit/>"
    content = "".join(cell(width, paragraph(text, style)) for text, width, style in cells)
    return f"<w:tr><w:trPr>{marks}</w:trPr>{content}</w:tr>"


def _table(caption: str, widths: Sequence[int], rows: str, description: str = "") -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    described = f'<w:tblDescription w:val="{description}"/>' if description else ""
    return (
        '<w:tbl><w:tblPr><w:tblStyle w:val="Saksopplysninger"/><w:tblW w:w="9070" w:type="dxa"/>'
        '<w:tblLayout w:type="fixed"/><w:tblLook w:firstRow="1" w:lastRow="0" w:firstColumn="1" w:lastColumn="0"'
        f' w:noHBand="1" w:noVBand="1"/><w:tblCaption w:val="{caption}"/>{described}</w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )


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
    types["word/theme/theme1.xml"] = "application/vnd.openxmlformats-officedocument.theme+xml"
    types |= {_DOCUMENT: f"{_MAIN}.document.main+xml", CORE: CORE_TYPE, APP: APP_TYPE}
    parts = {
        "[Content_Types].xml": write_content_types(types),
        "_rels/.rels": f"{root_relationships(_DOCUMENT)}</Relationships>",
        "word/_rels/document.xml.rels": f"{write_relationships(links, _DOCUMENT)}</Relationships>",
        **contents,
    }
    return archive(pack(name, text.encode()) for name, text in parts.items())


_SECTION = (
    '<w:sectPr><w:headerReference w:type="default" r:id="rId5"/><w:footerReference w:type="default" r:id="rId6"/>'
    '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1701" w:right="1418" w:bottom="1418" w:left="1418" w:header="794"'
    ' w:footer="680" w:gutter="0"/></w:sectPr>'
)
