"""The saksframlegg as a Word document to edit, and what it says when it comes back. Pure."""

from __future__ import annotations

from functools import cache

from saksbehandling.documents.docx_renderer import DocxRenderer, ReadPicture, no_pictures
from saksbehandling.documents.malbygger import document, paragraph
from saksbehandling.documents.readback import read_data
from saksbehandling.documents.richread import read_with_pictures
from saksbehandling.documents.template_cache import TemplateCache
from saksbehandling.errors import InvalidFile
from saksbehandling.richtext import Block, Blocks, Heading, pictures, plain_text
from saksbehandling.saksmappe.framleggstekst import Framleggstekst

DELER = ("Forslag til innstilling", "Saksutredning")


def skriv_arbeidsdokument(
    tekst: Framleggstekst, kommune: str, saksnummer: str, nummer: int, bilde: ReadPicture = no_pictures
) -> bytes:
    """A DOCX of the text, the same bytes each time. `nummer`: of the version that it holds. `bilde`: reads a picture.

    Raises `InvalidInput` on a link that no document may hold.
    """
    verdier = {
        "dokumenttittel": f"Saksframlegg {saksnummer}",
        "kommune": kommune,
        "saksnummer": saksnummer,
        "tittel": tekst.tittel,
        "innstilling": tekst.innstillingen,
        "innhold": tekst.innhold,
    }
    return DocxRenderer(_maler(), bilde).render(
        "arbeidsdokument", verdier, {"saksframlegg": saksnummer, "versjon": nummer}
    )


def les_arbeidsdokument(docx: bytes, saksnummer: str) -> tuple[Framleggstekst, dict[str, bytes]]:
    """What an edited document says, and its pictures by SHA-256.

    Raises `InvalidFile` when it is of another case, has lost its main headings, or has pictures where none may be.
    """
    _krev_samme_sak(docx, saksnummer)
    blokker, bilder = read_with_pictures(docx)
    tittel, innstilling, innhold = _delt(blokker)
    if pictures(innstilling):
        raise InvalidFile(f"Det står et bilde under «{DELER[0]}». Det stemmes over ord; flytt bildet til «{DELER[1]}».")
    tekst = Framleggstekst.av(" ".join(plain_text(tittel).split()), _hevet(innstilling), _hevet(innhold))
    return tekst, {bilde.sha256: bilder[bilde.sha256] for bilde in pictures(innhold)}


@cache
def _maler() -> TemplateCache:
    return TemplateCache(lambda _navn: _mal())


def _mal() -> bytes:
    innstilling, innhold = DELER
    deler = (
        paragraph("[[tittel]]", "Overskrift1"),
        paragraph(innstilling, "Overskrift1"),
        paragraph("[[tekst: innstilling]]"),
        paragraph(innhold, "Overskrift1"),
        paragraph("[[tekst: innhold]]"),
    )
    return document("".join(deler), "Saksframlegg [[saksnummer]]", "nb")


def _krev_samme_sak(docx: bytes, saksnummer: str) -> None:
    try:
        merke = read_data(docx).get("saksframlegg", saksnummer)
    except InvalidFile:  # some programs drop the mark; what would be changed is shown before it is taken in
        return
    if merke != saksnummer:
        raise InvalidFile(f"Dokumentet er saksframlegget i sak {merke}, ikke {saksnummer}. Last det opp i den saken.")


def _delt(blokker: Blocks) -> tuple[Blocks, Blocks, Blocks]:
    """What stands before, between and after the two main headings."""
    foer, mellom = (_sted(blokker, del_) for del_ in DELER)
    if foer is None or mellom is None or foer > mellom:
        raise InvalidFile(
            f"Fant ikke overskriftene «{DELER[0]}» og «{DELER[1]}» i dokumentet. De skal stå som «Overskrift 1»,"
            " så det går fram hva som er innstilling og hva som er utredning. Skriv dem inn igjen og last opp på nytt."
        )
    return blokker[:foer], blokker[foer + 1 : mellom], blokker[mellom + 1 :]


def _sted(blokker: Blocks, del_: str) -> int | None:
    return next((at for at, block in enumerate(blokker) if _er_del(block, del_)), None)


def _er_del(block: Block, del_: str) -> bool:
    return isinstance(block, Heading) and block.level == 1 and plain_text((block,)).strip() == del_


def _hevet(blokker: Blocks) -> Blocks:
    """Headings stand one level below the two main ones in the document."""
    return tuple(
        Heading(max(1, block.level - 1), block.runs) if isinstance(block, Heading) else block for block in blokker
    )
