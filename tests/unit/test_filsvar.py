from __future__ import annotations

import pytest

from saksbehandling.filsvar import som_fil


@pytest.mark.parametrize(
    ("navn", "sagt"),
    [
        ("protokoll-87-19.docx", 'filename="protokoll-87-19.docx"'),
        ("Særutskrift.docx", "filename*=UTF-8''S%C3%A6rutskrift.docx"),
        ('a"; filename="b.exe', "filename*=UTF-8''a%22%3B%20filename%3D%22b.exe"),
        ("a\r\nSet-Cookie: x", "filename*=UTF-8''a%0D%0ASet-Cookie%3A%20x"),
    ],
)
def test_a_file_is_saved_under_its_name_and_a_name_does_nothing_else(navn: str, sagt: str) -> None:
    svar = som_fil(b"x", "text/plain", navn)
    assert svar.headers["Content-Disposition"] == f"attachment; {sagt}"
    assert svar.body == b"x"
