"""Whatever the data hold comes out as text or is refused: no marker, markup or control character in them acts."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from saksbehandling.documents.docx_renderer import DocxRenderer
from saksbehandling.documents.readback import read_data
from saksbehandling.documents.template_cache import TemplateCache
from saksbehandling.errors import InvalidInput
from saksbehandling.richtext import List, Paragraph, Run, Table

SECRET = "HEMMELIG"
PIECES = st.sampled_from(
    [
        *(
            "[[passord]]",
            "[[",
            "]]",
            "[[gjenta: saker]]",
            "[[slutt]]",
            "[[mal: indre]]",
            "{{ x }}",
            "${x}",
            "%s",
            "{0}",
        ),
        *("<w:p>", "</w:t>", "&amp;", "&#x1F;", "]]>", "<!--", "<?mal 0?>", "<?innhold her?>", '"', "'"),
        *("\u202e", "\u200f", "\u2066", "\u00ad", "æ", "𝔖", "\n", "\t", "\r", " "),
        *("\x00", "\x0b", "\x1b", "\ud800", "\ufffe"),
    ]
)
HOSTILE = st.lists(PIECES | st.text(max_size=4), min_size=1, max_size=6).map("".join)
LINK = {"link": "https://eksempel.no/?a=<&\"'"}


@pytest.fixture(scope="module")
def templates(docx) -> TemplateCache:
    cell = docx.p("[[rad: rader]][[denne]]")
    body = [docx.p("<[[felt]]>"), docx.p("[[tekst: rik]]"), docx.table((cell, "x")), docx.p("[[gjenta: rader]]")]
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    header = f'<w:hdr xmlns:w="{space}">{docx.p("[[felt]]")}</w:hdr>'.encode()
    whole = docx.template(docx.contents(), *body, docx.p("[[denne]]", style="Overskrift1"), docx.p("[[slutt]]"))
    made = docx.with_parts(whole, {"word/header1.xml": header})
    return TemplateCache({"prøve": made}.__getitem__)


def values(text: str) -> dict[str, Any]:
    runs = (Run(f"({text})", bold=True), Run(f"({text})", **LINK))
    rich = (Paragraph(runs), List(True, ((Paragraph(runs),),)), Table(((runs,),)))
    return {"felt": text, "rik": rich, "rader": [text], "dokumenttittel": text, "passord": SECRET}


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(HOSTILE)
def test_it_comes_out_as_text_or_is_refused(docx, templates, text) -> None:
    if any(map(illegal, text)):
        with pytest.raises(InvalidInput, match="styretegn"):
            DocxRenderer(templates).render("prøve", values(text))
        return
    made = DocxRenderer(templates).render("prøve", values(text), {"ord": text})
    parts = docx.parts(made)
    shown = ["".join(letters(one)) for one in etree.fromstring(parts["word/document.xml"]).iter("{*}p")]
    same = text.replace("\r\n", "\n").replace("\r", "\n")
    assert f"<{same}>" in shown
    assert shown.count(f"({same})({same})") == 3  # in a paragraph, a list and a table
    assert SECRET.encode() not in b"".join(parts.values())
    assert read_data(made) == {"ord": text}


def illegal(sign: str) -> bool:
    """As XML 1.0 has it."""
    return sign in "\ufffe\uffff" or unicodedata.category(sign) == "Cs" or (sign < " " and sign not in "\t\n\r")


def letters(paragraph: etree._Element) -> Iterator[str]:
    for one in paragraph.iter("{*}t", "{*}br", "{*}tab"):
        if one.getparent().tag.endswith("}r"):
            yield {"br": "\n", "tab": "\t"}.get(etree.QName(one).localname, one.text or "")
