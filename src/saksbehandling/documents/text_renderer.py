"""Makes plain text from the same compiled templates."""

from __future__ import annotations

from typing import Any

from zope.interface import implementer

from saksbehandling.documents import static_text
from saksbehandling.documents.operations import Look, Static, run
from saksbehandling.documents.template_cache import TemplateCache
from saksbehandling.interfaces import IDocumentRenderer
from saksbehandling.richtext import Blocks, plain_text


@implementer(IDocumentRenderer)
class PlainTextRenderer:
    """UTF-8: the words of the document's main text, a line for each paragraph. Headers and footers are left out."""

    media_type = "text/plain"
    extension = ".txt"

    def __init__(self, templates: TemplateCache | None = None) -> None:
        self._templates = templates or TemplateCache()

    def render(self, template: str, data: Any) -> bytes:
        """The text. Raises as `DocxRenderer.render` does."""
        compiled = self._templates.get(template, data)
        sink = TextSink()
        run(compiled.stories[compiled.document], (data,), sink)
        return static_text.tidy("".join(sink.out)).encode()


class TextSink:
    """Collects plain text."""

    def __init__(self) -> None:
        self.out: list[str] = []

    def static(self, piece: Static) -> None:
        self.out.append(piece.text)

    def value(self, text: str) -> None:
        self.out.append(text)

    def rich(self, blocks: Blocks, _: Look) -> None:
        if blocks:
            self.out.append(plain_text(blocks) + "\n")

    def end_cell(self) -> None:
        """A cell's end is in the constant text that follows."""
