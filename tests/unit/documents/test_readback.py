from __future__ import annotations

import pytest

from saksbehandling.documents.docx_renderer import DocxRenderer
from saksbehandling.documents.readback import read_data
from saksbehandling.errors import InvalidFile
from saksbehandling.protokoll.data import som_verdier


@pytest.fixture(scope="module")
def made(protokolldata) -> bytes:
    return DocxRenderer().render(
        "saksprotokoll", som_verdier(protokolldata()), {"ord": ["æ", "<&\"'>\n\t", "", None, 1]}
    )


def test_what_was_put_in_comes_out(made) -> None:
    assert read_data(made) == {"ord": ["æ", "<&\"'>\n\t", "", None, 1]}


@pytest.mark.parametrize("text", ["{", "[1]"])
def test_damaged_data_are_refused(docx, made, text) -> None:
    xml = f'<data xmlns="urn:saksbehandling:dokumentdata:1">{text}</data>'.encode()
    with pytest.raises(InvalidFile, match="skadet"):
        read_data(docx.with_parts(made, {"customXml/item1.xml": xml}))


@pytest.mark.parametrize("content", [b"", b"hei", b"PK\x05\x06" + b"\x00" * 18])
def test_what_is_no_document_is_refused(content) -> None:
    with pytest.raises(InvalidFile):
        read_data(content)
