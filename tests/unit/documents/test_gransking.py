"""Hostile uploads, each of a kind that has been seen, judged as in production: in a process with 64 MiB."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable, Mapping
from email.message import EmailMessage

import pytest

from factories.docx import document, p, parts, template, with_parts, zipped
from saksbehandling.documents.opplasting import Filtype, kontroller_opplasting, tekst_fra
from saksbehandling.errors import InvalidFile

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ODT_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text", "draw", "script")
)
PDF = b"%%PDF-1.7\n1 0 obj\n<< /Type /Catalog %s >>\nendobj\ntrailer << /Root 1 0 R >>\n%%%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 30 + b"IEND\xaeB`\x82"


def docx(changes: Mapping[str, bytes | None] | None = None, body: str = "") -> bytes:
    return with_parts(template(p("Brev"), body), changes or {})


def linked(kind: str, target: str, mode: str = "External") -> bytes:
    rels = "word/_rels/document.xml.rels"
    link = f'<Relationship Id="rId77" Type="{OFFICE}/{kind}" Target="{target}" TargetMode="{mode}"/></Relationships>'
    return docx({rels: parts(template())[rels].replace(b"</Relationships>", link.encode())})


def odt(body: str = "", styles: str = "", **more: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as opened:
        opened.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        opened.writestr("content.xml", f"<office:document-content {ODT_SPACES}>{body}</office:document-content>")
        opened.writestr("styles.xml", f"<office:document-styles {ODT_SPACES}>{styles}</office:document-styles>")
        for name, content in more.items():
            opened.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def eml(name: str = "", attached: bytes = b"") -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "kari@nidarvik.example", "post@nidarvik.example", "Høring: kai"
    message.set_content("Vi støtter kaia på øya.\n")
    if name:
        message.add_attachment(attached, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def encrypted() -> bytes:
    made = bytearray(docx())
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = made.find(mark)
        while at >= 0:
            made[at + flags] |= 1
            at = made.find(mark, at + 4)
    return bytes(made)


def by_size() -> bytes:
    noise = random.Random(7)
    return docx({"word/media/a.bin": b"".join(noise.randbytes(400) + b"\x00" * 40_000 for _ in range(1700))})


HOSTILE: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "bomb by size": ("a.docx", by_size, "for stor"),
    "bomb by ratio": ("a.docx", lambda: docx({"word/media/a.bin": b"\x00" * (60 << 20)}), "hardt pakket"),
    "bomb by elements": (
        "a.docx",
        lambda: docx({f"word/a{n}.xml": b"<a>" + b"<b/>" * 240_000 + b"</a>" for n in range(9)}),
        "innviklet",
    ),
    "bomb by names": (
        "a.docx",
        lambda: docx({"word/a.xml": b"<a>%s</a>" % b"".join(b"<b%d/>" % n for n in range(500_000))}),
        "innviklet til å åpnes trygt",
    ),
    "bomb by attributes": (
        "a.docx",
        lambda: docx({"word/a.xml": b"<a>%s</a>" % b"".join(b"<b c%d='1'/>" % n for n in range(500_000))}),
        "innviklet til å åpnes trygt",
    ),
    "bomb in the directory": (
        "a.docx", lambda: docx({"[Content_Types].xml": b"<Types>" + b" " * (60 << 20) + b"</Types>"}), "hardt pakket"
    ),
    "entities": (
        "a.docx",
        lambda: docx({"word/a.xml": b'<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;">]><a>&d;</a>'}),
        "DOCTYPE.*Lagre",
    ),
    "entities in the directory": (
        "a.docx", lambda: docx({"[Content_Types].xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), "DOCTYPE"
    ),
    "external image": ("a.docx", lambda: linked("image", "https://spor.example/x.png"), "hentes utenfra.*Ta det bort"),
    "external template": ("a.docx", lambda: linked("attachedTemplate", "https://x.example/a.dotm"), "tilknyttet mal"),
    "altChunk": ("a.docx", lambda: linked("aFChunk", "a.mht", "Internal"), "fremmed dokument"),
    "OLE": ("a.docx", lambda: linked("oleObject", "embeddings/a.bin", "Internal"), "innebygd objekt"),
    "macros disguised": ("a.docx", lambda: docx({"word/vbaProject.bin": b"x"}), "makroer"),
    "DDE": ("a.docx", lambda: docx(body='<w:p><w:fldSimple w:instr=" DDEAUTO c:\\\\x "/></w:p>'), "DDEAUTO"),
    "path tricks": ("a.docx", lambda: docx({"../../etc/cron.d/a": b"x"}), "ulovlig navn"),
    "encrypted": ("a.docx", encrypted, "passordbeskyttet.*uten passord"),
    "truncated": ("a.docx", lambda: docx()[:-200], "skadet.*Lagre den på nytt"),
    "PDF with JavaScript": ("a.pdf", lambda: PDF % b"/OpenAction << /S /JavaScript /JS (x) >>", "JavaScript.*Skriv"),
    "PDF that launches": ("a.pdf", lambda: PDF % b"/OpenAction << /S /Launch /F (cmd) >>", "starter et program"),
    "PDF with files": ("a.pdf", lambda: PDF % b"/Names << /EmbeddedFiles 2 0 R >>", "innebygde filer"),
    "PDF of 40 MB of names": ("a.pdf", lambda: PDF % (b"/a#61" * (8 << 20)), "for innviklet"),
    "ODT with macros": ("a.odt", lambda: odt(**{"Basic__a.xml": b"<a/>"}), "makroer"),
    "ODT with an external image": (
        "a.odt", lambda: odt('<draw:image href="https://spor.example/x.png"/>'), "hentes utenfra"
    ),
    "ODT with an event": ("a.odt", lambda: odt("<script:event-listener/>"), "makroer"),
    "ODT with a password": (
        "a.odt", lambda: odt(**{"META-INF__manifest.xml": b"<a><encryption-data/></a>"}), "et passord"
    ),
    "e-mail with a program": ("a.eml", lambda: eml("faktura.pdf.exe", b"MZ"), "kan kjøres"),
    "e-mail with a macro document": (
        "a.eml", lambda: eml("brev.docx", docx({"word/vbaProject.bin": b"x"})), "Vedlegget «brev.docx».*makroer"
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_uploads_are_refused_within_their_bounds_and_told_why(name: str) -> None:
    filename, made, message = HOSTILE[name]
    with pytest.raises(InvalidFile, match=rf"(?s)«{filename}» kan ikke lastes opp\..*({message})"):
        kontroller_opplasting(filename, made())


@pytest.mark.parametrize(
    ("filename", "content", "kind", "text"),
    [
        ("Brev.docx", docx(), Filtype.DOCX, "Brev"),
        (
            "Høring.odt",
            odt(
                "<office:body><office:text><text:tracked-changes><text:p>borte</text:p></text:tracked-changes>"
                "<text:h>Tittel</text:h><text:p>Kaia<text:s/>på<text:tab/>øya<text:note><text:note-body><text:p>Note"
                "</text:p></text:note-body></text:note>!</text:p></office:text></office:body>",
                "<text:p>Topptekst</text:p>",
            ),
            Filtype.ODT,
            "Tittel\nNote\nKaia på\tøya!\nTopptekst\n",
        ),
        ("Kart.pdf", PDF % b"", Filtype.PDF, None),
        ("Kart.png", PNG, Filtype.PNG, None),
        ("Kart.jpg", b"\xff\xd8\xff\xe0" + b"\x00" * 30 + b"\xff\xd9", Filtype.JPEG, None),
        ("Notat.txt", "Møtet på øya".encode(), Filtype.TEKST, "Møtet på øya"),
        (
            "Svar.eml",
            eml("brev.docx", docx()),
            Filtype.EPOST,
            "Emne: Høring: kai\nFra: kari@nidarvik.example\nTil: post@nidarvik.example\n\n"
            "Vi støtter kaia på øya.\n\nVedlegg: brev.docx\n",
        ),
    ],
)
def test_honest_ones_are_taken_in_and_read(filename: str, content: bytes, kind: Filtype, text: str | None) -> None:
    assert kontroller_opplasting(filename, content) is kind
    if text:
        assert text in tekst_fra(kind, content)


def test_a_long_document_is_judged_within_the_same_bounds() -> None:
    body = b"".join(p(f"Avsnitt {n} om kaia, som skal bygges på øya i år {n}.").encode() for n in range(60_000))
    long = zipped({**parts(template()), "word/document.xml": document("@").replace(b"@", body)})
    assert kontroller_opplasting("lang.docx", long) is Filtype.DOCX


def test_an_e_mail_of_markup_is_read_as_text() -> None:
    message = EmailMessage()
    message["From"], message["Subject"] = "a@nidarvik.example", "Hei"
    message.set_content("<style>p {}</style><p>Én &amp; to</p><script>x()</script>tre", subtype="html")
    assert "Én & to\ntre" in tekst_fra(Filtype.EPOST, message.as_bytes())
