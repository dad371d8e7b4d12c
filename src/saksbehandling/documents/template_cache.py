"""Finds templates and compiles each once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib import resources
from typing import Any

from saksbehandling.documents.stylebook import LANGUAGES
from saksbehandling.documents.template import ReadTemplate, Template, compile_template
from saksbehandling.errors import InvalidInput, NotFound


def packaged_template(name: str) -> bytes:
    """A template that came with the product. Raises `NotFound` if there is none of that name."""
    folder = resources.files("saksbehandling.templates") / "docx"
    found = folder / f"{name}.docx"
    if not re.fullmatch(r"[a-zæøå0-9_-]+", name) or not found.is_file():
        known = ", ".join(sorted(f.name.removesuffix(".docx") for f in folder.iterdir() if f.name.endswith(".docx")))
        raise NotFound(f"Det finnes ingen mal som heter «{name}». Maler som finnes: {known}.")
    return found.read_bytes()


class TemplateCache:
    """Compiled templates by name and malform. In nynorsk, «navn-nn» is used where it exists.

    `read`: gives the DOCX of a template by its name, or raises `NotFound`.
    """

    def __init__(self, read: ReadTemplate = packaged_template) -> None:
        self._read = read
        self._compiled: dict[tuple[str, str], Template] = {}

    def get(self, name: str, data: Mapping[str, Any]) -> Template:
        """The template for a document with this data, whose `malform` («nb» if unsaid) decides the language.

        Raises `SetupError` on a faulty template, `NotFound` on an unknown one, `InvalidInput` on an unknown malform.
        """
        malform = data.get("malform", "nb")
        if malform not in LANGUAGES:
            raise InvalidInput(f"Ukjent målform «{malform}». Bruk {' eller '.join(LANGUAGES)}.", felt="malform")
        if (name, malform) not in self._compiled:
            self._compiled[name, malform] = compile_template(name, self._content(name, malform), malform, self._read)
        return self._compiled[name, malform]

    def _content(self, name: str, malform: str) -> bytes:
        if malform == "nn":
            try:
                return self._read(f"{name}-nn")
            except NotFound:
                return self._read(name)
        return self._read(name)
