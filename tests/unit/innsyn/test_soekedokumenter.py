"""What the index holds of a case: everything findable, each with its readers, and nothing screened for the public."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from factories import raad
from saksbehandling.clock import FixedClock
from saksbehandling.identity.rules import ALLE
from saksbehandling.innsyn.soekedokumenter import dokumenter_for
from saksbehandling.innsyn.soekekilder import KILDER
from saksbehandling.jobs.models import Utboks
from saksbehandling.moete.models import Moetesak
from saksbehandling.richtext import parse_notation
from saksbehandling.saksmappe.models import Dokument, Journalposttype
from saksbehandling.search_engine.model import Document
from saksbehandling.tjenester import Tjenester
from saksbehandling.vedtak.services import vedtak_i
from saksbehandling.votering.kodeverk import Forslagstype, Voteringsform
from saksbehandling.votering.services import Voteringsinndata

NAVN = "Ola Hansen"
HEMMELIG = "Hansen har fått avslag på kaiplass."


@pytest.fixture
def tj(session: Session, klokke: FixedClock) -> Tjenester:
    return raad.tjenester(session, klokke)


def behandlet(tj: Tjenester, *, publisert: bool = True, **felter: str) -> Moetesak:
    """A treatment with one of everything, brought to its publication."""
    sak = raad.sak(tj, innstilling=[HEMMELIG], **felter)
    brev = Dokument(tittel=f"Brev fra {NAVN}", dokumenttype="Brev", tekst=parse_notation(HEMMELIG))
    tj.saker.journalfoer(sak, Journalposttype.INNGAAENDE, brev.tittel, dato=raad.MOETE, dokumenter=[brev])
    moetesak = raad.behandling(tj, raad.utvalg(tj.session), sak, aapnet=False)
    tj.sakslister.publiser(moetesak.moete)
    tj.moeter.hendelse(moetesak, "aapne", raad.SEKRETAER)
    tj.moeter.noter(moetesak, parse_notation(f"{NAVN} møtte."))
    stiller = raad.stiller(tj, moetesak.utvalg, "SV")
    forslag = tj.forslag.fremsett(moetesak, Forslagstype.TILLEGG, parse_notation(HEMMELIG), [stiller])
    tj.forslag.merk(moetesak, parse_notation(HEMMELIG), stiller)
    for objekter in (raad.segmenter(moetesak), [forslag]):
        tj.voteringer.registrer(moetesak, Voteringsinndata(Voteringsform.FOR_MOT, objekter, enstemmig=True))
    tj.vedtak.fatt(moetesak, raad.SEKRETAER)
    protokoll = tj.protokoller.godkjenn(moetesak, raad.SEKRETAER)
    if publisert:
        tj.protokoller.publiser(moetesak, raad.SEKRETAER)
    tj.protokollfiler.lag_dokument(protokoll.id)
    return moetesak


def dokumenter(tj: Tjenester, moetesak: Moetesak) -> list[Document]:
    return dokumenter_for(tj.session, moetesak.saksmappe_id)


def synlige(alle: list[Document], leser: str = ALLE) -> list[Document]:
    return [ett for ett in alle if leser in ett.lesere]


def test_everything_of_a_case_is_findable(tj: Tjenester) -> None:
    moetesak = behandlet(tj)
    alle = dokumenter(tj, moetesak)
    assert sorted(ett.type for ett in alle) == sorted(
        ["sak", "behandling", "forslag", "merknad", "votering", "votering", "vedtak", *["dokument"] * 3]
    )
    assert len({ett.id for ett in alle}) == len(alle)
    assert {ett.sak_id for ett in alle} == {str(moetesak.saksmappe_id)}
    behandling = next(ett for ett in alle if ett.type == "behandling")
    assert behandling.nummer == ("PS 1/19", "19/1")
    assert behandling.url == "/innsyn/kommunestyret/2019/1/2019-08-29"
    forslag = next(ett for ett in alle if ett.type == "forslag")
    assert (forslag.personer, forslag.partier, forslag.resultat) == (("SV1 SV1sen",), ("SV",), "vedtatt")


def test_what_a_decision_asks_for_is_found_with_who_and_how_far(tj: Tjenester) -> None:
    moetesak = behandlet(tj)
    vedtak = vedtak_i(tj.session, moetesak)
    tj.oppfoelging.foelg_opp(vedtak, "Gi en plan for kaiene.", "Havnesjefen", None)
    tj.oppfoelging.avvis(vedtak, "Dette ber ikke om noe.")
    (punkt,) = (ett for ett in dokumenter(tj, moetesak) if ett.type == "oppfølging")
    assert (punkt.tekst, punkt.resultat) == ("Gi en plan for kaiene.\nAnsvarlig: Havnesjefen", "åpen")
    assert punkt.url.startswith(f"/moetesaker/{moetesak.id}/oppfoelging#punkt-")
    assert punkt.lesere == moetesak.lesere


def test_a_meeting_is_found_by_body_and_day(tj: Tjenester) -> None:
    moete = raad.moete(tj, raad.utvalg(tj.session))
    (funnet,) = KILDER["moete_id"].dokumenter(tj.session, moete.id)
    assert funnet.tittel == "Kommunestyret 29. august 2019"
    assert "torsdag 29. august 2019 kl. 17.00." in funnet.tekst
    assert (funnet.resultat, funnet.url, funnet.lesere) == ("", f"/moeter/{moete.id}", {ALLE})
    assert KILDER["moete_id"].dokumenter(tj.session, moete.id + 1) == []


def test_the_index_is_told_when_a_meeting_comes_further(tj: Tjenester) -> None:
    moete = raad.moete(tj, raad.utvalg(tj.session), moett=False)
    tj.session.commit()
    tj.moetegang.avlys(moete)
    tj.session.flush()
    oppgaver = tj.session.scalars(sa.select(Utboks.nyttelast)).all()
    assert oppgaver == [{"moete_id": moete.id, "fjernet": []}] * 2


def test_the_same_case_gives_the_same_documents(tj: Tjenester) -> None:
    moetesak = behandlet(tj)
    foer = dokumenter(tj, moetesak)
    tj.session.flush()
    tj.session.expire_all()
    assert dokumenter(tj, moetesak) == foer


def test_what_is_not_published_is_not_for_the_public(tj: Tjenester) -> None:
    alle = dokumenter(tj, behandlet(tj, publisert=False))
    assert {ett.type for ett in synlige(alle)} == {"sak", "dokument"}
    assert not [ett for ett in synlige(alle) if "Saksprotokoll" in ett.tittel]
    assert len(synlige(alle, "rolle:sekretariat")) == len(alle)


def test_everything_published_is_for_the_public(tj: Tjenester) -> None:
    alle = dokumenter(tj, behandlet(tj))
    assert synlige(alle) == alle


def test_of_a_screened_case_the_public_sees_the_public_title_alone(tj: Tjenester) -> None:
    moetesak = behandlet(
        tj, tittel=f"Klage fra {NAVN}", offentlig_tittel="Klage på avslag", skjermingshjemmel="offl. § 13"
    )
    alle = dokumenter(tj, moetesak)
    (offentlig,) = synlige(alle)
    assert offentlig.id == f"sak-offentlig:{moetesak.saksmappe_id}"
    assert (offentlig.tittel, offentlig.tekst, offentlig.personer) == ("Klage på avslag", "", ())
    assert NAVN.split()[1] not in repr(offentlig)
    assert len(synlige(alle, f"utvalg:{moetesak.utvalg.id}")) == len(alle) - 1


def test_one_screened_letter_stays_hidden_in_an_open_case(tj: Tjenester) -> None:
    moetesak = behandlet(tj)
    brevpost = next(post for post in moetesak.saksmappe.journalposter if NAVN in post.tittel)
    brevpost.skjermingshjemmel = "offl. § 26"
    assert not [ett for ett in synlige(dokumenter(tj, moetesak)) if NAVN in ett.tittel]


def test_a_draft_is_not_found_although_its_case_is_public(tj: Tjenester) -> None:
    moetesak = behandlet(tj)
    tj.saker.lagre_saksframlegg(
        moetesak.saksmappe,
        tittel="Utkast",
        innhold=parse_notation("Uferdige tanker."),
        innstilling=[parse_notation("Nei.")],
    )
    (sak,) = (ett for ett in dokumenter(tj, moetesak) if ett.type == "sak")
    assert "Uferdige" not in sak.tekst
    assert "fra 1921" in sak.tekst


def test_a_case_that_is_gone_has_no_documents(session: Session) -> None:
    assert dokumenter_for(session, 10_000) == []
