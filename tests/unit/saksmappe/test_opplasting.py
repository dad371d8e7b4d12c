"""From an uploaded file to a document's words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saksbehandling.documents.opplasting import Filtype
from saksbehandling.errors import InvalidFile, InvalidInput
from saksbehandling.richtext import check_text, plain_text
from saksbehandling.saksmappe.opplasting import rent_filnavn, som_avsnitt, som_dokument, ta_inn


@pytest.mark.parametrize(
    ("navn", "ventet"),
    [
        ("C:\\Mine\\Brev.docx", "Brev.docx"),
        ("../../brev.txt", "brev.txt"),
        ("a\x00b\r\n.txt", "ab.txt"),
        ("mappe/", ""),
    ],
)
def test_the_name_is_the_last_part_without_hidden_marks(navn: str, ventet: str) -> None:
    assert rent_filnavn(navn) == ventet


@given(st.text())
def test_any_text_becomes_paragraphs_that_a_document_may_hold(tekst: str) -> None:
    check_text(plain_text(som_avsnitt(tekst)))


def test_a_text_file_keeps_its_lines() -> None:
    opplasting = ta_inn("Høring.txt", "Første linje.\n\n  Andre linje.\n".encode())
    assert plain_text(opplasting.tekst or ()) == "Første linje.\nAndre linje."
    assert som_dokument(opplasting, "").tittel == "Høring"
    assert som_dokument(opplasting, "Svar").tittel == "Svar"


def test_a_pdf_is_taken_in_also_when_its_words_cannot_be_read() -> None:
    opplasting = ta_inn("Kart.pdf", b"%PDF-1.4\nikke noe som kan leses\n%%EOF")
    assert opplasting.filtype is Filtype.PDF
    assert opplasting.tekst is None


def test_what_is_no_document_or_no_file_is_refused() -> None:
    with pytest.raises(InvalidFile, match=r"program\.txt"):
        ta_inn("program.txt", b"MZ\x00\x01")
    with pytest.raises(InvalidInput, match="Velg en fil"):
        ta_inn("", b"")
