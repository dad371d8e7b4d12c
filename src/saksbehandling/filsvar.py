"""A file as an answer: to be saved under its name or shown as a picture, never as a page of ours."""

from __future__ import annotations

import re
from urllib.parse import quote

from pyramid.response import Response

# Should a browser show it all the same, it has no rights, no scripts, and fetches nothing.
_NOTHING = "default-src 'none'; sandbox"
_PLAIN = re.compile(r"[\w.() -]+", re.ASCII)


def som_fil(innhold: bytes, medietype: str, navn: str) -> Response:
    """`navn`: what the browser calls it; what a header cannot say is written as RFC 8187 has it."""
    sagt = f'filename="{navn}"' if _PLAIN.fullmatch(navn) else f"filename*=UTF-8''{quote(navn, safe='')}"
    svar = Response(innhold, content_type=medietype, content_disposition=f"attachment; {sagt}")
    svar.headers["Content-Security-Policy"] = _NOTHING
    return svar


def som_bilde(innhold: bytes, medietype: str) -> Response:
    """A picture that a page shows; opened by itself it has no rights either."""
    svar = Response(innhold, content_type=medietype)
    svar.headers["Content-Security-Policy"] = _NOTHING
    return svar
