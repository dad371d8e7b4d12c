"""Reads the saksframlegg: innstilling, body, signature, the list of attachments and the attachment in the packet."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Set
from dataclasses import replace

from saksbehandling.importering.dato import MOENSTER, finn_dato
from saksbehandling.importering.deling import Dokument
from saksbehandling.importering.linjer import Kontekst, Linje, er_overskrift, til_blokker, uten_fet
from saksbehandling.importering.numre import finn_arkivsak
from saksbehandling.importering.pakke import Saksframlegg, Vedlegg
from saksbehandling.importering.signatur import les_signaturer
from saksbehandling.richtext import paragraph, plain_text, segments

_INNSTILLING = re.compile(
    r"(?:forslag til uttalelse|framlegg til vedtak"
    r"|(?:\w+s )?(?:innstilling|tilråding|forslag til (?:innstilling|vedtak)))\s*:?",
    re.IGNORECASE,
)
_ARKIVSAK = re.compile(r"\**Arkivsak(?:snr|nr|ID)?\s*\.?\s*:\**\s*[\d /]+\**", re.IGNORECASE)
_STED_OG_DATO = re.compile(rf"[A-ZÆØÅ][^.:;]{{2,60}},\s*(?:den\s+)?{MOENSTER}\.?")
_VEDLEGGSLISTE = re.compile(r"(?:trykte |utrykte )?vedlegg\s*:?", re.IGNORECASE)
_VEDLEGG = re.compile(r"(?:[-•] )?(?:Vedlegg\s+)?(?P<nr>\d{1,3})\s*[.:)–-]*\s+(?P<tittel>\S.*)", re.IGNORECASE)
_GJENGITT = re.compile(r"[-•] (?P<utvalg>[A-ZÆØÅ][^:]{3,90}):")

Linjer = list[Linje]


def les_saksframlegg(dokument: Dokument, kontekst: Kontekst, vedtatt: Set[str] = frozenset()) -> Saksframlegg:
    """Read the document. What is missing becomes empty, with a warning; no text is lost.

    `vedtatt`: paragraphs of the decisions in the packet, which tell the end of the innstilling from a heading.
    """
    hode, innstilling, rest = _del_hode(dokument, kontekst)
    foer_vedlegg, vedleggsdel = _del_ved(rest, lambda tekst: bool(_VEDLEGGSLISTE.fullmatch(tekst)))
    tekst, underskrift = _del_underskrift(foer_vedlegg, kontekst, dokument)
    anbefalt, broedtekst = _del_innstilling(tekst, vedtatt) if innstilling else ([], tekst)
    tittel, annet = _del_tittel(hode)
    return Saksframlegg(
        tittel=tittel,
        arkivsak=next((finn_arkivsak(linje.tekst) for linje in hode if _ARKIVSAK.fullmatch(linje.tekst)), None),
        dato=finn_dato(underskrift[0].tekst) if underskrift else None,
        signert_av=les_signaturer(underskrift[1:], kontekst),
        innstilling_overskrift=uten_fet(innstilling.tekst) if innstilling else "",
        innstilling=segments(til_blokker(anbefalt, kontekst)),
        broedtekst=til_blokker(broedtekst, kontekst, overskrifter=True),
        underskrift=tuple(linje.tekst for linje in underskrift),
        uttalelser_gjengitt_fra=tuple(_gjengitt(broedtekst)),
        vedlegg=_vedlegg(vedleggsdel[1:], kontekst),
        hode_annet=tuple(linje.tekst for linje in annet),
        linje=dokument.linje,
    )


def _del_hode(dokument: Dokument, kontekst: Kontekst) -> tuple[Linjer, Linje | None, Linjer]:
    """The head, the heading of the innstilling, and all after it."""
    hode, rest = _del_ved(dokument.linjer, lambda tekst: bool(_INNSTILLING.fullmatch(tekst)))
    if rest:
        return hode, rest[0], rest[1:]
    kontekst.advar(
        dokument.linje,
        "mangler_innstilling",
        "Fant ingen linje «Forslag til innstilling» eller «Forslag til vedtak» i saksframlegget."
        " Hele teksten er tatt med som brødtekst.",
    )
    hode, rest = _del_ved(dokument.linjer, lambda tekst: bool(_ARKIVSAK.fullmatch(tekst)))
    return ([*hode, rest[0]], None, rest[1:]) if rest else (hode[:1], None, hode[1:])


def _del_tittel(hode: Linjer) -> tuple[str, Linjer]:
    """The title, which ends where the labelled lines begin, and the other lines but the arkivsak's."""
    tittel, resten = _del_ved(hode, lambda tekst: ":" in tekst)
    annet = [linje for linje in resten if not _ARKIVSAK.fullmatch(linje.tekst)]
    return " ".join(uten_fet(linje.tekst) for linje in tittel), annet


def _del_underskrift(linjer: Linjer, kontekst: Kontekst, dokument: Dokument) -> tuple[Linjer, Linjer]:
    """The text, and the signature lines from the last "Rådmannen i …, dato" on."""
    steder = [nr for nr, linje in enumerate(linjer) if _STED_OG_DATO.fullmatch(uten_fet(linje.tekst))]
    if steder:
        return linjer[: steder[-1]], linjer[steder[-1] :]
    kontekst.advar(dokument.linje, "mangler_underskrift", "Fant ingen linje med sted og dato under saksframlegget.")
    return linjer, []


def _del_innstilling(linjer: Linjer, vedtatt: Set[str]) -> tuple[Linjer, Linjer]:
    """The innstilling has no end mark: it lasts until the first line in the shape of a heading with text under it."""
    for nr in range(1, len(linjer) - 1):
        tekst = linjer[nr].tekst
        if er_overskrift(tekst) and plain_text([paragraph(tekst)]) not in vedtatt:
            return linjer[:nr], linjer[nr:]
    return linjer, []


def _gjengitt(broedtekst: Linjer) -> Iterator[str]:
    """The bodies named in "- Eldrerådet: …" under a heading about statements."""
    under_uttalelser = False
    for linje in broedtekst:
        if er_overskrift(linje.tekst):
            under_uttalelser = bool(re.search("uttalels|fråsegn|høring", linje.tekst, re.IGNORECASE))
        elif under_uttalelser and (found := _GJENGITT.match(linje.tekst.replace("**", ""))):
            yield found["utvalg"].strip()


def _vedlegg(linjer: Linjer, kontekst: Kontekst) -> tuple[Vedlegg, ...]:
    """The numbered list, and the text after it given to the attachment whose title its first lines resemble most."""
    liste: list[Vedlegg] = []
    for linje in linjer:
        found = _VEDLEGG.fullmatch(uten_fet(linje.tekst))
        if not found or (liste and int(found["nr"]) != liste[-1].nummer + 1):
            break
        liste.append(Vedlegg(int(found["nr"]), found["tittel"]))
    tekst = linjer[len(liste) :]
    if not tekst:
        return tuple(liste)
    if not liste:
        kontekst.advar(
            tekst[0].nr, "vedlegg", "Vedleggene er ikke nummerert. Hele teksten er tatt med som ett vedlegg."
        )
        liste.append(Vedlegg(1, uten_fet(tekst[0].tekst)))
    eier = max(liste, key=lambda vedlegg: _likhet(vedlegg.tittel, tekst[:3]))
    blokker = til_blokker(tekst, kontekst, overskrifter=True)
    return tuple(replace(vedlegg, blokker=blokker) if vedlegg is eier else vedlegg for vedlegg in liste)


def _likhet(tittel: str, linjer: Linjer) -> int:
    ordene = {ord_ for linje in linjer for ord_ in re.findall(r"\w+", linje.tekst.casefold())}
    return len(ordene & set(re.findall(r"\w+", tittel.casefold())))


def _del_ved(linjer: Linjer, er: Callable[[str], bool]) -> tuple[Linjer, Linjer]:
    sted = next((nr for nr, linje in enumerate(linjer) if er(uten_fet(linje.tekst))), len(linjer))
    return linjer[:sted], linjer[sted:]
