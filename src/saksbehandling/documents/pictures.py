"""Pictures in documents: how they are drawn, and their ids.

No two ids are the same in a document, also where the part that a picture stands in is repeated.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import count

from lxml import etree

from saksbehandling.documents.wordxml import DRAWING, DRAWING_MAIN, PICTURE, R, escape
from saksbehandling.richtext import Picture

_IDENTITY = re.compile(r'(<\w+:docPr\b[^>]*? id=")\d+(?=")')

_TWIP, _PIXEL = 635, 9525  # in EMU, the unit of drawings; a pixel is a 96th of an inch
_TALLEST = 22 * 360_000  # a page of 29.7 cm, less its margins and a line of text


def drawing(picture: Picture, relationship: str, width: int) -> str:
    """The run that shows a picture: as large as it is, but no wider than `width` (twentieths of a point), and no
    taller than a page."""
    wide, tall = _size(picture, width * _TWIP)
    extent = f'cx="{wide}" cy="{tall}"'
    named = f'name="Bilde" descr="{escape(picture.alt)}"'
    return (
        f'<w:r><w:drawing><wp:inline xmlns:wp="{DRAWING}" distT="0" distB="0" distL="0" distR="0">'
        f"<wp:extent {extent}/>"
        f'<wp:docPr id="1" {named}/><wp:cNvGraphicFramePr><a:graphicFrameLocks xmlns:a="{DRAWING_MAIN}"'
        ' noChangeAspect="1"/>'
        f'</wp:cNvGraphicFramePr><a:graphic xmlns:a="{DRAWING_MAIN}"><a:graphicData uri="{PICTURE}">'
        f'<pic:pic xmlns:pic="{PICTURE}"><pic:nvPicPr><pic:cNvPr id="0" {named}/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip xmlns:r="{R}" r:embed="{relationship}"/><a:stretch><a:fillRect/></a:stretch>'
        "</pic:blipFill>"
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {extent}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        "</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def _size(picture: Picture, widest: int) -> tuple[int, int]:
    """Width and height in EMU, in whole numbers so that they are the same everywhere."""
    wide, tall = picture.width * _PIXEL, picture.height * _PIXEL
    if wide > widest:
        wide, tall = widest, tall * widest // wide
    if tall > _TALLEST:
        wide, tall = wide * _TALLEST // tall, _TALLEST
    return max(wide, 1), max(tall, 1)


def first_free(roots: Iterable[etree._Element]) -> int:
    """An id above those of all pictures in these parts."""
    return 1 + max((int(one.get("id", "0")) for root in roots for one in root.iter(f"{{{DRAWING}}}docPr")), default=0)


def renumber(xml: str, first: int) -> str:
    """A finished part whose pictures are numbered from `first`."""
    numbers = count(first)
    return _IDENTITY.sub(lambda found: f"{found[1]}{next(numbers)}", xml)
