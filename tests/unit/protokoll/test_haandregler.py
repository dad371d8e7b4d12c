"""What may be changed in a protocol by hand, and what is seen of it."""

from __future__ import annotations

import pytest

from factories.docx import document, endret, p, with_parts
from factories.protokoll import saksprotokolldata
from saksbehandling.documents.docx_renderer import DocxRenderer
from saksbehandling.errors import InvalidFile
from saksbehandling.protokoll import haandregler
from saksbehandling.protokoll.data import som_verdier, til_json

DATA = saksprotokolldata()
LAGET = DocxRenderer().render("saksprotokoll", som_verdier(DATA), til_json(DATA))
GRUNNLAG = haandregler.uten_godkjenning(til_json(DATA))


@pytest.mark.parametrize(
    ("ny", "borte"),
    [
        (["a", "b"], []),
        (["a", "x", "b", "y"], []),
        (["b", "a"], ["b"]),
        (["a"], ["b"]),
        (["a", "b c"], ["b"]),
        ([], ["a", "b"]),
    ],
    ids=["the same", "added", "moved", "gone", "more words in one", "empty"],
)
def test_what_is_approved_can_only_be_added_to(ny: list[str], borte: list[str]) -> None:
    grunner = [grunn.text for grunn in haandregler.rokker_ved(["a", "b"], ny, "Protokollen")]
    assert [grunn.split("«")[1].rstrip("»") for grunn in grunner[:-1]] == borte
    assert not grunner or "rettelse" in grunner[-1]


def test_the_lines_are_the_words_alone_and_approval_changes_no_data() -> None:
    linjer = haandregler.ordlinjer(LAGET)
    assert "Arbeidet starter i mai." in linjer
    assert "1. Skolebakken" in linjer
    assert haandregler.egne_data(LAGET) == GRUNNLAG
    assert GRUNNLAG["godkjenning"] is None


def test_the_difference_tells_what_was_rewritten_added_and_taken_out() -> None:
    redigert = endret(endret(LAGET, "starter", "begynner"), "Kostnaden dekkes av fondet.", "")
    forskjell = haandregler.ordforskjell(LAGET, redigert)
    assert [(par.foer, par.etter) for par in forskjell.linjer if not par.likt] == [
        ("Arbeidet starter i mai.", "Arbeidet begynner i mai."),
        ("Kostnaden dekkes av fondet.", None),
    ]
    assert forskjell.antall == 2


@pytest.mark.parametrize(
    "annen", [{"utvalg": "Formannskapet"}, {"arkivsak": "24/9"}, {"moetedato": "2024-03-15"}, {"saker": []}]
)
def test_the_protocol_of_something_else_is_refused(annen: dict[str, object]) -> None:
    haandregler.krev_samme(GRUNNLAG | {"sak": "99/24"}, GRUNNLAG)  # it may have got another number
    with pytest.raises(InvalidFile, match="annen protokoll"):
        haandregler.krev_samme(GRUNNLAG | annen, GRUNNLAG)


def test_what_was_deleted_while_it_was_written_reaches_nobody() -> None:
    haandregler.krev_ferdig(LAGET)
    spor = '<w:p><w:del w:id="1" w:author="K"><w:r><w:delText>hemmelig</w:delText></w:r></w:del></w:p>'
    with pytest.raises(InvalidFile, match="sporede endringer"):
        haandregler.krev_ferdig(with_parts(LAGET, {"word/document.xml": document(p("a"), spor)}))
