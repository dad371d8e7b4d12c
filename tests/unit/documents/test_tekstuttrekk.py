from __future__ import annotations

import re

import pytest

from saksbehandling.documents.skilt_prosess import Bounds, run_apart
from saksbehandling.documents.tekstuttrekk import hele_teksten_fra_docx, tekst_fra_docx, tekst_fra_ren_tekst
from saksbehandling.documents.tekstuttrekk_pdf import tekst_fra_pdf
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


BOX = (
    "<w:p>{}<w:r><mc:AlternateContent xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'><mc:Choice"
    " Requires='x'><w:txbxContent><w:p>{}</w:p></w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent><w:p>{}</w:p>"
    "</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>"
)


def test_all_of_it_is_found_wherever_it_stands_and_once(docx) -> None:
    ramme = BOX.format(*map(R.format, ("rundt", "i ramme", "i ramme")))
    inline = docx.control("", R.format("i avsnitt"))
    body = (docx.p("brødtekst"), docx.control("", docx.p("i kontroll")), f"<w:p>{inline}</w:p>", ramme)
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    beside = {
        name: f'<w:{root} xmlns:w="{space}">{docx.p(text)}</w:{root}>'.encode()
        for name, root, text in (
            ("header1", "hdr", "i topptekst"),
            ("footer1", "ftr", "i bunntekst"),
            ("footnotes", "footnotes", "i fotnote"),
        )
    }
    rels = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    note = f'<Relationship Id="rIdF" Type="{rels}/footnotes" Target="footnotes.xml"/></Relationships>'.encode()
    made = docx.template(*body, **beside)
    name = "word/_rels/document.xml.rels"
    made = docx.with_parts(made, {name: docx.parts(made)[name].replace(b"</Relationships>", note)})
    found = " ".join(hele_teksten_fra_docx(made).split())
    assert sorted(re.findall(r"i \w+", found)) == sorted(
        ["i avsnitt", "i bunntekst", "i fotnote", "i kontroll", "i ramme", "i topptekst"]
    )
    assert tekst_fra_docx(made).split() == ["brødtekst", "i", "kontroll", "i", "avsnitt", "i", "ramme", "rundt"]


PDF = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj
4 0 obj<</Length 61>>stream
BT /F 12 Tf 20 200 Td (Kaia bygges.) Tj 0 -20 Td (Snart.) Tj ET
endstream endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
trailer<</Root 1 0 R>>
%%EOF"""


def test_the_text_of_a_pdf_is_read_in_a_process_of_its_own() -> None:
    assert tekst_fra_pdf(PDF) == "Kaia bygges.\nSnart.\n"
    with pytest.raises(InvalidFile, match="lagre den på nytt som PDF"):
        tekst_fra_pdf(b"%PDF-1.4 tull")


@pytest.mark.parametrize(
    ("bounds", "message"),
    [(Bounds(memory=1 << 20), "skadet, for stor eller for komplisert"), (Bounds(seconds=0), "for lang tid")],
)
def test_what_takes_too_much_is_stopped(bounds: Bounds, message: str) -> None:
    with pytest.raises(InvalidFile, match=message):
        run_apart("saksbehandling.documents.tekstuttrekk_pdf", PDF + b" " * (8 << 20), bounds)


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
