"""Small Word documents for tests: the shipped template with another text in it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from copy import deepcopy

from lxml import etree

from saksbehandling.documents.protokollmaler import saksprotokoll
from saksbehandling.documents.wordxml import XML_DECLARATION, R, W, escape

TOC = ' TOC \\o "{}" \\h '
SECTION = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'


def p(*runs: str, style: str = "Normal") -> str:
    """A paragraph of these runs."""
    texts = "".join(f'<w:r><w:t xml:space="preserve">{escape(run)}</w:t></w:r>' for run in runs)
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{texts}</w:p>'


def table(*rows: tuple[str, ...]) -> str:
    """A table of cells with one paragraph each, or with the XML that a cell gives."""
    lines = ("".join(f"<w:tc>{cell if cell.startswith('<') else p(cell)}</w:tc>" for cell in row) for row in rows)
    return "<w:tbl><w:tblPr/><w:tblGrid/>" + "".join(f"<w:tr>{line}</w:tr>" for line in lines) + "</w:tbl>"


def control(tag: str, content: str) -> str:
    """A content control with this tag."""
    return f'<w:sdt><w:sdtPr><w:tag w:val="{tag}"/></w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>'


def contents(*, levels: str = "1-3", before: str = "") -> str:
    """A table of contents as Word stores it: the field over several paragraphs, in a control of its own."""
    field = f"{_char('begin')}{_instruction(TOC.format(levels))}{_char('separate')}"
    page = f"{_char('begin')}{_instruction(' PAGEREF _Toc7 ')}{_char('separate')}<w:r><w:t>1</w:t></w:r>{_char('end')}"
    old = f'<w:hyperlink w:anchor="_Toc7"><w:r><w:t>[[gammel]] tekst</w:t><w:tab/></w:r>{page}</w:hyperlink>'
    gallery = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/></w:docPartObj>'
    lines = f"<w:p>{before}{field}{old}</w:p><w:p>{old}</w:p><w:p>{_char('end')}</w:p>"
    return f"<w:sdt><w:sdtPr>{gallery}</w:sdtPr><w:sdtContent>{lines}</w:sdtContent></w:sdt>"


def _instruction(text: str) -> str:
    return f'<w:r><w:instrText xml:space="preserve">{escape(text)}</w:instrText></w:r>'


def _char(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def document(*body: str) -> bytes:
    """The main part with this body."""
    start = f'{XML_DECLARATION}<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>'
    return f"{start}{''.join(body)}{SECTION}</w:body></w:document>".encode()


def parts(docx: bytes) -> dict[str, bytes]:
    """The parts of a document by name."""
    with zipfile.ZipFile(io.BytesIO(docx)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def zipped(contents: Mapping[str, bytes]) -> bytes:
    """The parts as a document."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, content in contents.items():
            opened.writestr(name, content)
    return out.getvalue()


def with_parts(docx: bytes, changes: Mapping[str, bytes | None]) -> bytes:
    """The document with some parts replaced, added, or (None) taken out."""
    changed = {**parts(docx), **changes}
    return zipped({name: content for name, content in changed.items() if content is not None})


def template(*body: str, **more: bytes) -> bytes:
    """A template with this body, and the styles of the shipped one. `more`: other parts of word/, as `header1`."""
    changes = {"word/document.xml": document(*body), **{f"word/{name}.xml": content for name, content in more.items()}}
    plain = {"docProps/core.xml": None, "word/header1.xml": None, "word/footer1.xml": None}
    return with_parts(saksprotokoll(), {**plain, **changes})


def endret(docx: bytes, gammelt: str, nytt: str) -> bytes:
    """The document with other words, or other markup, in its body."""
    body = parts(docx)["word/document.xml"]
    assert gammelt.encode() in body
    return with_parts(docx, {"word/document.xml": body.replace(gammelt.encode(), nytt.encode())})


def one_run_a_character(docx: bytes) -> bytes:
    """The document with every character of its text in a run of its own, as word processors may leave it."""
    changed = {name: _split(part) for name, part in parts(docx).items() if name.startswith("word/") and b"<w:t" in part}
    return with_parts(docx, changed)


def _split(part: bytes) -> bytes:
    root = etree.fromstring(part)
    for run in list(root.iter(f"{{{W}}}r")):
        holder = run.getparent()
        assert holder is not None
        at = holder.index(run)
        holder[at : at + 1] = list(_single(run))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _single(run: etree._Element) -> Iterator[etree._Element]:
    looks = run.findall(f"{{{W}}}rPr")
    for child in run:
        for character in child.text or "" if child.tag == f"{{{W}}}t" else [""] * (child not in looks):
            one = etree.Element(run.tag)
            one.extend([*map(deepcopy, looks), deepcopy(child)])
            one[-1].text = character or None
            yield one
