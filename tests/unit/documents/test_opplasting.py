from __future__ import annotations

import zipfile
import zlib
from io import BytesIO

import pytest

from saksbehandling.documents import gransking, opplasting
from saksbehandling.documents.opplasting import Filtype, tekst_fra
from saksbehandling.documents.safe_zip import Limits
from saksbehandling.errors import InvalidFile

PDF = b"%%PDF-1.7\n1 0 obj\n<< /Type /Catalog %s >>\nendobj\ntrailer << /Root 1 0 R >>\n%%%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 30 + b"IEND\xaeB`\x82"
JPEG = b"\xff\xd8\xff\xe0" + b"\x00" * 30 + b"\xff\xd9"
WORD_RELS = "word/_rels/document.xml.rels"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def kontroller_opplasting(filename: str, content: bytes, limits: Limits | None = None) -> Filtype:
    """As the product does it, but in this process; test_gransking.py has the other one."""

    def here(kind: Filtype, content: bytes) -> None:
        gransking.gransk(kind, BytesIO(content), limits)

    return opplasting.kontroller_opplasting(filename, content, limits, here)


def with_relationship(docx, kind: str, target: str, mode: str = "") -> bytes:
    source = docx.template(docx.p("hei"))
    one = f'<Relationship Id="rId77" Type="{OFFICE}/{kind}" Target="{target}"{mode}/></Relationships>'
    rels = docx.parts(source)[WORD_RELS].decode().replace("</Relationships>", one)
    return docx.with_parts(source, {WORD_RELS: rels.encode()})


@pytest.mark.parametrize(
    ("filename", "content", "kind"),
    [
        ("brev.pdf", PDF % b"", Filtype.PDF),
        ("Kart.PNG", PNG, Filtype.PNG),
        ("bilde.jpeg", JPEG, Filtype.JPEG),
        ("notat.txt", "Møtet ble hevet kl. 20.\n".encode(), Filtype.TEKST),
        ("gammelt.txt", "Møtet på øya".encode("cp1252"), Filtype.TEKST),
    ],
)
def test_it_knows_files_by_their_content(filename, content, kind) -> None:
    assert kontroller_opplasting(filename, content) is kind


def test_it_takes_in_a_word_document(docx) -> None:
    made = docx.template(docx.p("Hei på deg"))
    assert kontroller_opplasting("Sak.DOCX", made) is Filtype.DOCX
    assert tekst_fra(Filtype.DOCX, made) == "Hei på deg\n"  # and this is read in a process of its own


def test_links_to_the_web_are_harmless(docx) -> None:
    made = with_relationship(docx, "hyperlink", "https://fjordvik.example/", ' TargetMode="External"')
    assert kontroller_opplasting("a.docx", made) is Filtype.DOCX


@pytest.mark.parametrize(
    ("filename", "content", "message"),
    [
        ("tom.docx", b"", r"er tom.*last den opp"),
        ("prog.exe", b"MZ\x90\x00\x03", "ikke et dokument som kan tas imot.*Word"),
        ("a.docx", PDF % b"", r"ikke det innholdet navnet sier.*PDF"),
        ("a.txt", PNG, "ikke det innholdet navnet sier"),
        ("uten-endelse", b"hei", "ikke det innholdet navnet sier"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "gammelt Office-format.*lagre som .docx"),
        ("a.docx", b"PK\x03\x04 og tull", "skadet eller passordbeskyttet"),
        ("a.txt", b"<html><script>alert(1)</script>", "nettside eller kode"),
        ("a.txt", b"linje\x1b[2J", "styretegn"),
        ("a.png", PNG[:20], "ikke helt"),
        ("a.pdf", b"%PDF-1.7 avbrutt", "ikke hel"),
        ("a.pdf", PDF % b"/OpenAction << /S /JavaScript /JS (app.alert(1)) >>", "JavaScript"),
        ("a.pdf", PDF % b"/AA << /S /J#61vaScript >>", "JavaScript"),
        ("a.pdf", PDF % b"/OpenAction << /S /Launch /F (cmd) >>", "starter et program"),
        ("a.pdf", PDF % b"/Names << /EmbeddedFiles 2 0 R >>", "innebygde filer"),
        ("a.pdf", PDF % b"/Encrypt 5 0 R", "passord"),
    ],
)  # fmt: skip
def test_it_refuses_what_is_no_document_or_unsafe(filename, content, message) -> None:
    with pytest.raises(InvalidFile, match=rf"(?s)«{filename}».*{message}"):
        kontroller_opplasting(filename, content)


def test_scripts_in_packed_pdf_objects_are_found_and_bytes_of_pictures_are_not() -> None:
    packed = zlib.compress(b"5 0 << /S /JavaScript /JS (x) >>")
    stream = b"<< /Type /%s /Filter /FlateDecode >>\nstream\n%s\nendstream"
    with pytest.raises(InvalidFile, match="JavaScript"):
        kontroller_opplasting("a.pdf", PDF % (stream % (b"ObjStm", packed)))
    with pytest.raises(InvalidFile, match="ikke kan granskes"):
        kontroller_opplasting("a.pdf", PDF % (stream % (b"ObjStm /Filter /ASCIIHexDecode", packed.hex().encode())))
    picture = PDF % (stream % (b"XObject", b"\x00/JS \x01/Launch "))
    assert kontroller_opplasting("a.pdf", picture) is Filtype.PDF
    hidden = PDF % b"" + b"%% stream\n5 0 obj << /S /Launch >> endobj\n%%endstream\n%%EOF"
    with pytest.raises(InvalidFile, match="starter et program"):
        kontroller_opplasting("a.pdf", hidden)


@pytest.mark.parametrize(
    ("kind", "target", "mode", "message"),
    [
        ("image", "https://spor.example/x.png", ' TargetMode="External"', "hentes utenfra"),
        ("hyperlink", "file:///c:/x.exe", ' TargetMode="External"', "hentes utenfra"),
        ("attachedTemplate", "https://x.example/a.dotm", ' TargetMode="External"', "tilknyttet mal"),
        ("oleObject", "embeddings/a.bin", "", "innebygd objekt"),
        ("aFChunk", "a.htm", "", "fremmed dokument"),
        ("subDocument", "https://x.example/b.docx", ' TargetMode="External"', "underdokument"),
    ],
)
def test_unsafe_relationships_are_refused(docx, kind, target, mode, message) -> None:
    with pytest.raises(InvalidFile, match=rf"{message}.*Ta det bort"):
        kontroller_opplasting("a.docx", with_relationship(docx, kind, target, mode))


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("word/vbaProject.bin", b"x", "makroer"),
        ("word/embeddings/a.xlsx", b"x", "innebygd fil"),
        ("word/activeX/a.bin", b"x", "ActiveX"),
        ("word/skript.js", b"x", "filen «word/skript.js»"),
        ("../utenfor.xml", b"<a/>", "ulovlig navn"),
        ("/rot.xml", b"<a/>", "ulovlig navn"),
        ("WORD/document.xml", b"<a/>", "to deler med navnet"),
        ("word/settings2.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "DOCTYPE"),
        ("word/skadet.xml", b"<a>", "ikke gyldig XML"),
        (WORD_RELS, None, None),
    ],
)
def test_unsafe_parts_are_refused(docx, name, content, message) -> None:
    made = docx.with_parts(docx.template(docx.p("hei")), {name: content})
    if message is None:
        assert kontroller_opplasting("a.docx", made) is Filtype.DOCX
        return
    with pytest.raises(InvalidFile, match=message):
        kontroller_opplasting("a.docx", made)


@pytest.mark.parametrize(
    "field",
    [
        '<w:p><w:fldSimple w:instr=" DDEAUTO c:\\\\x "/></w:p>',
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>INCLUDE</w:instrText></w:r>'
        '<w:r><w:instrText>TEXT "a.txt"</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>',
    ],
)  # fmt: skip
def test_fields_that_fetch_or_run_are_refused(docx, field) -> None:
    with pytest.raises(InvalidFile, match="felt som henter eller kjører"):
        kontroller_opplasting("a.docx", docx.template(field))


def test_every_fault_is_named(docx) -> None:
    made = docx.with_parts(docx.template(""), {"word/vbaProject.bin": b"x", "word/embeddings/a.bin": b"x"})
    with pytest.raises(InvalidFile, match="makroer, en innebygd fil"):
        kontroller_opplasting("a.docx", made)


@pytest.mark.parametrize(
    ("limits", "message"),
    [
        (Limits(size=100), "for stor"),
        (Limits(entries=3), "høyst 3 er tillatt"),
        (Limits(part=500), "for stor når den pakkes ut"),
        (Limits(total=900), "for stor når den pakkes ut"),
        (Limits(elements=10), "for innviklet"),
    ],
)
def test_limits_hold(docx, limits, message) -> None:
    with pytest.raises(InvalidFile, match=message):
        kontroller_opplasting("a.docx", docx.template(docx.p("hei")), limits)


def test_a_zip_bomb_is_stopped_by_what_it_really_inflates_to(docx) -> None:
    bomb = docx.with_parts(docx.template(""), {"word/media/a.bin": b"\x00" * (3 << 20)})
    with pytest.raises(InvalidFile, match="hardt pakket"):
        kontroller_opplasting("a.docx", bomb)


def test_another_kind_of_zip_is_no_word_document() -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as opened:
        opened.writestr("regneark.xml", "<a/>")
    with pytest.raises(InvalidFile, match="ikke et Word-dokument"):
        kontroller_opplasting("a.docx", out.getvalue())


@pytest.mark.parametrize("kind", [Filtype.PNG, Filtype.JPEG])
def test_text_is_only_taken_from_what_has_it(kind) -> None:
    with pytest.raises(InvalidFile, match="Tekst kan ikke hentes"):
        tekst_fra(kind, b"")
