"""Parties as minutes write them, and who is named with which."""

from __future__ import annotations

import re

from saksbehandling.importering.pakke import Deltaker

_SKRIVEMAATER = {
    "Ap": "ap a dna arbeiderpartiet arbeidarpartiet",
    "H": "h høyre høgre",
    "Sp": "sp senterpartiet",
    "V": "v venstre",
    "FrP": "frp fremskrittspartiet framstegspartiet",
    "SV": "sv",
    "R": "r rødt raudt",
    "KrF": "krf",
    "MDG": "mdg",
    "INP": "inp",
    "PP": "pp pensj pensjonistpartiet",
    "Uavh": "uavh uavh. uah uavhengig",
}
_KODER = {maate: kode for kode, maater in _SKRIVEMAATER.items() for maate in maater.split()} | {
    "det norske arbeiderparti": "Ap",
    "sosialistisk venstreparti": "SV",
    "kristelig folkeparti": "KrF",
    "kristeleg folkeparti": "KrF",
    "miljøpartiet de grønne": "MDG",
    "miljøpartiet dei grøne": "MDG",
    "industri- og næringspartiet": "INP",
}
_ORGANISASJONER = {"safo", "ffo", "ks", "nav"}  # stand where parties stand, and look like codes
_LOKAL_LISTE = re.compile(r"[A-ZÆØÅ][A-ZÆØÅa-zæøå]{0,5}")
_SKILLE = re.compile(r"\s*(?:,|;|\bog\b)\s*")
_STEMMER = re.compile(r"(?:(?P<antall>\d+)\s*)?(?P<parti>\D+)")
_PERSON = re.compile(r"\s*(?P<navn>[^()]+?)\s*\((?P<parti>[^()]*)\)")


def normaliser(skrevet: str) -> str:
    """The usual code of a party ("AP" is "Ap"); a list that is not known stays as written."""
    return _KODER.get(skrevet.strip().casefold(), skrevet.strip())


def les_liste(tekst: str) -> tuple[str, ...]:
    """Party codes from "Ap, MDG og Sp", in the written order."""
    return tuple(normaliser(del_) for del_ in _SKILLE.split(tekst.strip(" .:")) if del_)


def les_stemmer(tekst: str) -> tuple[tuple[str, int], ...] | None:
    """Votes per party from "3V, 2KrF"; no figure in front means one vote. None where it is not such a list."""
    funnet = [_STEMMER.fullmatch(del_) for del_ in _SKILLE.split(tekst.strip()) if del_]
    if not funnet:
        return None
    stemmer = [(normaliser(ett["parti"]), int(ett["antall"] or 1)) for ett in funnet if ett]
    return tuple(stemmer) if len(stemmer) == len(funnet) else None


def deltaker(navn: str, skrevet: str) -> Deltaker:
    """A person with what stands in the parenthesis: a party or short local list, else an organisation."""
    kode = skrevet.strip()
    lokal_liste = _LOKAL_LISTE.fullmatch(kode) and kode.casefold() not in _ORGANISASJONER
    if kode.casefold() in _KODER or lokal_liste:
        return Deltaker(navn.strip(), parti=normaliser(skrevet), skrevet=skrevet)
    return Deltaker(navn.strip(), gruppe=skrevet.strip() or None, skrevet=skrevet)


def les_deltakere(tekst: str) -> tuple[Deltaker, ...]:
    """Everyone in "Kari Nes (H), Ola Li (AP) og Per Moe (V)"."""
    return tuple(deltaker(re.sub(r"^(?:,|og\b)\s*", "", ett["navn"]), ett["parti"]) for ett in _PERSON.finditer(tekst))
