"""What the tests of documents share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import SimpleNamespace
from typing import Any

import pytest

import factories.docx
from factories.protokoll import saksprotokolldata
from saksbehandling.documents.docx_renderer import DocxRenderer
from saksbehandling.documents.tekstuttrekk import tekst_fra_docx
from saksbehandling.documents.template_cache import TemplateCache
from saksbehandling.errors import NotFound
from saksbehandling.protokoll.data import Saksprotokolldata


@pytest.fixture(scope="session")
def docx() -> SimpleNamespace:
    """The functions of tests/factories/docx.py."""
    return SimpleNamespace(**vars(factories.docx))


@pytest.fixture(scope="session")
def protokolldata() -> Callable[..., Saksprotokolldata]:
    """`saksprotokolldata` of tests/factories/protokoll.py."""
    return saksprotokolldata


@pytest.fixture(scope="session")
def fill(docx: SimpleNamespace) -> Callable[..., bytes]:
    """`fill(body, data, **others)`: the document from a template with that body; `others` are includable templates."""

    def made(body: str, data: Mapping[str, Any], **others: bytes) -> bytes:
        known = {"prøve": docx.template(body), **others}

        def read(name: str) -> bytes:
            if name not in known:
                raise NotFound(name)
            return known[name]

        return DocxRenderer(TemplateCache(read)).render("prøve", {"dokumenttittel": "Prøve", **data})

    return made


@pytest.fixture(scope="session")
def fill_text(fill: Callable[..., bytes]) -> Callable[..., list[str]]:
    """The lines of text of what `fill` makes."""
    return lambda body, data, **others: tekst_fra_docx(fill(body, data, **others)).rstrip("\n").split("\n")
