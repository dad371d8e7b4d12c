"""A file as an answer: to be saved under its name or shown as a picture, never as a page of ours."""

from __future__ import annotations

import re
from typing import BinaryIO
from urllib.parse import quote

from pyramid.response import FileIter, Response

# Should a browser show it all the same, it has no rights, no scripts, and fetches nothing.
_NOTHING = "default-src 'none'; sandbox"
_PLAIN = re.compile(r"[\w.() -]+", re.ASCII)


def som_fil(innhold: bytes, medietype: str, navn: str) -> Response:
    """`navn`: what the browser calls it; what a header cannot say is written as RFC 8187 has it."""
    return _vedlegg(Response(innhold), medietype, navn)


def som_stroem(fil: BinaryIO, stoerrelse: int, sjekksum: str, medietype: str, navn: str) -> Response:
    """The same of a large file, which is read as it is sent, and closed; a part of it can be asked for (RFC 9110 § 14).

    `stoerrelse`: bytes; `sjekksum`: by which one knows it when a broken download is taken up again.
    """
    svar = Response(app_iter=FileIter(fil), content_length=stoerrelse, etag=sjekksum, accept_ranges="bytes")
    svar.conditional_response = True
    return _vedlegg(svar, medietype, navn)


def _vedlegg(svar: Response, medietype: str, navn: str) -> Response:
    sagt = f'filename="{navn}"' if _PLAIN.fullmatch(navn) else f"filename*=UTF-8''{quote(navn, safe='')}"
    svar.content_type, svar.content_disposition = medietype, f"attachment; {sagt}"
    svar.headers["Content-Security-Policy"] = _NOTHING
    return svar


def som_bilde(innhold: bytes, medietype: str) -> Response:
    """A picture that a page shows; opened by itself it has no rights either."""
    svar = Response(innhold, content_type=medietype)
    svar.headers["Content-Security-Policy"] = _NOTHING
    return svar
