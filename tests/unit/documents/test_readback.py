from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saksbehandling.documents.docx_renderer import DocxRenderer
from saksbehandling.documents.readback import data_parts, read_data
from saksbehandling.documents.wordxml import escape_text
from saksbehandling.errors import InvalidFile, InvalidInput
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


WORDS = st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn")), max_size=20)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(WORDS, VALUES, max_size=4))
def test_the_bytes_are_those_of_plain_json_with_sorted_names(data) -> None:
    plain = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert f">{escape_text(plain)}</data>".encode() in data_parts(data)["customXml/item1.xml"]


@pytest.mark.parametrize("sign", ["\ud800", "\ufffe", "\uffff"])
def test_what_no_document_may_hold_is_refused_by_name(sign) -> None:
    with pytest.raises(InvalidInput, match=f"U\\+{ord(sign):04X}"):
        data_parts({"ord": f"a & b{sign}"})
