from __future__ import annotations

import pytest

from saksbehandling.documents.tekstuttrekk import tekst_fra_docx, tekst_fra_ren_tekst
from saksbehandling.errors import InvalidFile

R = "<w:r><w:t>{}</w:t></w:r>"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (f"<w:p>{R.format('Møte')}{R.format('bok')}</w:p><w:p/><w:p>{R.format('x')}</w:p>", "Møtebok\n\nx\n"),
        ("<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r></w:p>", "a\tb\nc\n"),
        ("<w:p><w:pPr><w:tabs><w:tab w:val='left' w:pos='9'/></w:tabs></w:pPr><w:r><w:t>a</w:t></w:r></w:p>", "a\n"),
        ("<w:p><w:r><w:t>kommu\u00adne</w:t><w:noBreakHyphen/><w:t>styre</w:t></w:r></w:p>", "kommune-styre\n"),
        (f"<w:p>{R.format('ja')}<w:del><w:r><w:delText>nei</w:delText></w:r></w:del></w:p>", "ja\n"),
        (f"<w:sdt><w:sdtContent><w:p>{R.format('i kontroll')}</w:p></w:sdtContent></w:sdt>", "i kontroll\n"),
        (f'<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>{R.format("punkt")}</w:p>', "- punkt\n"),
        (
            f"<w:tbl><w:tr><w:tc><w:p>{R.format('a')}</w:p><w:p>{R.format('b')}</w:p></w:tc><w:tc><w:p/></w:tc>"
            f"<w:tc><w:p>{R.format('c')}</w:p></w:tc></w:tr></w:tbl>",
            "a b\t\tc\n",
        ),
    ],
)
def test_the_text_is_what_a_reader_sees(docx, body, text) -> None:
    assert tekst_fra_docx(docx.with_parts(docx.template(""), {"word/document.xml": docx.document(body)})) == text


def test_a_damaged_text_is_refused(docx) -> None:
    cut = docx.document(docx.p("hei"))[:-30]
    with pytest.raises(InvalidFile, match="skadet"):
        tekst_fra_docx(docx.with_parts(docx.template(""), {"word/document.xml": cut}))


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("\ufeffBlåbær\r\ni skogen\r".encode(), "Blåbær\ni skogen\n"),
        ("Blåbær".encode("cp1252"), "Blåbær"),
    ],
)
def test_plain_text_is_read_in_both_encodings(content, text) -> None:
    assert tekst_fra_ren_tekst(content) == text
