"""From the text of a packet to `Pakke`: divides it, reads each document, and ties treatments together in time order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from saksbehandling.errors import InvalidFile
from saksbehandling.importering.behandling import Lest, les_protokoll, tolk
from saksbehandling.importering.deling import Art, Dokument, del_pakke
from saksbehandling.importering.linjer import Kontekst, Linje, del_i_linjer, til_blokker, uten_fet
from saksbehandling.importering.numre import finn_saksnummer
from saksbehandling.importering.pakke import Advarsel, Arkivsak, Behandling, Notat, Pakke, Saksframlegg, Segmenter
from saksbehandling.importering.saksframlegg_lesing import les_saksframlegg
from saksbehandling.richtext import IllegalCharacter, check_text, plain_text

_PAKKEHODE = re.compile(r"(?:saksdokumenter|sakspapirer|saksdokument)\b.*", re.IGNORECASE)
_FORAN_TITTEL = re.compile(r"^Til (?:uttalelse|fråsegn):\s*")


def les_pakke(tekst: str, filnavn: str) -> Pakke:
    """Read the whole text of one file about one case. `filnavn` is for messages only.

    Raises `InvalidFile` for an empty text, one with control characters, and one that is no protocol.
    """
    _kontroller_tekst(tekst, filnavn)
    linjer = del_i_linjer(tekst.removeprefix("\ufeff"))
    kontekst = Kontekst(tekst)
    dokumenter = del_pakke(linjer)
    leste = [les_protokoll(dokument, kontekst) for dokument in dokumenter if dokument.art is Art.PROTOKOLL]
    framlegg = [dokument for dokument in dokumenter if dokument.art is Art.FRAMLEGG]
    saksframlegg = les_saksframlegg(framlegg[0], kontekst, _vedtatt(leste)) if framlegg else None
    hele, uforstaatt = _gyldige(leste, kontekst)
    if not hele and not (saksframlegg and saksframlegg.innstilling):
        raise _ingen_protokoll(filnavn, len(linjer), leste)
    uforstaatt += _overtallige(framlegg[1:], kontekst)
    behandlinger = [tolk(lest, *_grunnlag(lest, hele, saksframlegg), kontekst) for lest in hele]
    return _pakke(filnavn, dokumenter[0], saksframlegg, behandlinger, uforstaatt, kontekst)


def _pakke(
    filnavn: str,
    innledning: Dokument,
    saksframlegg: Saksframlegg | None,
    behandlinger: Sequence[Behandling],
    uforstaatt: list[Notat],
    kontekst: Kontekst,
) -> Pakke:
    overskrift, tittel, resten = _del_innledning(innledning.linjer)
    if resten:
        uforstaatt.append(_behold(resten, "foran_pakken", "foran det første dokumentet har ingen plass", kontekst))
    return Pakke(
        filnavn=filnavn,
        overskrift=overskrift,
        tittel=tittel or _tittel(saksframlegg, behandlinger),
        sak=finn_saksnummer(overskrift or ""),
        arkivsak=_arkivsak(saksframlegg, behandlinger, kontekst),
        saksframlegg=saksframlegg,
        behandlinger=tuple(behandlinger),
        uforstaatt=tuple(uforstaatt),
        advarsler=tuple(sorted(kontekst.advarsler, key=_linjenummer)),
    )


def _grunnlag(lest: Lest, alle: Sequence[Lest], framlegg: Saksframlegg | None) -> tuple[Segmenter, str | None]:
    """The base text before a treatment: its own, else the last innstilling before its date, else the saksframlegg's."""
    if lest.eget_grunnlag:
        return lest.eget_grunnlag, "saksprotokollen"
    tidligere = [ett for ett in alle if ett.innstilling and _dato(ett) < _dato(lest)]
    if tidligere:
        siste = max(tidligere, key=_dato)
        return siste.innstilling, f"{siste.hode.utvalg} {siste.hode.sak} {_dato(siste):%d.%m.%Y}"
    return (framlegg.innstilling, "saksframlegget") if framlegg else ((), None)


def _dato(lest: Lest) -> date:
    assert lest.hode.moetedato
    return lest.hode.moetedato


def _vedtatt(leste: Iterable[Lest]) -> set[str]:
    """The first lines of all segments that the decisions hold."""
    vedtak = [lest.vedtak for lest in leste if lest.vedtak]
    return {plain_text(segment[:1]) for ett in vedtak for segment in (*ett.avsnitt, *ett.foelgetekst)}


def _gyldige(leste: Iterable[Lest], kontekst: Kontekst) -> tuple[list[Lest], list[Notat]]:
    """The protocols that are treatments with a key of their own, and the text of the others."""
    gyldige: dict[tuple[str, date | None, str], Lest] = {}
    andre: list[Notat] = []
    for lest in leste:
        hode = lest.hode
        noekkel = (hode.utvalg, hode.moetedato, str(hode.sak))
        if not hode.komplett:
            hva = f"er en saksprotokoll uten {hode.mangler()} i hodet og kan ikke føres på noe møte"
            andre.append(_behold(lest.dokument.alle_linjer, "ufullstendig_hode", hva, kontekst))
        elif noekkel in gyldige:
            hva = f"er enda en protokoll fra {hode.utvalg} {hode.moetedato:%d.%m.%Y}, sak {hode.sak}"
            andre.append(_behold(lest.dokument.alle_linjer, "dobbelt_behandling", hva, kontekst))
        else:
            gyldige[noekkel] = lest
    return list(gyldige.values()), andre


def _overtallige(framlegg: Iterable[Dokument], kontekst: Kontekst) -> list[Notat]:
    hva = "er enda et saksframlegg; bare det første i filen er lest"
    return [_behold(ett.alle_linjer, "flere_saksframlegg", hva, kontekst) for ett in framlegg]


def _behold(linjer: Sequence[Linje], kode: str, hva: str, kontekst: Kontekst) -> Notat:
    """Keep text that has no field, and say so."""
    kontekst.advar(
        linjer[0].nr, kode, f"Teksten fra linje {linjer[0].nr} til {linjer[-1].nr} {hva}. Den er beholdt som tekst."
    )
    return Notat(til_blokker(linjer, kontekst), linjer[0].nr)


def _del_innledning(linjer: Sequence[Linje]) -> tuple[str | None, str, Sequence[Linje]]:
    """The packet's heading, its title (the lines after it, wrapped or not), and lines that are neither."""
    if not linjer or not _PAKKEHODE.fullmatch(uten_fet(linjer[0].tekst)):
        return None, "", linjer
    return uten_fet(linjer[0].tekst), " ".join(uten_fet(linje.tekst) for linje in linjer[1:3]), linjer[3:]


def _tittel(saksframlegg: Saksframlegg | None, behandlinger: Sequence[Behandling]) -> str:
    if saksframlegg and saksframlegg.tittel:
        return saksframlegg.tittel
    titler = (_FORAN_TITTEL.sub("", behandling.sakstittel) for behandling in behandlinger)
    return next((tittel for tittel in titler if tittel), "")


def _arkivsak(framlegg: Saksframlegg | None, behandlinger: Sequence[Behandling], kontekst: Kontekst) -> Arkivsak | None:
    """The archive case that all documents name; the first one, with a warning, where they differ."""
    nevnt = [(framlegg.arkivsak, framlegg.linje)] if framlegg else []
    nevnt += [(behandling.arkivsak, behandling.linje) for behandling in behandlinger]
    kjente = [(sak, linje) for sak, linje in nevnt if sak]
    if not kjente:
        kontekst.advar(1, "mangler_arkivsak", "Ingen «Arkivsak: åå/nnn» i filen. Oppgi saksmappen for hånd.")
        return None
    for sak, linje in kjente:
        if sak != kjente[0][0]:
            kontekst.advar(
                linje, "ulik_arkivsak", f"Her står arkivsak {sak}, men {kjente[0][0]} lenger oppe. Kontroller."
            )
    return kjente[0][0]


def _kontroller_tekst(tekst: str, filnavn: str) -> None:
    if not tekst.strip().strip("\ufeff"):
        raise InvalidFile(f"«{filnavn}» er tom. Velg filen med saksprotokollen og prøv igjen.")
    try:
        check_text(tekst.replace("\f", " ").replace("\v", " "))
    except IllegalCharacter as feil:
        linje = tekst.count("\n", 0, feil.position) + 1
        raise InvalidFile(
            f"«{filnavn}» er ikke ren tekst: linje {linje} har et styretegn. Importen leser saksprotokoller som tekst;"
            " lagre dokumentet som ren tekst (UTF-8) og prøv igjen."
        ) from feil


def _ingen_protokoll(filnavn: str, antall: int, leste: Sequence[Lest]) -> InvalidFile:
    if leste:
        return InvalidFile(
            f"Saksprotokollen fra linje {leste[0].dokument.linje} i «{filnavn}» mangler {leste[0].hode.mangler()} i"
            " hodet. Rett hodet («Utvalg:», «Møtedato:» og «Sak:») og prøv igjen. Ingenting er lagret."
        )
    return InvalidFile(
        f"«{filnavn}» ser ikke ut til å være en saksprotokoll. Det ble lett gjennom {antall} linjer etter «Utvalg:» med"
        " «Møtedato:» og «Sak:», eller et saksframlegg med «Forslag til innstilling:», uten å finne noe av det."
        " Kontroller at du har valgt riktig fil. Ingenting er lagret."
    )


def _linjenummer(advarsel: Advarsel) -> int:
    return advarsel.linje
