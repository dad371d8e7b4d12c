"""What a ballot concerns: from words ("Renolens tilleggsforslag") to segments of the base text and proposals."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from saksbehandling.importering.pakke import Deltaker, Forslag, Objekt
from saksbehandling.votering.kodeverk import Forslagstype

_INNSTILLING = re.compile(
    r"\b(?:innstillinga|innstillingen|innstilling|tilrådinga|tilråding|forslag(?:et)? til (?:vedtak|innstilling))\b",
    re.I,
)
_AVSNITT = re.compile(r"\b(?:avsnitt|punkt|pkt\.?|ledd)\s+(?P<tall>\d+(?:(?:\s*(?:,|-|–|og|til)\s*)\d+)*)", re.I)
_UNNTATT = re.compile(r"\b(?:unntatt|unnateke|bortsett fra|med unntak av|utenom|utanom)\b", re.I)
_FORSLAG_NR = re.compile(r"\bforslag\s+(?:nr\.?\s*)?(?P<nr>\d+)\b", re.I)
_STAMMER = {
    "utsett": Forslagstype.UTSETTELSE,
    "utset": Forslagstype.UTSETTELSE,
    "tilbakesend": Forslagstype.TILBAKESENDELSE,
    "avvisning": Forslagstype.AVVISNING,
    "oversend": Forslagstype.OVERSENDELSE,
    "stryk": Forslagstype.STRYKNING,
    "alternativ": Forslagstype.ALTERNATIVT,
    "endring": Forslagstype.ENDRING,
    "tillegg": Forslagstype.TILLEGG,
}


def type_av_ord(tekst: str) -> Forslagstype | None:
    """The kind that a label names: "tilleggsforslag", "strykningsforslag"; None for a bare "forslag"."""
    return next((type_ for stamme, type_ in _STAMMER.items() if stamme in tekst.casefold()), None)


def finn_objekt(skrevet: str, forslag: Sequence[Forslag], antall_avsnitt: int) -> Objekt:
    """Resolve the words; several candidates may remain in `forslag`, for `velg` to narrow down."""
    if _INNSTILLING.search(skrevet):
        return _innstilling(skrevet, antall_avsnitt)
    kandidater = _av_stiller(skrevet, forslag)
    type_ = type_av_ord(skrevet)
    treff = [ett for ett in kandidater if ett.type is type_] or kandidater
    return Objekt(skrevet, forslag=tuple(ett.nr for ett in treff))


def mot_avsnitt(objekt: Objekt, motpart: Objekt, forslag: Sequence[Forslag]) -> Objekt:
    """In an alternative ballot against a paragraph, only the proposals aimed at that paragraph can be meant."""
    maal = set(motpart.nevnt)
    rettet = tuple(ett.nr for ett in forslag if ett.nr in objekt.forslag and ett.gjelder_avsnitt in maal)
    return replace(objekt, forslag=rettet) if rettet else objekt


def velg(objekter: Sequence[Objekt]) -> tuple[Objekt, ...]:
    """Narrow down by elimination: a proposal that one sentence names alone is not meant by another.

    What stays ambiguous ends with no proposal at all, for the reader to settle.
    """
    sikre = {objekt.forslag[0] for objekt in objekter if len(objekt.forslag) == 1}
    return tuple(_velg_ett(objekt, sikre) for objekt in objekter)


def nevner(skrevet: str, deltakere: Iterable[Deltaker]) -> bool:
    """Whether the words name one of these movers, or the innstilling."""
    return bool(_INNSTILLING.search(skrevet)) or any(samme_navn(skrevet, en) for en in deltakere)


def samme_navn(skrevet: str, deltaker: Deltaker) -> bool:
    """Whether the words name this person: by surname, genitive or not, or by the whole name."""
    ordene = _ord(skrevet)
    navn = _ord(deltaker.navn)
    return bool(navn) and (
        _inneholder(ordene, navn)
        if deltaker.parti is None and deltaker.gruppe is None
        else any(_er_genitiv(ord_, navn[-1]) for ord_ in ordene)
    )


def _velg_ett(objekt: Objekt, sikre: set[int]) -> Objekt:
    if len(objekt.forslag) <= 1 or _FORSLAG_NR.search(objekt.skrevet):
        return objekt
    igjen = tuple(nr for nr in objekt.forslag if nr not in sikre)
    return replace(objekt, forslag=igjen if len(igjen) == 1 else ())


def _innstilling(skrevet: str, antall: int) -> Objekt:
    funnet = _AVSNITT.search(skrevet)
    tall = tuple(_tallrekke(funnet["tall"])) if funnet else ()
    if _UNNTATT.search(skrevet):
        avsnitt = tuple(nr for nr in range(1, antall + 1) if nr not in tall)
        return Objekt(skrevet, True, unntatt=tall, avsnitt=avsnitt)
    return Objekt(skrevet, True, nevnt=tall, avsnitt=tall or tuple(range(1, antall + 1)))


def _tallrekke(skrevet: str) -> Iterable[int]:
    for del_ in re.split(r"\s*(?:,|og)\s*", skrevet):
        ender = [int(tall) for tall in re.findall(r"\d+", del_)]
        yield from range(ender[0], min(ender[-1], ender[0] + 100) + 1)


def _av_stiller(skrevet: str, forslag: Sequence[Forslag]) -> list[Forslag]:
    if found := _FORSLAG_NR.search(skrevet):
        return [ett for ett in forslag if ett.nr == int(found["nr"])]
    aktuelle = [ett for ett in forslag if not ett.trukket]
    if navngitt := [ett for ett in aktuelle if any(samme_navn(skrevet, en) for en in ett.stillere)]:
        return navngitt
    if av_parti := [ett for ett in aktuelle if any(_samme_parti(skrevet, en) for en in ett.stillere)]:
        return av_parti
    return list(aktuelle) if re.match(r"[\wæøå ]*(?:forslaget|framlegget)\b", skrevet, re.I) else []


def _samme_parti(skrevet: str, deltaker: Deltaker) -> bool:
    navn = deltaker.parti or deltaker.gruppe
    return bool(navn) and bool(re.search(rf"(?<!\w){re.escape(navn or '')}(?:s|'s|:s|'|’s)?(?!\w)", skrevet))


def _er_genitiv(ord_: str, navn: str) -> bool:
    return ord_ in (navn, f"{navn}s")


def _inneholder(ordene: Sequence[str], navn: Sequence[str]) -> bool:
    return any(list(ordene[nr : nr + len(navn)]) == list(navn) for nr in range(len(ordene) - len(navn) + 1))


def _ord(tekst: str) -> list[str]:
    return [ord_.strip("-") for ord_ in re.findall(r"[\wæøå-]+", kollektiv(tekst).casefold())]


def kollektiv(navn: str) -> str:
    """ "Rådet medlemmer" and "Rådets medlemmer" are the same movers, written "rådets medlemmer"."""
    return re.sub(r"\b([A-ZÆØÅa-zæøå]+e[tn])s? medlemmer\b", lambda m: f"{m[1].lower()}s medlemmer", navn)
