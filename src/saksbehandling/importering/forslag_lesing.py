"""Reads the minutes of a treatment: proposals, remarks and notes in minuted order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from saksbehandling.importering.linjer import Kontekst, Linje, Slag, sammen, slag, til_blokker, uten_fet
from saksbehandling.importering.objekter import kollektiv, samme_navn, type_av_ord
from saksbehandling.importering.pakke import Deltaker, Forslag, Innslag, Merknad, Notat, Segmenter
from saksbehandling.importering.partier import les_deltakere, les_liste
from saksbehandling.richtext import Blocks, plain_text
from saksbehandling.votering.kodeverk import Forslagstype

_EN = r"[A-ZÆØÅ][^():;]{1,70}\([^()\s][^()]{0,39}\)"
_HVEM = rf"(?P<hvem>{_EN}(?:\s*(?:,|og)\s*{_EN})*)"
_TYPE = (
    r"(?P<type>(?:[A-ZÆØÅa-zæøå]+\s+){0,2}?[A-ZÆØÅa-zæøå]*(?:forslag|framlegg|merknad|uttalelse|fråsegn|protokolltilførs(?:el|le))"
    r"(?:\s+til\s+[a-zæøå]+)?)"
)
_PVA = r"(?:,?\s+(?:pva\.?|på vegne av|på vegner av)\s+(?P<pva>[^:]+?))?"
_VERB = r"(?:fremmet|fremma|fremja|fremsatte|framsatte|la frem|la fram|sette fram|sette frem|foreslo)"
_FOELGENDE = r"(?:(?:følgende|følgjande|slikt?|dette)\s+)?"
_OVERSKRIFTER = (
    re.compile(rf"{_HVEM}\s*,\s*{_TYPE}{_PVA}\s*:?"),
    re.compile(rf"{_HVEM}\s+{_VERB}\s+{_FOELGENDE}{_TYPE}{_PVA}\s*:?"),
    re.compile(rf"{_TYPE}\s+fr[aå]\s+{_HVEM}{_PVA}\s*:?"),
)
_PARTI_VED_NAVN = re.compile(
    r"^(?P<parti>[A-ZÆØÅa-zæøå]{1,12}) v/ ?(?P<navn>[A-ZÆØÅ][^,():]*?)(?=,| fremmet| foreslo| la )"
)
_FORESLAAR = re.compile(rf"(?P<hvem>{_EN}|[A-ZÆØÅ]\w+ medlemmer)\s+(?:foreslår|foreslo)\s+å\s+(?P<hva>.+?)\.?")
_OMTALE = re.compile(rf"{_EN} [a-zæøå]")
_TILSLUTNING = re.compile(
    r"(?P<partier>.+?)\s+(?:sluttet|slutta|slutter)\s+seg\s+til\s+merknaden?e?(?:\s+(?:fr[aå]|til)\s+(?P<fra>.+?))?\.?"
)
_TRAKK = re.compile(r"(?P<hvem>.+?)\s+trakk\s+(?:sitt?\s+)?(?P<hva>[^.]*forslag\w*)")
_SITAT = re.compile(r"[\"“”«](?P<sitat>.+)[\"”“»]", re.DOTALL)
_NEVNER_AVSNITT = re.compile(r"\b(?:avsnitt|punkt|pkt\.?)\s+(?P<nr>\d+)\b", re.I)
_TEKSTSIGNAL = (
    (
        re.compile(r"(?:Saken|Saka|Behandlingen)\s+(?:utsettes|blir utsatt|vert utsett|utsetjast)"),
        Forslagstype.UTSETTELSE,
    ),
    (re.compile(r"(?:Saken|Saka)\s+(?:sendes|returneres|blir sendt)\s+tilbake"), Forslagstype.TILBAKESENDELSE),
    (re.compile(r"(?:Saken|Saka)\s+avvises"), Forslagstype.AVVISNING),
    (re.compile(r"(?:Saken|Forslaget)\s+oversendes"), Forslagstype.OVERSENDELSE),
    (re.compile(r".{0,80}\bstrykes\b"), Forslagstype.STRYKNING),
    (re.compile(r".{0,200}\berstattes (?:med|av)\b"), Forslagstype.ENDRING),
)


@dataclass(slots=True)
class _Bit:
    """A heading (None for free text) with the lines that follow it."""

    hode: re.Match[str] | None
    overskrift: str
    linje: int
    linjer: list[Linje] = field(default_factory=list)


def les_innslag(linjer: Sequence[Linje], grunnlag: Segmenter, kontekst: Kontekst) -> tuple[Innslag, ...]:
    """The items of the Behandling section. Numbers run over proposals and remarks together, as minuted."""
    ut: list[Innslag] = []
    nr = 0
    for bit in _bits(linjer):
        if bit.hode is None:
            ut.extend(_notater(bit.linjer, kontekst))
            continue
        nr += 1
        blokker = til_blokker(bit.linjer, kontekst)
        if not blokker:
            kontekst.advar(bit.linje, "tomt_forslag", f"«{bit.overskrift}» har ingen tekst under seg.")
        er_merknad = "merknad" in bit.hode["type"].lower() if "type" in bit.hode.groupdict() else False
        ut.append(_merknad(nr, bit, blokker) if er_merknad else _forslag(nr, bit, blokker, grunnlag, kontekst))
    return _med_trukket(ut)


def stillere(linjer: Sequence[Linje]) -> tuple[Deltaker, ...]:
    """Everyone who moves something under these lines."""
    hoder = [bit.hode for bit in _bits(linjer) if bit.hode]
    return tuple(en for hode in hoder for en in _stillere(hode["hvem"]))


def slutt_til(setning: str, innslag: Sequence[Innslag]) -> tuple[Innslag, ...] | None:
    """The items with "Ap, H sluttet seg til merknaden fra SV" set on its remark; None where it is no such sentence."""
    found = _TILSLUTNING.fullmatch(uten_fet(setning))
    merknader = [ett for ett in innslag if isinstance(ett, Merknad) and _gjelder(found, ett)] if found else []
    if not found or len(merknader) != 1:
        return None
    merknad = merknader[0]
    ny = replace(
        merknad,
        tilsluttet_av=merknad.tilsluttet_av + les_liste(found["partier"]),
        tilslutning=(*merknad.tilslutning, setning),
    )
    return tuple(ny if ett is merknad else ett for ett in innslag)


def _bits(linjer: Sequence[Linje]) -> list[_Bit]:
    bits: list[_Bit] = []
    for linje in linjer:
        tekst = uten_fet(linje.tekst)
        if hode := _overskrift(tekst):
            bits.append(_Bit(hode, tekst, linje.nr))
        elif hode := _FORESLAAR.fullmatch(tekst):
            bits.append(_Bit(hode, "", linje.nr, [linje]))
            bits.append(_Bit(None, "", linje.nr))
        elif not bits or (bits[-1].hode is not None and _OMTALE.match(tekst)):
            # A person with party at the start of a line is the minutes speaking again, not the proposal.
            bits.append(_Bit(None, "", linje.nr, [linje]))
        else:
            bits[-1].linjer.append(linje)
    return bits


def _overskrift(tekst: str) -> re.Match[str] | None:
    tekst = _PARTI_VED_NAVN.sub(lambda m: f"{m['navn']} ({m['parti']})", tekst)
    return next((found for moenster in _OVERSKRIFTER if (found := moenster.fullmatch(tekst))), None)


def _notater(linjer: Sequence[Linje], kontekst: Kontekst) -> list[Notat]:
    """One note per paragraph, with the list that belongs to it."""
    bolker: list[list[Linje]] = []
    for linje in sammen(linjer, kontekst):
        if not bolker or slag(linje.tekst) is Slag.TEKST:
            bolker.append([])
        bolker[-1].append(linje)
    return [Notat(til_blokker(bolk, kontekst), bolk[0].nr) for bolk in bolker]


def _merknad(nr: int, bit: _Bit, blokker: Blocks) -> Merknad:
    assert bit.hode
    av = les_deltakere(bit.hode["hvem"])[0]
    return Merknad(nr, av, bit.hode["type"].strip(), bit.overskrift, blokker, bit.linje)


def _forslag(nr: int, bit: _Bit, blokker: Blocks, grunnlag: Segmenter, kontekst: Kontekst) -> Forslag:
    assert bit.hode
    felt = bit.hode.groupdict()
    tekst = plain_text(blokker)
    type_skrevet = (felt.get("type") or felt.get("hva") or "").strip()
    type_ = type_av_ord(type_skrevet) or _type_av_tekst(tekst)
    sitat = _SITAT.search(tekst) if type_ in (Forslagstype.STRYKNING, Forslagstype.ENDRING) else None
    forslag = Forslag(
        nr,
        _stillere(felt["hvem"]),
        les_liste(felt.get("pva") or ""),
        type_,
        type_skrevet,
        bit.overskrift,
        blokker,
        bit.linje,
        sitat["sitat"] if sitat else None,
    )
    if type_ not in (Forslagstype.STRYKNING, Forslagstype.ENDRING):
        return forslag
    return replace(forslag, gjelder_avsnitt=_maal(forslag, tekst, grunnlag, kontekst))


def _stillere(hvem: str) -> tuple[Deltaker, ...]:
    return les_deltakere(hvem) or (Deltaker(kollektiv(hvem), skrevet=hvem),)


def _type_av_tekst(tekst: str) -> Forslagstype:
    return next((type_ for moenster, type_ in _TEKSTSIGNAL if moenster.match(tekst)), Forslagstype.TILLEGG)


def _maal(forslag: Forslag, tekst: str, grunnlag: Segmenter, kontekst: Kontekst) -> int | None:
    """The segment that the proposal quotes, or names by number."""
    sitat = _jevn(forslag.sitat or "").rstrip(".")
    treff = [nr for nr, segment in enumerate(grunnlag, 1) if sitat and sitat in _jevn(plain_text(segment))]
    nevnt = _NEVNER_AVSNITT.search(tekst)
    if not treff and nevnt and 1 <= int(nevnt["nr"]) <= len(grunnlag):
        treff = [int(nevnt["nr"])]
    if len(treff) == 1:
        return treff[0]
    kontekst.advar(
        forslag.linje,
        "ukjent_avsnitt",
        f"Fant ikke hvilket avsnitt «{forslag.overskrift}» gjelder: teksten som det viser til, står"
        f" {'flere steder' if treff else 'ikke'} i innstillingen i denne pakken. Velg avsnittet for hånd.",
    )
    return None


def _jevn(tekst: str) -> str:
    return " ".join(tekst.split())


def _med_trukket(innslag: Sequence[Innslag]) -> tuple[Innslag, ...]:
    """Mark proposals that a note says were withdrawn, where it can mean only one."""
    trukne = set()
    for notat in (ett for ett in innslag if isinstance(ett, Notat)):
        for found in _TRAKK.finditer(plain_text(notat.blokker)):
            nr = _trukket_nr(found, innslag)
            trukne |= {nr} if nr else set()
    return tuple(
        replace(ett, trukket=True) if isinstance(ett, Forslag) and ett.nr in trukne else ett for ett in innslag
    )


def _trukket_nr(found: re.Match[str], innslag: Sequence[Innslag]) -> int | None:
    type_ = type_av_ord(found["hva"])
    treff = [
        ett.nr
        for ett in innslag
        if isinstance(ett, Forslag)
        and any(samme_navn(found["hvem"], en) for en in ett.stillere)
        and type_ in (None, ett.type)
    ]
    return treff[0] if len(treff) == 1 else None


def _gjelder(found: re.Match[str] | None, merknad: Merknad) -> bool:
    fra = found["fra"] if found else None
    return (
        fra is None
        or fra.strip() in (merknad.av.parti, merknad.av.gruppe, merknad.av.skrevet)
        or samme_navn(fra, merknad.av)
    )
