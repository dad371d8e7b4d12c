"""The municipality of PS 87/19 as it is before the case: bodies with their members, and an account for each actor.

The people are those whom the minutes name, read while the test runs; the rest of the seats are filled by others.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from factories import nett, raad
from saksbehandling.identity.kodeverk import Rolle
from saksbehandling.importering.pakke import Behandling, Deltaker, Forslag, Merknad, Pakke
from saksbehandling.tjenester import Tjenester
from saksbehandling.utvalg.models import (
    Funksjon,
    Gruppe,
    Medlemskap,
    Person,
    Utvalg,
    Utvalgsperiode,
    Utvalgstype,
    Valgperiode,
)
from saksbehandling.utvalg.services import standardregler

PASSORD = nett.PASSORD
BYSTYRET = {"Ap": 28, "H": 14, "MDG": 5, "SV": 4, "FrP": 4, "V": 4, "PP": 2, "KrF": 2, "Sp": 2, "R": 2}
RAAD = {"Ap": 2, "H": 2, "Velferdstinget": 2}


@dataclass(frozen=True, slots=True)
class Organ:
    """A body. `kode` stands in its public addresses."""

    kode: str
    utvalgstype: Utvalgstype
    seter: Mapping[str, int]


ORGANER = {
    "Mangfoldsrådet": Organ("mangfoldsraadet", Utvalgstype.RAAD, RAAD),
    "Kommunalt råd for mennesker med nedsatt funksjonsevne": Organ("kfu", Utvalgstype.RAAD, RAAD),
    "Trondheim Studentråd": Organ("studentraadet", Utvalgstype.RAAD, RAAD),
    "Ungdommens bystyre": Organ("ungdommens_bystyre", Utvalgstype.RAAD, RAAD),
    "Finans- og næringskomiteen": Organ("finanskomiteen", Utvalgstype.KOMITE, {"Ap": 5, "H": 3, "MDG": 1}),
    "Bystyret": Organ("bystyret", Utvalgstype.KOMMUNESTYRE, BYSTYRET),
}
ANSATTE = {
    "saksbehandler": ("Cecilie Hammond Spark", Rolle.SAKSBEHANDLER),
    "kommunedirektoer": ("Morten Wolden", Rolle.KOMMUNEDIREKTOER),
    "sekretaer": ("Siri Sekretær", Rolle.SEKRETARIAT),
}


def opprett(session: Session, tj: Tjenester, pakke: Pakke) -> None:
    """Bodies, members and accounts. A member who moves something in bystyret has an account by their last name."""
    periode = Valgperiode(navn="2015–2019", fra=dt.date(2015, 10, 1), til=dt.date(2019, 9, 30))
    utvalg = {navn: _utvalg(session, navn, organ, periode, pakke) for navn, organ in ORGANER.items()}
    utvalg["Finans- og næringskomiteen"].overordnet_id = utvalg["Bystyret"].id
    for brukernavn, (navn, rolle) in ANSATTE.items():
        nett.bruker(tj, brukernavn, rolle, navn=navn)
    konto = tj.brukere.opprett("raadssekretaer", "Rita Rådssekretær", PASSORD)
    for organ in utvalg.values():
        if organ.utvalgstype is Utvalgstype.RAAD:
            tj.brukere.gi_rolle(konto, Rolle.RAADSSEKRETAER, organ.id)
    for plass in utvalg["Bystyret"].perioder[0].medlemskap:
        if not plass.person.etternavn.isdecimal():
            brukernavn = plass.person.etternavn.lower()
            plass.person.bruker_id = nett.bruker(
                tj, brukernavn, Rolle.REPRESENTANT, utvalg_id=utvalg["Bystyret"].id, navn=plass.person.navn
            )
    session.flush()


def _utvalg(session: Session, navn: str, organ: Organ, valgperiode: Valgperiode, pakke: Pakke) -> Utvalg:
    regler = standardregler(behold_nummer_ved_utsettelse=organ.utvalgstype is Utvalgstype.KOMMUNESTYRE)
    utvalg = Utvalg(kode=organ.kode, navn=navn, utvalgstype=organ.utvalgstype, regelversjoner=[regler])
    periode = Utvalgsperiode(utvalg=utvalg, valgperiode=valgperiode, plasser=sum(organ.seter.values()))
    session.add(periode)
    session.flush()
    kjente = {
        deltaker.navn: deltaker for rad in pakke.behandlinger if rad.utvalg == navn for deltaker in _navngitte(rad)
    }
    for kode, antall in organ.seter.items():
        gruppe = Gruppe(utvalgsperiode_id=periode.id, navn=kode)
        navnene = [ett for ett, deltaker in kjente.items() if kode in (deltaker.parti, deltaker.gruppe)]
        navnene += [f"{kode} {nr}" for nr in range(len(navnene) + 1, antall + 1)]
        session.add_all(_plass(session, ett, periode, kode, gruppe) for ett in navnene)
    session.flush()
    periode.medlemskap[0].funksjon = Funksjon.LEDER
    return utvalg


def _navngitte(behandling: Behandling) -> Iterator[Deltaker]:
    for ett in behandling.innslag:
        yield from ett.stillere if isinstance(ett, Forslag) else (ett.av,) if isinstance(ett, Merknad) else ()
    if behandling.saksordfoerer:
        yield behandling.saksordfoerer


def _plass(session: Session, navn: str, periode: Utvalgsperiode, kode: str, gruppe: Gruppe) -> Medlemskap:
    fornavn, _, etternavn = navn.rpartition(" ")
    return Medlemskap(
        person=Person(fornavn=fornavn, etternavn=etternavn),
        utvalgsperiode=periode,
        parti=raad.parti(session, kode),
        gruppe=gruppe,
    )
