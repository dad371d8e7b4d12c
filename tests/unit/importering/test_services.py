"""Storing a made-up packet: one case, once, with everything that it says, or nothing at all."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from factories import raad
from saksbehandling import db
from saksbehandling.clock import FixedClock
from saksbehandling.errors import InvalidInput, Refusal
from saksbehandling.identity.rules import ALLE
from saksbehandling.importering.lesing import les_fil
from saksbehandling.importering.pakke import Pakke
from saksbehandling.importering.services import Importresultat
from saksbehandling.moete.models import Moetesak
from saksbehandling.saksmappe.models import Journalposttype, Saksmappe
from saksbehandling.tjenester import Tjenester
from saksbehandling.utvalg.models import Parti, Person, Utvalg, Utvalgstype
from saksbehandling.vedtak.models import Redigering
from saksbehandling.vedtak.services import vedtak_i
from saksbehandling.votering.kodeverk import Forslagsstatus, Voteringsform
from saksbehandling.votering.services import Voteringsinndata, forslag_i, voteringer_i


@pytest.fixture
def tj(session: Session, klokke: FixedClock) -> Tjenester:
    return raad.tjenester(session, klokke)


def les(tmp_path: Path, tekst: str, navn: str = "pakke.txt") -> tuple[Pakke, bytes]:
    fil = tmp_path / navn
    fil.write_text(tekst, encoding="utf-8")
    return les_fil(fil), fil.read_bytes()


@pytest.fixture
def importert(tj: Tjenester, pakker: SimpleNamespace, tmp_path: Path) -> Importresultat:
    resultat = tj.importering.importer(*les(tmp_path, pakker.pakke()))
    tj.session.commit()
    return resultat


def antall(session: Session) -> dict[str, int]:
    tabeller = db.Base.metadata.sorted_tables
    return {rad.name: session.scalar(sa.select(sa.func.count()).select_from(rad)) or 0 for rad in tabeller}


def behandling(tj: Tjenester, utvalg: str) -> Moetesak:
    rader = tj.session.scalars(sa.select(Moetesak)).all()
    return next(rad for rad in rader if rad.utvalg.navn == utvalg)


def test_one_case_with_its_papers(tj: Tjenester, importert: Importresultat) -> None:
    sak = importert.sak
    assert (importert.ny, sak.saksnummer, sak.tittel) == (True, "21/345", "Plan for badehuset")
    assert [post.journalposttype for post in sak.journalposter[:2]] == [
        Journalposttype.SAKSFRAMLEGG,
        Journalposttype.INTERNT,
    ]
    assert [dokument.dokumenttype for dokument in sak.journalposter[0].dokumenter] == [
        "Saksframlegg",
        "Vedlegg",
        "Vedlegg",
    ]
    assert ALLE in sak.lesere


def test_bodies_are_made_of_what_they_do_and_nothing_is_said_of_seats(tj: Tjenester, importert: Importresultat) -> None:
    slag = {utvalg.navn: utvalg.utvalgstype for utvalg in tj.utvalg.alle()}
    assert slag == {
        "Eldrerådet": Utvalgstype.RAAD,
        "Kulturkomiteen": Utvalgstype.KOMITE,
        "Kommunestyret": Utvalgstype.KOMMUNESTYRE,
    }
    assert all(tj.utvalg.plasser(utvalg, raad.MOETE) == (None, {}) for utvalg in tj.utvalg.alle())


def test_every_proposal_has_ended_and_every_paragraph_an_origin(tj: Tjenester, importert: Importresultat) -> None:
    moetesak = behandling(tj, "Kommunestyret")
    assert [forslag.utfall for forslag in forslag_i(tj.session, moetesak)] == [
        Forslagsstatus.VEDTATT,
        Forslagsstatus.FALT,
    ]
    vedtak = vedtak_i(tj.session, moetesak)
    assert vedtak is not None
    tekst = [rad for rad in vedtak.avsnitt if rad.overskrift is None]
    assert all((rad.segment is None) != (rad.forslag is None) and rad.votering for rad in tekst)
    assert len(voteringer_i(tj.session, moetesak)) == 3


def test_a_decision_that_deviates_is_noted(tj: Tjenester, importert: Importresultat) -> None:
    """The råd's two statements are printed in another order than they were voted on."""
    redigert = tj.session.scalars(sa.select(Redigering)).all()
    assert len(redigert) == 1
    assert "importerte protokollen" in redigert[0].begrunnelse


def test_the_same_file_again_changes_nothing(
    tj: Tjenester, importert: Importresultat, pakker: SimpleNamespace, tmp_path: Path
) -> None:
    foer = antall(tj.session)
    igjen = tj.importering.importer(*les(tmp_path, pakker.pakke(), "annet navn.txt"))
    assert (igjen.ny, igjen.sak) == (False, importert.sak)
    assert antall(tj.session) == foer


def test_another_file_for_the_same_case_is_refused(
    tj: Tjenester, importert: Importresultat, pakker: SimpleNamespace, tmp_path: Path
) -> None:
    foer = antall(tj.session)
    with pytest.raises(Refusal, match=r"21/345 finnes allerede.*«ny\.txt»"):
        tj.importering.importer(*les(tmp_path, pakker.pakke() + "\nMer.\n", "ny.txt"))
    assert antall(tj.session) == foer


def test_a_packet_without_a_case_number_is_refused(tj: Tjenester, pakker: SimpleNamespace, tmp_path: Path) -> None:
    protokoll = pakker.utvalg()
    protokoll.arkivsak = ""
    pakke, innhold = les(tmp_path, protokoll.tekst())
    with pytest.raises(InvalidInput, match=r"arkivsaksnummer i «pakke\.txt»"):
        tj.importering.importer(pakke, innhold)
    assert not any(antall(tj.session).values())


def test_two_cases_meet_the_same_people_and_parties(
    tj: Tjenester, importert: Importresultat, pakker: SimpleNamespace, tmp_path: Path
) -> None:
    def navn(klasse: Any) -> list[str]:
        return sorted(rad.navn for rad in tj.session.scalars(sa.select(klasse)))

    foer = [navn(klasse) for klasse in (Utvalg, Parti, Person)]
    protokoll = pakker.kommunestyre()
    protokoll.arkivsak, protokoll.sak, protokoll.tittel = "21/999", "PS 0034/21", "Saksprotokoll - Ny badetrapp"
    annen = tj.importering.importer(*les(tmp_path, protokoll.tekst()))
    assert annen.sak.saksnummer == "21/999"
    assert [navn(klasse) for klasse in (Utvalg, Parti, Person)] == foer
    moeter = {rad.moete for rad in tj.session.scalars(sa.select(Moetesak)) if rad.utvalg.navn == "Kommunestyret"}
    assert len(moeter) == 1


def test_a_number_that_the_meeting_has_given_to_another_case_is_refused(
    tj: Tjenester, importert: Importresultat, pakker: SimpleNamespace, tmp_path: Path
) -> None:
    protokoll = pakker.kommunestyre()
    protokoll.arkivsak = "21/999"
    with pytest.raises(Refusal, match=r"Kommunestyret har allerede en sak 33/21 i møtet 24\.02\.2021"):
        tj.importering.importer(*les(tmp_path, protokoll.tekst()))
    tj.session.rollback()
    assert [sak.saksnummer for sak in tj.session.scalars(sa.select(Saksmappe))] == ["21/345"]


def test_an_imported_case_goes_on_in_a_new_meeting(tj: Tjenester, pakker: SimpleNamespace, tmp_path: Path) -> None:
    """The committee's innstilling is what the council votes on then, and for that meeting attendance counts."""
    sak = tj.importering.importer(*les(tmp_path, pakker.pakke([pakker.utvalg().tekst(), pakker.SAKSFRAMLEGG]))).sak
    moetesak = raad.behandling(tj, raad.utvalg(tj.session), sak, dt.date(2021, 2, 24), moett=False)
    assert moetesak.grunntekst is behandling(tj, "Kulturkomiteen").avgitt_tekst
    tj.voteringer.registrer(moetesak, Voteringsinndata(Voteringsform.FOR_MOT, raad.segmenter(moetesak), enstemmig=True))
    with pytest.raises(Refusal, match="Frammøtet er ikke registrert"):
        tj.vedtak.fatt(moetesak, raad.SEKRETAER)
