"""Stores the plan of Nidarvik's bodies in the database, with one account for each role."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from saksbehandling.demo.besetning import Plass, besett
from saksbehandling.demo.kontoer import opprett_ansatte, opprett_folkevalgt
from saksbehandling.demo.navn import Navn
from saksbehandling.demo.seter import ORGANER, ORGANISASJONER, PARTIER, PERIODER, Organ
from saksbehandling.identity.models import Bruker
from saksbehandling.identity.services import BrukerService
from saksbehandling.utvalg.models import (
    Funksjon,
    Gruppe,
    Medlemskap,
    Parti,
    Partitype,
    Person,
    Utvalg,
    Utvalgsperiode,
    Utvalgstype,
    Valgperiode,
)
from saksbehandling.utvalg.services import standardregler

# Accounts of elected people: their place in bystyret (party, whether a substitute); always the first of the list,
# who is re-elected in every period.
FOLKEVALGTE: Mapping[str, tuple[str, bool]] = {
    "ordfoerer": ("Ap", False),
    "representant": ("SV", False),
    "vara": ("Ap", True),
}


@dataclass(frozen=True, slots=True)
class Raad:
    """What was stored: accounts by username, bodies by code, parties by code, places by (body, period)."""

    brukere: Mapping[str, Bruker]
    utvalg: Mapping[str, Utvalg]
    partier: Mapping[str, Parti]
    plasser: Mapping[tuple[str, str], Sequence[Medlemskap]]

    def medlem(self, utvalg_kode: str, periode: str, parti: str, nr: int = 1) -> Medlemskap:
        """The party's member number `nr`, from 1. Raises `LookupError` when it has fewer."""
        return self._plass(utvalg_kode, periode, parti, nr, vara=False)

    def vara(self, utvalg_kode: str, periode: str, parti: str, nr: int = 1) -> Medlemskap:
        """The group's substitute number `nr` in elected order, from 1. Raises `LookupError` when it has fewer."""
        return self._plass(utvalg_kode, periode, parti, nr, vara=True)

    def _plass(self, utvalg_kode: str, periode: str, parti: str, nr: int, *, vara: bool) -> Medlemskap:
        funnet = [
            plass
            for plass in self.plasser[utvalg_kode, periode]
            if plass.parti.kode == parti and (plass.funksjon is Funksjon.VARAMEDLEM) == vara
        ]
        if not 1 <= nr <= len(funnet):
            raise LookupError(f"{parti} har {len(funnet)} plasser i {utvalg_kode} {periode}, ikke nummer {nr}.")
        return funnet[nr - 1]


def opprett_raad(session: Session, brukere: BrukerService, passord: str) -> Raad:
    """Store parties, periods, bodies, people and accounts; every account gets `passord`.

    Raises `InvalidInput` when an account exists already or the password is too short.
    """
    partier = _partier()
    utvalg = _utvalg()
    session.add_all([*partier.values(), *utvalg.values()])
    besetning = besett()
    plasser = _lagre_plasser(session, besetning, partier, utvalg)
    session.flush()
    kontoer = opprett_ansatte(brukere, passord, utvalg)
    raad = Raad(kontoer, utvalg, partier, plasser)
    kontoer.update(_folkevalgte(brukere, passord, raad))
    session.flush()
    return raad


def _partier() -> dict[str, Parti]:
    partier = [Parti(kode=kode, navn=navn) for kode, navn in PARTIER.items()]
    partier += [Parti(kode=navn, navn=navn, partitype=Partitype.ORGANISASJON) for navn in ORGANISASJONER]
    for nr, parti in enumerate(partier, 1):
        parti.rekkefoelge = nr
    return {parti.kode: parti for parti in partier}


def _utvalg() -> dict[str, Utvalg]:
    return {kode: _ett_utvalg(organ) for kode, organ in ORGANER.items()}


def _ett_utvalg(organ: Organ) -> Utvalg:
    return Utvalg(
        kode=organ.kode,
        navn=organ.navn,
        utvalgstype=organ.utvalgstype,
        regelversjoner=[standardregler(behold_nummer_ved_utsettelse=organ.utvalgstype is Utvalgstype.KOMMUNESTYRE)],
        navnevarianter=list(organ.navnevarianter),
    )


def _lagre_plasser(
    session: Session, besetning: Sequence[Plass], partier: Mapping[str, Parti], utvalg: Mapping[str, Utvalg]
) -> dict[tuple[str, str], list[Medlemskap]]:
    organer = _perioder(session, utvalg)
    grupper = _grupper(session, besetning, organer)
    personer = {plass.navn: _person(plass.navn) for plass in besetning}
    lagret: dict[tuple[str, str], list[Medlemskap]] = {noekkel: [] for noekkel in organer}
    for plass in besetning:
        medlemskap = Medlemskap(
            person=personer[plass.navn],
            utvalgsperiode=organer[plass.utvalg, plass.periode],
            parti=partier[plass.parti],
            gruppe=grupper[plass.utvalg, plass.periode, plass.parti],
            funksjon=plass.funksjon,
            vararekkefoelge=plass.vararekkefoelge,
        )
        lagret[plass.utvalg, plass.periode].append(medlemskap)
    session.add_all(medlemskap for plasser in lagret.values() for medlemskap in plasser)
    return lagret


def _perioder(session: Session, utvalg: Mapping[str, Utvalg]) -> dict[tuple[str, str], Utvalgsperiode]:
    session.flush()
    for kode in ("finanskomiteen", "byutviklingskomiteen"):
        utvalg[kode].overordnet_id = utvalg["bystyret"].id
    valgperioder = {navn: Valgperiode(navn=navn, fra=fra, til=til) for navn, (fra, til) in PERIODER.items()}
    organer = {
        (kode, navn): Utvalgsperiode(utvalg=utvalg[kode], valgperiode=periode, plasser=organ.plasser)
        for kode, organ in ORGANER.items()
        for navn, periode in valgperioder.items()
    }
    session.add_all(organer.values())
    session.flush()
    return organer


def _grupper(
    session: Session, besetning: Sequence[Plass], organer: Mapping[tuple[str, str], Utvalgsperiode]
) -> dict[tuple[str, str, str], Gruppe]:
    noekler = dict.fromkeys((plass.utvalg, plass.periode, plass.parti) for plass in besetning)
    grupper = {
        (utvalg, periode, parti): Gruppe(utvalgsperiode_id=organer[utvalg, periode].id, navn=PARTIER.get(parti, parti))
        for utvalg, periode, parti in noekler
    }
    session.add_all(grupper.values())
    return grupper


def _person(navn: Navn) -> Person:
    return Person(fornavn=navn.fornavn, etternavn=navn.etternavn)


def _folkevalgte(brukere: BrukerService, passord: str, raad: Raad) -> dict[str, Bruker]:
    foerste_periode = next(iter(PERIODER))
    kontoer = {}
    for brukernavn, (parti, vara) in FOLKEVALGTE.items():
        plass = (raad.vara if vara else raad.medlem)("bystyret", foerste_periode, parti)
        kontoer[brukernavn] = opprett_folkevalgt(brukere, brukernavn, passord, plass.person)
    return kontoer
