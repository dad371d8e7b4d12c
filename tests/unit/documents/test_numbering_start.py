"""A numbered list that begins at another number than 1 keeps it, on paper and on the page."""

from __future__ import annotations

import io
import zipfile

from factories.protokoll import saksprotokolldata
from saksbehandling.documents.docx_renderer import DocxRenderer
from saksbehandling.innsyn.figurer import blokker_html
from saksbehandling.protokoll.data import som_verdier
from saksbehandling.richtext import parse_notation

BLOKKER = parse_notation("4. Fjerde punkt\n5. Femte punkt")


def test_the_page_shows_the_written_number() -> None:
    assert '<ol start="4">' in blokker_html(BLOKKER)


def test_the_document_starts_at_the_written_number() -> None:
    data = saksprotokolldata(vedtak=(BLOKKER,))
    docx = DocxRenderer().render("saksprotokoll", som_verdier(data))
    numbering = zipfile.ZipFile(io.BytesIO(docx)).read("word/numbering.xml").decode()
    assert '<w:startOverride w:val="4"/>' in numbering
