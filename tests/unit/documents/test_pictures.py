"""Pictures in texts: into a document and out of it again, and what a picture file may be."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from lxml import etree
from openxml_audit import OpenXmlValidator

from factories.bilder import jpeg_head, png
from saksbehandling.documents import kontroll
from saksbehandling.documents.docx_renderer import DocxRenderer
from saksbehandling.documents.picture_files import PictureFile, examine
from saksbehandling.documents.pictures import drawing
from saksbehandling.documents.richread import read_blocks, read_with_pictures
from saksbehandling.documents.template_cache import TemplateCache
from saksbehandling.errors import InvalidFile, NotFound
from saksbehandling.richtext import Block, List, Paragraph, Picture, Run, Table, plain_text

FILES = {hashlib.sha256(content).hexdigest(): content for content in (png(), png(900, 90))}
MAP, PLAN = (
    Picture(sha256, "png", *size, alt)
    for sha256, size, alt in zip(FILES, ((4, 3), (900, 90)), ("Kart «nord» & <sør>", "Plan"), strict=True)
)
WORDS = Paragraph((Run("Ord."),))
TEXT: tuple[Block, ...] = (
    MAP,
    WORDS,
    List(True, ((WORDS, PLAN), (MAP,), (WORDS,))),
    PLAN,
)


def made(docx: SimpleNamespace, text: tuple[Block, ...] = TEXT) -> bytes:
    templates = TemplateCache(lambda _: docx.template(docx.p("[[tekst: t]]")))
    return DocxRenderer(templates, FILES.__getitem__).render("prøve", {"dokumenttittel": "Prøve", "t": text})


def test_a_text_with_pictures_is_read_back_whole(docx: SimpleNamespace) -> None:
    document = made(docx)
    assert read_with_pictures(document) == (TEXT, FILES)
    assert document == made(docx)
    assert not kontroll.funn(document)
    ids = re.findall(rb'docPr id="(\d+)"', docx.parts(document)["word/document.xml"])
    assert len(set(ids)) == 4
    assert plain_text((MAP,)) == "[Bilde: Kart «nord» & <sør>]"
    assert not any(isinstance(block, Picture) for block in read_blocks(document))


def test_validators_find_nothing(docx: SimpleNamespace, wml: etree.XMLSchema, tmp_path: Path) -> None:
    file = tmp_path / "bilder.docx"
    file.write_bytes(made(docx, (*TEXT, List(False, ((WORDS, WORDS),)))))
    assert OpenXmlValidator().validate(file).errors == []
    wml.assertValid(etree.fromstring(docx.parts(file.read_bytes())["word/document.xml"]))


def test_pictures_in_cells_come_after_their_table(docx: SimpleNamespace) -> None:
    table = Table((((Run("Nord"),), (Run("Sør"),)),), header=False)
    parts = docx.parts(made(docx, (table, PLAN, MAP, WORDS)))
    xml = parts["word/document.xml"].decode()
    drawn = re.findall(r"<w:p>(?:(?!</w:p>).)*<w:drawing>.*?</w:p>", xml)
    for picture, word in zip(drawn, ("Sør", "Nord"), strict=True):
        xml = xml.replace(picture, "")
        xml = re.sub(rf"({word}</w:t></w:r></w:p>)", lambda found, picture=picture: found[1] + picture, xml)
    moved = docx.with_parts(made(docx, (table, PLAN, MAP, WORDS)), {"word/document.xml": xml.encode()})
    assert read_with_pictures(moved) == ((table, MAP, PLAN, WORDS), FILES)
    assert read_blocks(moved) == (table, WORDS)


def test_a_picture_that_is_not_in_the_store_is_not_left_out_in_silence(docx: SimpleNamespace) -> None:
    with pytest.raises(NotFound):
        DocxRenderer(TemplateCache(lambda _: docx.template(docx.p("[[tekst: t]]")))).render(
            "prøve", {"dokumenttittel": "Prøve", "t": (MAP,)}
        )


@pytest.mark.parametrize(
    ("pixels", "width", "extent"),
    [
        ((96, 48), 9070, (914_400, 457_200)),  # an inch is an inch
        ((1920, 960), 9070, (5_759_450, 2_879_725)),  # no wider than the text
        ((100, 4000), 9070, (198_000, 7_920_000)),  # nor taller than the page
        ((40_000_000, 1), 9070, (5_759_450, 1)),
    ],
)
def test_a_picture_is_scaled_to_the_page(pixels: tuple[int, int], width: int, extent: tuple[int, int]) -> None:
    xml = drawing(Picture("a" * 64, "png", *pixels, "Kart"), "rId1", width)
    assert xml.count(f'cx="{extent[0]}" cy="{extent[1]}"') == 2


@pytest.mark.parametrize(
    ("content", "found"),
    [(png(640, 480), PictureFile("png", 640, 480)), (jpeg_head(320, 200), PictureFile("jpeg", 320, 200))],
)
def test_what_a_picture_is_is_read_from_its_bytes(content: bytes, found: PictureFile) -> None:
    assert examine(content) == found


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"GIF89a", "verken PNG eller JPEG"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "verken PNG eller JPEG"),
        (png()[:20], "ikke helt"),
        (jpeg_head(4, 3)[:12], "ikke helt"),
        (b"\xff\xd8\xff" + b"\x00" * 40, "ikke helt"),
        (jpeg_head(0, 3), "0 × 3 bildepunkter"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR" + b"\xff" * 8, "Gjør det mindre"),
    ],
)
def test_other_pictures_are_refused(content: bytes, reason: str) -> None:
    with pytest.raises(InvalidFile, match=reason):
        examine(content)


def test_a_picture_elsewhere_is_refused(docx: SimpleNamespace) -> None:
    document, rels = made(docx, (MAP,)), "word/_rels/document.xml.rels"
    elsewhere = b'Target="https://spor.example/x.png" TargetMode="External"'
    linked = re.sub(rb'Target="media/[^"]*"', elsewhere, docx.parts(document)[rels])
    with pytest.raises(InvalidFile, match="ligger et annet sted"):
        read_with_pictures(docx.with_parts(document, {rels: linked}))
