"""The text of an uploaded or rendered document, read as a stream."""

from __future__ import annotations

import io
from collections.abc import Iterator

from lxml import etree

from saksbehandling.documents.package import document_part, relationships
from saksbehandling.documents.safe_zip import Limits, read_parts
from saksbehandling.documents.wordxml import COMPATIBILITY, w
from saksbehandling.errors import InvalidFile

_SOFT_HYPHEN = "\N{SOFT HYPHEN}"
_CHARACTERS = {w("tab"): "\t", w("br"): "\n", w("cr"): "\n", w("noBreakHyphen"): "-", w("softHyphen"): ""}
_BESIDE = ("footnotes", "endnotes", "header", "footer")
_REPEATED = (f"{{{COMPATIBILITY}}}Fallback", w("del"), w("moveFrom"))


def tekst_fra_docx(content: bytes, limits: Limits | None = None) -> str:
    """The main text of a DOCX: a line for each paragraph, «- » before list items, tabs between the cells of a row.

    Deleted and repeated text is left out. Raises `InvalidFile` if it is no readable Word document.
    """
    parts = read_parts(content, limits)
    return "".join(_lines(parts[document_part(parts)])).strip("\n") + "\n"


def hele_teksten_fra_docx(content: bytes, limits: Limits | None = None) -> str:
    """The main text, and after it the notes, headers and footers, each text once. Raises as `tekst_fra_docx`."""
    parts = read_parts(content, limits)
    document = document_part(parts)
    others = sorted(
        {link.target for link in relationships(parts, document) if any(map(link.is_a, _BESIDE)) and not link.external}
    )
    texts = ("".join(_lines(parts[part])).strip("\n") for part in (document, *others) if part in parts)
    return "\n".join(filter(None, dict.fromkeys(texts))) + "\n"


def tekst_fra_ren_tekst(content: bytes) -> str:
    """The text of a plain text file: UTF-8, or the Windows code page that older Norwegian files are in."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _lines(document: bytes) -> Iterator[str]:
    rows: list[list[str]] = []
    try:
        for event, element in _events(document):
            if element.tag == w("tr"):
                if event == "start":
                    rows.append([])
                else:
                    yield from _out(rows, "\t".join(rows.pop()) + "\n")
            elif element.tag == w("tc") and event == "start" and rows:
                rows[-1].append("")
            elif element.tag == w("p") and event == "end":
                yield from _out(rows, f"{_paragraph(element)}\n")
                _forget(element)
    except etree.XMLSyntaxError as error:
        raise InvalidFile(f"Dokumentets tekst er skadet ({error}). Lagre det på nytt i Word og prøv igjen.") from error


def _events(document: bytes) -> Iterator[tuple[str, etree._Element]]:
    return iter(
        etree.iterparse(
            io.BytesIO(document),
            events=("start", "end"),
            tag=(w("p"), w("tr"), w("tc")),
            resolve_entities=False,
            no_network=True,
        )
    )


def _out(rows: list[list[str]], text: str) -> Iterator[str]:
    if rows and rows[-1]:
        joined = f"{rows[-1][-1]} {text.strip()}".strip()
        rows[-1][-1] = joined.replace("\n", " ").replace("\t", " ")
    else:
        yield text


def _paragraph(paragraph: etree._Element) -> str:
    in_list = paragraph.find(f"{w('pPr')}/{w('numPr')}/{w('numId')}")
    mark = "- " if in_list is not None and in_list.get(w("val")) != "0" else ""
    return mark + "".join(_characters(paragraph)).replace(_SOFT_HYPHEN, "")


def _characters(paragraph: etree._Element) -> Iterator[str]:
    for element in paragraph.iter(w("t"), *_CHARACTERS):
        # A text box stands inside a paragraph and has paragraphs of its own, which were read before it.
        if _is_shown(element) and next(element.iterancestors(w("p"))) is paragraph:
            yield _CHARACTERS.get(element.tag, element.text or "")


def _is_shown(element: etree._Element) -> bool:
    holder = element.getparent()
    in_run = holder is not None and holder.tag == w("r")
    return in_run and next(element.iterancestors(*_REPEATED), None) is None


def _forget(paragraph: etree._Element) -> None:
    if next(paragraph.iterancestors(w("p")), None) is None:
        paragraph.clear()
