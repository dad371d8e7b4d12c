"""Word documents as somebody edited them."""

from __future__ import annotations

import io
import zipfile


def endret(docx: bytes, gammelt: str, nytt: str) -> bytes:
    """The document with other words, or other markup, in its body."""
    ut = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as inn, zipfile.ZipFile(ut, "w") as pakke:
        for navn in inn.namelist():
            innhold = inn.read(navn)
            if navn == "word/document.xml":
                assert gammelt.encode() in innhold
                innhold = innhold.replace(gammelt.encode(), nytt.encode())
            pakke.writestr(navn, innhold)
    return ut.getvalue()
