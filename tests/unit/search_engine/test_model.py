from __future__ import annotations

import datetime as dt
import unicodedata

import pytest

from saksbehandling.search_engine.model import FACETS, Document


@pytest.mark.parametrize("identity", ["", "#vannmerke"])
def test_an_id_is_needed_and_some_are_the_engines_own(identity: str) -> None:
    with pytest.raises(ValueError, match="id"):
        Document(id=identity, type="sak", tittel="x")


def test_texts_are_cleaned() -> None:
    document = Document(
        id="sak:1", type="sak", tittel=unicodedata.normalize("NFD", "Åsgård"), personer=("by\u00adplan\u200b",)
    )
    assert document.tittel == "Åsgård"
    assert document.personer == ("byplan",)


def test_facet_values() -> None:
    document = Document(id="a", type="sak", tittel="", dato=dt.date(2019, 1, 1), partier=("Ap", "H"))
    values = {facet: document.facet_values(facet) for facet in FACETS}
    assert values == {
        "utvalg": (),
        "år": ("2019",),
        "type": ("sak",),
        "parti": ("Ap", "H"),
        "resultat": (),
        "saksbehandler": (),
    }
