"""A small invented municipality, Sundvik, made through the product's own services: only what a test asks for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from saksbehandling.assembly import shipped_workflows
from saksbehandling.clock import FixedClock
from saksbehandling.documents.docx_renderer import DocxRenderer
from saksbehandling.documents.store import MemoryStore
from saksbehandling.identity.kodeverk import Rolle
from saksbehandling.identity.rules import Identitet
from saksbehandling.moete.models import Moete, Moetesak
from saksbehandling.richtext import parse_notation
from saksbehandling.saksmappe.models import Saksmappe, Segment
from saksbehandling.tjenester import Felles, Tjenester
from saksbehandling.utvalg.models import (
    Funksjon,
    Gruppe,
    Medlemskap,
    Parti,
    Person,
    Utvalg,
    Utvalgsperiode,
    Utvalgstype,
    Valgperiode,
)
from saksbehandling.utvalg.services import standardregler
from saksbehandling.votering.kodeverk import Voteringsform
from saksbehandling.votering.services import Voteringsinndata
from saksbehandling.votering.services_forslag import Stillerdata
from saksbehandling.workflow_engine.service import Actor

PERIODER = {
    "2015–2019": (dt.date(2015, 9, 1), dt.date(2019, 9, 30)),
    "2019–2023": (dt.date(2019, 10, 1), dt.date(2023, 9, 30)),
}
SETER = {"Ap": 4, "H": 3, "SV": 2}
INNSTILLING = (
    "Sundvik kommune bygger ny kai ved fergeleiet.",
    "Kaia skal ha:\n- 1. lys hele året\n- 2. benker i ly for vinden",
    "Arbeidet lyses ut før sommeren.",
)
MOETE = dt.date(2019, 8, 29)

ALLE_ROLLER = frozenset((rolle, None) for rolle in Rolle if rolle is not Rolle.ADMINISTRATOR)
HVEM = Actor("Sak S. Behandler")
SEKRETAER = Identitet("Berit Skriver", roller=ALLE_ROLLER)


@cache
def _registry() -> Any:
    return shipped_workflows()


@cache
def _renderer() -> DocxRenderer:
    return DocxRenderer()


def felles(klokke: FixedClock, store: MemoryStore | None = None) -> Felles:
    """What the services share: the real definitions and templates, and a document store in memory."""
    return Felles("Sundvik kommune", klokke, _registry(), store or MemoryStore(), _renderer())  # type: ignore[arg-type]


def tjenester(session: Session, klokke: FixedClock) -> Tjenester:
    return Tjenester(felles(klokke), session)


def parti(session: Session, kode: str) -> Parti:
    funnet = session.scalar(sa.select(Parti).where(Parti.kode == kode))
    return funnet or _lagret(session, Parti(kode=kode, navn=f"Partiet {kode}"))


def utvalg(
    session: Session,
    navn: str = "Kommunestyret",
    utvalgstype: Utvalgstype = Utvalgstype.KOMMUNESTYRE,
    seter: Mapping[str, int] = SETER,
    vara: Mapping[str, int] | None = None,
    **felter: Any,
) -> Utvalg:
    """A body with members, and substitutes, by party in both periods. `felter`: of itself or its settings."""
    regler = standardregler(behold_nummer_ved_utsettelse=utvalgstype is Utvalgstype.KOMMUNESTYRE)
    for felt in felter.keys() & {"behold_nummer_ved_utsettelse", "felles_nummer", "innkallingsfrist"}:
        setattr(regler, felt, felter.pop(felt))
    organ = _lagret(
        session,
        Utvalg(kode=navn.lower(), navn=navn, utvalgstype=utvalgstype, regelversjoner=[regler], **felter),
    )
    for periodenavn in PERIODER:
        i_perioden = Utvalgsperiode(
            utvalg=organ, valgperiode=_periode(session, periodenavn), plasser=sum(seter.values())
        )
        _lagret(session, i_perioden)
        for kode in {**seter, **(vara or {})}:
            _besett(session, i_perioden, kode, seter.get(kode, 0), (vara or {}).get(kode, 0))
    return organ


def komite(session: Session, navn: str = "Havnekomiteen", **felter: Any) -> Utvalg:
    return utvalg(session, navn, Utvalgstype.KOMITE, {"Ap": 2, "H": 1}, **felter)


def raad(session: Session, navn: str = "Eldrerådet") -> Utvalg:
    return utvalg(session, navn, Utvalgstype.RAAD, {"Ap": 2, "H": 1})


def medlemmer(tj: Tjenester, organ: Utvalg, dato: dt.date = MOETE) -> list[Medlemskap]:
    """The members without substitutes."""
    return [rad for rad in tj.utvalg.medlemmer(organ, dato) if rad.funksjon is not Funksjon.VARAMEDLEM]


def medlem(
    tj: Tjenester, organ: Utvalg, kode: str, nr: int = 1, *, dato: dt.date = MOETE, vara: bool = False
) -> Medlemskap:
    alle = [
        rad
        for rad in tj.utvalg.medlemmer(organ, dato)
        if rad.parti.kode == kode and (rad.funksjon is Funksjon.VARAMEDLEM) == vara
    ]
    return alle[nr - 1]


def stiller(tj: Tjenester, organ: Utvalg, kode: str, nr: int = 1) -> Stillerdata:
    return Stillerdata.fra(medlem(tj, organ, kode, nr))


def sak(
    tj: Tjenester,
    tittel: str = "Ny kai ved fergeleiet",
    innstilling: Sequence[str] = INNSTILLING,
    *,
    godkjent: bool = True,
    **felter: Any,
) -> Saksmappe:
    """A case with its saksframlegg, approved unless told otherwise."""
    felter = {"dato": dt.date(2019, 2, 1), **felter}
    ny = tj.saker.opprett(tittel, HVEM, **felter)
    skriv(tj, ny, innstilling)
    if godkjent:
        godkjenn(tj, ny)
    return ny


def skriv(tj: Tjenester, saksmappe: Saksmappe, innstilling: Sequence[str]) -> None:
    """A new text of the saksframlegg."""
    tj.saker.lagre_saksframlegg(
        saksmappe,
        tittel=saksmappe.tittel,
        innhold=parse_notation("Dagens kai er fra 1921, og pelene er råtne."),
        innstilling=[parse_notation(segment) for segment in innstilling],
        dato=dt.date(2019, 3, 1),
    )


def godkjenn(tj: Tjenester, saksmappe: Saksmappe) -> None:
    for hendelse in ("fullfoer_saksframlegg", "godkjenn"):
        tj.saker.hendelse(saksmappe, hendelse, SEKRETAER, dato=dt.date(2019, 3, 1))


def moete(tj: Tjenester, organ: Utvalg, dato: dt.date = MOETE, *, moett: bool = True) -> Moete:
    """The body's meeting that day, with every member present unless told otherwise."""
    nytt = tj.moeter.finn_moete(organ, dato) or tj.moeter.opprett(organ, dato, starttid=dt.time(17))
    if moett and not nytt.oppmoete:
        tj.moeter.registrer_oppmoete(nytt, medlemmer(tj, organ, dato))
    return nytt


def behandling(
    tj: Tjenester,
    organ: Utvalg,
    saksmappe: Saksmappe,
    dato: dt.date = MOETE,
    *,
    aapnet: bool = True,
    moett: bool = True,
    **felter: Any,
) -> Moetesak:
    """The case on the agenda of the body's meeting that day, opened unless told otherwise."""
    moetesak = tj.sakslister.sett_paa(moete(tj, organ, dato, moett=moett), saksmappe, SEKRETAER, dato=dato, **felter)
    if aapnet:
        tj.moeter.hendelse(moetesak, "aapne", SEKRETAER, dato=dato)
    return moetesak


def vedta(tj: Tjenester, moetesak: Moetesak) -> Moetesak:
    """Decide it as the base text has it, unanimously."""
    tj.voteringer.registrer(moetesak, Voteringsinndata(Voteringsform.FOR_MOT, segmenter(moetesak), enstemmig=True))
    tj.vedtak.fatt(moetesak, SEKRETAER)
    return moetesak


def segmenter(moetesak: Moetesak) -> list[Segment]:
    assert moetesak.grunntekst is not None
    return list(moetesak.grunntekst.segmenter)


def _periode(session: Session, navn: str) -> Valgperiode:
    funnet = session.scalar(sa.select(Valgperiode).where(Valgperiode.navn == navn))
    fra, til = PERIODER[navn]
    return funnet or _lagret(session, Valgperiode(navn=navn, fra=fra, til=til))


def _besett(session: Session, i_perioden: Utvalgsperiode, kode: str, faste: int, varaer: int) -> None:
    gruppe = _lagret(session, Gruppe(utvalgsperiode_id=i_perioden.id, navn=kode))
    for nr in range(1, faste + varaer + 1):
        plass = nr - faste
        _lagret(
            session,
            Medlemskap(
                person=_person(session, f"{kode}{nr}"),
                utvalgsperiode=i_perioden,
                parti=parti(session, kode),
                gruppe=gruppe,
                funksjon=Funksjon.VARAMEDLEM if plass > 0 else Funksjon.MEDLEM,
                vararekkefoelge=plass if plass > 0 else None,
            ),
        )


def _person(session: Session, fornavn: str) -> Person:
    funnet = session.scalar(sa.select(Person).where(Person.fornavn == fornavn))
    return funnet or _lagret(session, Person(fornavn=fornavn, etternavn=f"{fornavn}sen"))


def _lagret(session: Session, rad: Any) -> Any:
    session.add(rad)
    session.flush()
    return rad
