"""What happens to cases."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PdfBestilt:
    """Somebody wants a document as PDF."""

    pdfutgave_id: int


@dataclass(frozen=True, slots=True)
class FilLagret:
    """A file is in the journal."""

    dokumentversjon_id: int


@dataclass(frozen=True, slots=True)
class SaksframleggGodkjent:
    """It is frozen, and entered in the journal as `dokument_id`; its file can be made."""

    saksframlegg_id: int
    dokument_id: int


@dataclass(frozen=True, slots=True)
class SakEndret:
    """Something of the case, or of its treatments, was changed or published.

    `fjernet`: what was taken away for good, by kind and id («votering:5»).
    """

    saksmappe_id: int
    fjernet: tuple[str, ...] = ()
