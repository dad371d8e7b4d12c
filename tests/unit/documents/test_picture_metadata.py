"""What a camera noted is taken out of a picture file, and the picture is the same."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageOps
from PIL.PngImagePlugin import PngInfo

from saksbehandling.documents.picture_files import examine
from saksbehandling.documents.picture_metadata import tells_place, without_metadata

ORIENTATION, DESCRIPTION, GPS = 0x0112, 0x010E, 0x8825
SECRET = b"Rundkollen"


def photograph(form: str, orientation: int = 6, *, place: bool = True, **more: object) -> bytes:
    """A picture with a gradient, so that points that come out of order are seen."""
    exif = Image.Exif()
    exif[DESCRIPTION], exif[ORIENTATION] = SECRET.decode(), orientation
    if place:
        exif.get_ifd(GPS).update({1: "N", 2: (59.0, 55.0, 12.0), 3: "E", 4: (10.0, 45.0, 1.0)})
    file = io.BytesIO()
    Image.linear_gradient("L").resize((64, 40)).convert("RGB").save(file, form, exif=exif, **more)
    return file.getvalue()


def noted_png() -> bytes:
    notes = PngInfo()
    notes.add_text("Author", SECRET.decode())
    notes.add_itxt("Sted", SECRET.decode(), zip=True)
    return photograph("PNG", pnginfo=notes)


def shown(content: bytes) -> bytes:
    """The points as people see them."""
    return ImageOps.exif_transpose(Image.open(io.BytesIO(content))).tobytes()


PICTURES = {
    "jpeg": photograph("JPEG", comment=SECRET),
    "progressive": photograph("JPEG", 3, progressive=True, icc_profile=b"fargeprofil" * 20),
    "upright": photograph("JPEG", 1),
    "with another after it": photograph("JPEG") + photograph("JPEG"),
    "png": noted_png(),
    "png with more after it": photograph("PNG") + SECRET,
}


@pytest.mark.parametrize("content", PICTURES.values(), ids=PICTURES)
def test_the_notes_are_gone_and_the_picture_is_the_same(content: bytes) -> None:
    assert tells_place(content)
    assert SECRET in content
    clean = without_metadata(content)
    assert SECRET not in clean
    assert not tells_place(clean)
    assert shown(clean) == shown(content)
    assert (examine(clean), without_metadata(clean)) == (examine(content), clean)
    before, after = (Image.open(io.BytesIO(each)) for each in (content, clean))
    assert after.info.get("icc_profile") == before.info.get("icc_profile")
    assert dict(after.getexif()) in ({}, {ORIENTATION: before.getexif()[ORIENTATION]})


def test_a_picture_that_says_no_place() -> None:
    assert not tells_place(photograph("JPEG", place=False))
    assert not tells_place(b"%PDF-1.4")
    assert without_metadata(b"GIF89a") == b"GIF89a"


@given(st.sampled_from(sorted(PICTURES)), st.data())
def test_a_damaged_file_is_no_error(which: str, data: st.DataObject) -> None:
    content = bytearray(PICTURES[which])
    for at in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=4)):
        content[at] = data.draw(st.integers(0, 255))
    damaged = bytes(content[: data.draw(st.integers(0, len(content)))])
    tells_place(damaged)
    without_metadata(damaged)
