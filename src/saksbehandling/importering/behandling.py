"""Reads one saksprotokoll in two steps: head and decision alone, then the minutes with the base text known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from saksbehandling.importering.dato import MOENSTER, finn_dato
from saksbehandling.importering.deling import Dokument, Seksjon, del_protokoll
from saksbehandling.importering.forslag_lesing import les_innslag
from saksbehandling.importering.hode import Hode, les_hode
from saksbehandling.importering.linjer import Kontekst, Linje, til_blokker, uten_fet
from saksbehandling.importering.pakke import Behandling, Deltaker, Habilitet, Innslag, Notat, Segmenter, Vedtakstekst
from saksbehandling.importering.partier import les_deltakere
from saksbehandling.importering.vedtak_lesing import les_vedtak
from saksbehandling.importering.voteringsdel import les_voteringsdel, skill_ut_voteringer
from saksbehandling.richtext import plain_text, segments
from saksbehandling.votering.kodeverk import Behandlingstype

_SAKSORDFOERER = re.compile(r"(?:Saksordfører|Saksordførar)\s*:\s*(?P<hvem>.+)")
_AVSLUTNING = re.compile(
    r"[A-ZÆØÅ][\w -]{1,40} (?:kommune|fylkeskommune)|(?:elektronisk dokumentert )?godkjen(?:ning|t) uten underskrift"
    r"|elektronisk godkjent.*|(?:rett|riktig) utskrift.*",
    re.IGNORECASE,
)
_UTSATT = re.compile(rf"\b(?:utsatt|utsettes|utsett)\b[^.]{{0,60}}?(?P<dato>{MOENSTER})")
_UTSETTES = re.compile(r"(?:Saken|Saka)\s+(?:utsettes|utsetjast|ble utsatt|blir utsatt|vart utsett)", re.IGNORECASE)
_NAVN = re.compile(r"(?P<navn>[A-ZÆØÅ][\w.-]+(?: [A-ZÆØÅ][\w.-]+)+)")
_HABIL = re.compile(
    r"\b(?:kjennes|kjent|kjend|erklært|erklæres|vurdert|funnet)\s+(?:som\s+)?(?:å\s+være\s+)?(?P<utfall>inhabil|ugild|habil)\b",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Lest:
    """A saksprotokoll after the first step."""

    dokument: Dokument
    hode: Hode
    seksjoner: list[Seksjon]
    vedtak: Vedtakstekst | None = None
    eget_grunnlag: Segmenter = ()
    saksordfoerer: Deltaker | None = None
    avslutning: list[str] = field(default_factory=list)

    @property
    def type(self) -> Behandlingstype:
        return _type(self)

    @property
    def innstilling(self) -> Segmenter:
        """What this treatment sends on as base text: the text that follows a postponed case, or its innstilling."""
        if self.vedtak is None or self.type is not Behandlingstype.INNSTILLING:
            return ()
        utsatt = any(_UTSETTES.match(plain_text(segment)) for segment in self.vedtak.avsnitt[:1])
        return self.vedtak.foelgetekst if utsatt else self.vedtak.avsnitt


def les_protokoll(dokument: Dokument, kontekst: Kontekst) -> Lest:
    """First step: head, sections, decision."""
    hodelinjer, seksjoner = del_protokoll(dokument.linjer)
    lest = Lest(dokument, les_hode(hodelinjer, kontekst), seksjoner)
    for seksjon in seksjoner:
        seksjon.linjer = list(_uten_faste(seksjon.linjer, lest))
    _skill_grunnlag(seksjoner)
    lest.eget_grunnlag = _segmenter(_linjer(seksjoner, "grunnlag"), kontekst)
    vedtak = [seksjon for seksjon in seksjoner if seksjon.navn == "vedtak"]
    if vedtak:
        samlet = Seksjon("vedtak", vedtak[0].overskrift, [linje for en in vedtak for linje in en.linjer])
        lest.vedtak = les_vedtak(samlet, kontekst) if samlet.linjer else None
    return lest


def tolk(lest: Lest, grunnlag: Segmenter, grunnlag_fra: str | None, kontekst: Kontekst) -> Behandling:
    """Second step: the minutes and ballots against the base text. The head must be `komplett`."""
    hode = lest.hode
    assert hode.moetedato
    assert hode.sak
    forhandlinger, voteringslinjer = skill_ut_voteringer(_linjer(lest.seksjoner, "behandling"))
    innslag = les_innslag(forhandlinger, grunnlag, kontekst)
    voteringslinjer = [*voteringslinjer, *_linjer(lest.seksjoner, "votering")]
    del_ = les_voteringsdel(voteringslinjer, innslag, len(grunnlag), kontekst)
    _kontroller_aar(lest, kontekst)
    return Behandling(
        utvalg=hode.utvalg,
        utvalg_skrevet=hode.verdier["utvalg"],
        type=lest.type,
        moetedato=hode.moetedato,
        sak=hode.sak,
        sak_skrevet=hode.verdier["sak"],
        tittel=hode.verdier.get("tittel", ""),
        resultat=hode.verdier.get("resultat") or None,
        arkivsak=hode.arkivsak,
        utsatt_til=_utsatt_til(lest.vedtak, del_.innslag),
        saksordfoerer=lest.saksordfoerer,
        habilitet=tuple(_habilitet(del_.innslag)),
        grunnlag=grunnlag,
        grunnlag_fra=grunnlag_fra if grunnlag else None,
        vedtak=lest.vedtak,
        innslag=del_.innslag,
        voteringer=del_.voteringer,
        hode_annet=tuple(hode.annet),
        avslutning=tuple(lest.avslutning),
        linje=lest.dokument.linje,
    )


def _linjer(seksjoner: Iterable[Seksjon], navn: str) -> list[Linje]:
    return [linje for seksjon in seksjoner if seksjon.navn == navn for linje in seksjon.linjer]


def _segmenter(linjer: Sequence[Linje], kontekst: Kontekst) -> Segmenter:
    return segments(til_blokker(linjer, kontekst))


def _uten_faste(linjer: Sequence[Linje], lest: Lest) -> Iterable[Linje]:
    """The lines without those that mean the same wherever they stand: saksordfører and signature."""
    for linje in linjer:
        tekst = uten_fet(linje.tekst)
        saksordfoerer = _SAKSORDFOERER.fullmatch(tekst)
        if saksordfoerer:
            funnet = les_deltakere(saksordfoerer["hvem"])
            lest.saksordfoerer = funnet[0] if funnet else Deltaker(saksordfoerer["hvem"].strip())
        elif _AVSLUTNING.fullmatch(tekst):
            lest.avslutning.append(tekst)
        else:
            yield linje


def _skill_grunnlag(seksjoner: Sequence[Seksjon]) -> None:
    """An Innstilling that stands before a separate Vedtak is the base text, not the decision."""
    egne = [seksjon for seksjon in seksjoner if seksjon.navn == "vedtak"]
    if any(_er_vedtak(seksjon) for seksjon in egne):
        for seksjon in egne:
            if not _er_vedtak(seksjon):
                seksjon.navn = "grunnlag"


def _er_vedtak(seksjon: Seksjon) -> bool:
    return seksjon.overskrift.lower().rstrip(" :").endswith("vedtak")


def _type(lest: Lest) -> Behandlingstype:
    """From the words of the title and the decision; from the body's name where they do not tell."""
    ledetekst = " ".join((*lest.vedtak.innledning, lest.vedtak.foelgeledd or "") if lest.vedtak else ()).lower()
    tittel = lest.hode.verdier.get("tittel", "").lower()
    utvalg = lest.hode.utvalg.lower()
    if re.search(r"\btil (?:uttalelse|fråsegn)\b", tittel) or re.search("uttalelse|fråsegn", ledetekst):
        return Behandlingstype.UTTALELSE
    if re.search("innstilling|tilråding", ledetekst):
        return Behandlingstype.INNSTILLING
    if re.search(r"råd(?:et)?\b|ungdommens", utvalg):
        return Behandlingstype.UTTALELSE
    return Behandlingstype.INNSTILLING if "komité" in utvalg or "komite" in utvalg else Behandlingstype.VEDTAK


def _utsatt_til(vedtak: Vedtakstekst | None, innslag: Iterable[Innslag]) -> date | None:
    tekster = [plain_text(segment) for segment in (vedtak.avsnitt if vedtak else ())]
    tekster += [plain_text(ett.blokker) for ett in innslag if isinstance(ett, Notat)]
    funnet = (_UTSATT.search(tekst) for tekst in tekster)
    return next((finn_dato(found["dato"]) for found in funnet if found), None)


def _habilitet(innslag: Iterable[Innslag]) -> Iterable[Habilitet]:
    """Paragraphs that begin with a name and tell how that person's habilitet was decided."""
    for notat in (ett for ett in innslag if isinstance(ett, Notat)):
        tekst = plain_text(notat.blokker)
        navn, utfall = _NAVN.match(tekst), _HABIL.findall(tekst)
        if navn and utfall:
            yield Habilitet(navn["navn"], "habil" if utfall[-1].lower() == "habil" else "inhabil", tekst)


def _kontroller_aar(lest: Lest, kontekst: Kontekst) -> None:
    hode = lest.hode
    assert hode.moetedato
    assert hode.sak
    if hode.sak.aar != hode.moetedato.year:
        kontekst.advar(
            lest.dokument.linje,
            "saksaar",
            f"Sak {hode.verdier['sak']} har et annet årstall enn møtedatoen {hode.verdier['moetedato']}.",
        )
