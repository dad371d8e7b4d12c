"""PDF/A by a real LibreOffice: what the file says of itself, and what happens when it is slow, killed or lured."""

from __future__ import annotations

import io
import os
import socket
import subprocess
import tempfile
import threading
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest

from saksbehandling.documents.docx_renderer import DocxRenderer
from saksbehandling.documents.pdf import LibreOffice, PdfFailed
from saksbehandling.documents.tekstuttrekk_pdf import tekst_fra_pdf
from saksbehandling.documents.wordxml import R, W
from saksbehandling.protokoll.data import som_verdier

pytestmark = pytest.mark.office
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
PICTURE = (
    f'<w:p xmlns:w="{W}"><w:r><w:drawing>'
    f'<wp:inline xmlns:wp="{DRAWING}/wordprocessingDrawing"><wp:extent cx="990000" cy="990000"/>'
    '<wp:docPr id="99" name="Bilde"/>'
    f'<a:graphic xmlns:a="{DRAWING}/main"><a:graphicData uri="{DRAWING}/picture">'
    f'<pic:pic xmlns:pic="{DRAWING}/picture">'
    '<pic:nvPicPr><pic:cNvPr id="99" name="Bilde"/><pic:cNvPicPr/></pic:nvPicPr>'
    f'<pic:blipFill><a:blip xmlns:r="{R}" r:link="rIdUte"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
    '<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="990000" cy="990000"/></a:xfrm>'
    '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
    "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
)


@pytest.fixture(scope="module")
def office(krev) -> Iterator[LibreOffice]:
    office = LibreOffice(Path(krev("libreoffice")), timeout=120)
    yield office
    office.close()


@pytest.fixture(scope="module")
def protocol(protokolldata) -> bytes:
    return DocxRenderer().render("saksprotokoll", som_verdier(protokolldata()))


def test_the_file_is_an_archive_file_that_can_be_read_aloud(office, protocol) -> None:
    with pikepdf.open(io.BytesIO(office.pdf(protocol))) as pdf:
        about = pdf.open_metadata()
        assert (about["pdfaid:part"], about["pdfaid:conformance"]) == ("1", "A")
        assert about["dc:title"].startswith("Saksprotokoll - ")
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "nb-NO"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        kinds = _kinds(pdf.Root.StructTreeRoot)
    assert {"/Document", "/H1", "/Table", "/TH", "/L"} <= kinds


def _kinds(node: pikepdf.Object) -> set[str]:
    """The kinds of element in the tree of tags."""
    found = {str(node.S)} if "/S" in node else set()
    below = node.get("/K", [])
    for one in below if isinstance(below, pikepdf.Array) else [below]:
        if isinstance(one, pikepdf.Dictionary):
            found |= _kinds(one)
    return found


def test_when_it_is_killed_the_next_document_is_made(office, protocol) -> None:
    killer = threading.Thread(target=_kill_once_started)
    killer.start()
    with pytest.raises(PdfFailed, match="midt i dokumentet"):
        office.pdf(protocol)
    killer.join()
    assert office.pdf(protocol).startswith(b"%PDF-1.4")


def _kill_once_started() -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        begun = subprocess.run(
            ["pgrep", "--parent", str(os.getpid()), "--full", "saksbehandling-pdf-"], capture_output=True, check=False
        )
        for leader in begun.stdout.decode().split():
            killed = subprocess.run(["pkill", "--signal", "KILL", "--session", leader, "soffice.bin"], check=False)
            if killed.returncode == 0:
                return
        time.sleep(0.02)


def test_what_takes_too_long_is_ended_with_all_its_processes(krev, protocol, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    slow = LibreOffice(Path(krev("libreoffice")), timeout=0.4)
    with pytest.raises(PdfFailed, match=r"0\.4 sekunder"):
        slow.pdf(protocol)
    assert subprocess.run(["pgrep", "--full", str(tmp_path)], check=False, capture_output=True).stdout == b""
    assert list(tmp_path.iterdir()) == []


def test_a_closed_one_begins_nothing_more(krev, protocol, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    closed = LibreOffice(Path(krev("libreoffice")), timeout=60)
    closed.close()
    with pytest.raises(PdfFailed):
        closed.pdf(protocol)
    assert list(tmp_path.iterdir()) == []


def test_what_only_calls_itself_docx_is_not_read(office) -> None:
    with pytest.raises(PdfFailed):
        office.pdf(b"<html><body>Hei</body></html>")


def test_an_opendocument_file_can_be_shown_too(office) -> None:
    file, name = io.BytesIO(), "urn:oasis:names:tc:opendocument:xmlns"
    body = f'<o:body><o:text><t:p xmlns:t="{name}:text:1.0">Kaia bygges.</t:p></o:text></o:body>'
    with zipfile.ZipFile(file, "w") as odt:
        odt.writestr("mimetype", kind := "application/vnd.oasis.opendocument.text")
        odt.writestr("content.xml", f'<o:document-content xmlns:o="{name}:office:1.0">{body}</o:document-content>')
        odt.writestr(
            "META-INF/manifest.xml",
            f'<m:manifest xmlns:m="{name}:manifest:1.0"><m:file-entry m:full-path="/" m:media-type="{kind}"/>'
            '<m:file-entry m:full-path="content.xml" m:media-type="text/xml"/></m:manifest>',
        )
    assert tekst_fra_pdf(office.pdf(file.getvalue(), "odt")) == "Kaia bygges.\n"


def test_nothing_is_fetched_while_it_works(office, protocol, docx) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.5)
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/bilde.png"
        assert office.pdf(_luring(docx, protocol, address)).startswith(b"%PDF-")
        with pytest.raises(TimeoutError):
            listener.accept()


def _luring(docx, protocol: bytes, address: str) -> bytes:
    """The document with a picture and a template that are at `address`."""
    parts = docx.parts(protocol)
    rels, body = "word/_rels/document.xml.rels", "word/document.xml"
    kind = f"{R}/image"
    picture = f'<Relationship Id="rIdUte" Type="{kind}" Target="{address}" TargetMode="External"/></Relationships>'
    template = f'<Relationship Id="rIdMal" Type="{R}/attachedTemplate" Target="{address}" TargetMode="External"/>'
    return docx.with_parts(
        protocol,
        {
            rels: parts[rels].replace(b"</Relationships>", picture.encode()),
            body: parts[body].replace(b"<w:sectPr", PICTURE.encode() + b"<w:sectPr", 1),
            "word/_rels/settings.xml.rels": (
                '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
                f"{template}</Relationships>"
            ).encode(),
        },
    )
