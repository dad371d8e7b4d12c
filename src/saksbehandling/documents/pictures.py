"""The ids of pictures: no two the same in a document, also where the part that a picture stands in is repeated."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import count

from lxml import etree

from saksbehandling.documents.wordxml import DRAWING

_IDENTITY = re.compile(r'(<\w+:docPr\b[^>]*? id=")\d+(?=")')


def first_free(roots: Iterable[etree._Element]) -> int:
    """An id above those of all pictures in these parts."""
    return 1 + max((int(one.get("id", "0")) for root in roots for one in root.iter(f"{{{DRAWING}}}docPr")), default=0)


def renumber(xml: str, first: int) -> str:
    """A finished part whose pictures are numbered from `first`."""
    numbers = count(first)
    return _IDENTITY.sub(lambda found: f"{found[1]}{next(numbers)}", xml)
