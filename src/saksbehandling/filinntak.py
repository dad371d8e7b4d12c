"""A file that somebody has chosen in a form."""

from __future__ import annotations

from pyramid.request import Request

from saksbehandling.documents.content import Content, content_of
from saksbehandling.errors import InvalidInput


def valgt_fil(request: Request, felt: str, mangler: str) -> tuple[str, Content]:
    """The name as it was sent, and the content. Raises `InvalidInput`, saying `mangler`, when none was chosen."""
    fil = request.POST.get(felt)
    if not hasattr(fil, "file"):
        raise InvalidInput(mangler, felt)
    with fil.file as stroem:
        return fil.filename, content_of(stroem)
