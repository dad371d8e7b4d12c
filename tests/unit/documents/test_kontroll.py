from __future__ import annotations

import pytest

from saksbehandling.documents import kontroll
from saksbehandling.errors import InvalidFile

TEXT = "<w:r><w:t>x</w:t></w:r>"
BOOKMARK = '<w:bookmarkStart w:id="1" w:name="a"/>'
FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'


@pytest.mark.parametrize(
    ("body", "finding"),
    [
        (
            f'<w:p>{BOOKMARK}<w:bookmarkEnd w:id="1"/></w:p><w:p>{BOOKMARK}<w:bookmarkEnd w:id="1"/></w:p>',
            "bokmerke-id 1",
        ),
        (f"<w:p>{BOOKMARK}</w:p>", "bokmerke 1 er ikke avsluttet"),
        ('<w:p><w:bookmarkEnd w:id="4"/></w:p>', "bokmerke 4 slutter uten"),
        (f"<w:p>{FIELD.format('begin')}{TEXT}</w:p>", "et felt er ikke avsluttet"),
        (f"<w:p>{FIELD.format('end')}{FIELD.format('begin')}</w:p>", "et felt slutter uten"),
        ("<w:tbl><w:tr><w:tc><w:p/><w:tbl/></w:tc></w:tr></w:tbl><w:p/>", "tabellcelle slutter ikke"),
        ("<w:p><w:r><w:t>[[sak</w:t></w:r><w:r><w:t>.tittel]]</w:t></w:r></w:p>", "et merke står igjen"),
        (f"<w:sdt><w:sdtContent><w:p>{TEXT}</w:p></w:sdtContent></w:sdt>", "innholdskontroll"),
        ('<w:p><w:hyperlink r:id="rId99"/></w:p>', "rId99 er ikke en relasjon"),
        ('<w:p><w:pPr><w:pStyle w:val="Borte"/></w:pPr></w:p>', "stilen Borte finnes ikke"),
        ('<w:p><w:pPr><w:pStyle w:val="Hyperkobling"/></w:pPr></w:p>', "stilen Hyperkobling er av feil slag"),
        ('<w:p><w:pPr><w:numPr><w:numId w:val="5"/></w:numPr></w:pPr></w:p>', "liste 5 er ikke definert"),
    ],
)
def test_each_fault_is_found(docx, body, finding) -> None:
    made = docx.with_parts(docx.zipped(good(docx)), {"word/document.xml": docx.document(body)})
    assert [one for one in kontroll.funn(made) if finding in one], kontroll.funn(made)


def good(docx) -> dict[str, bytes]:
    parts = docx.parts(docx.template(docx.p("alt er bra")))
    rels = parts["word/_rels/document.xml.rels"].decode()
    kept = [one for one in rels.split("<Relationship ") if "header1" not in one and "footer1" not in one]
    closed = "<Relationship ".join(kept).removesuffix("</Relationships>") + "</Relationships>"
    root = parts["_rels/.rels"].decode().split("<Relationship ")
    whole = "<Relationship ".join(one for one in root if "core.xml" not in one)
    return {**parts, "word/_rels/document.xml.rels": closed.encode(), "_rels/.rels": whole.encode()}


def test_a_good_document_has_no_findings(docx) -> None:
    assert kontroll.funn(docx.zipped(good(docx))) == ()


def test_links_to_nowhere_and_parts_without_type_are_found(docx) -> None:
    made = docx.with_parts(docx.zipped(good(docx)), {"word/fontTable.xml": None, "word/ukjent.bin": b"?"})
    found = kontroll.funn(made)
    assert [one for one in found if "peker til word/fontTable.xml" in one]
    assert "word/ukjent.bin: har ingen innholdstype" in found


def test_what_is_no_document_is_refused() -> None:
    with pytest.raises(InvalidFile):
        kontroll.funn(b"ikke et dokument")
