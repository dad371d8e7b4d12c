"""Files that somebody has chosen in a form."""

from __future__ import annotations

from typing import Any

from pyramid.request import Request

from saksbehandling.documents.content import Content, content_of
from saksbehandling.errors import InvalidInput


def valgt_fil(request: Request, felt: str, mangler: str) -> tuple[str, Content]:
    """The name as it was sent, and the content. Raises `InvalidInput`, saying `mangler`, when none was chosen."""
    return valgte_filer(request, felt, mangler)[0]


def valgte_filer(request: Request, felt: str, mangler: str) -> list[tuple[str, Content]]:
    """The same of each, where several may be chosen."""
    filer = [fil for fil in request.POST.getall(felt) if hasattr(fil, "file")]
    if not filer:
        raise InvalidInput(mangler, felt)
    return list(map(_lest, filer))


def _lest(fil: Any) -> tuple[str, Content]:
    with fil.file as stroem:
        return fil.filename, content_of(stroem)
