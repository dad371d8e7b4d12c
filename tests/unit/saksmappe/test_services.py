"""Cases and saksframlegg: numbers, drafts and versions, freezing, the journal."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy.orm import Session

from factories import raad
from saksbehandling.clock import FixedClock
from saksbehandling.errors import Conflict, InvalidInput, NotFound, Refusal
from saksbehandling.identity.kodeverk import Rolle
from saksbehandling.identity.rules import Identitet
from saksbehandling.jobs.models import Utboks
from saksbehandling.richtext import parse_notation
from saksbehandling.saksmappe.models import Dokument, Journalposttype, Saksstatus, Tilknytning
from saksbehandling.tjenester import Tjenester
from saksbehandling.workflow_engine.service import Actor

HVEM = Actor("Sak S. Behandler")


@pytest.fixture
def tj(session: Session, klokke: FixedClock) -> Tjenester:
    return raad.tjenester(session, klokke)


def test_a_case_gets_the_years_next_number(tj: Tjenester) -> None:
    nummer = [
        tj.saker.opprett("Ny kai", HVEM, dato=dato, saksnummer=oensket).saksnummer
        for dato, oensket in (
            (dt.date(2019, 1, 2), None),
            (dt.date(2019, 1, 3), "19/40"),
            (dt.date(2019, 1, 4), None),
            (dt.date(2020, 1, 2), None),
        )
    ]
    assert nummer == ["19/1", "19/40", "19/41", "20/1"]


def test_a_case_is_found_by_its_number_as_written(tj: Tjenester) -> None:
    sak = tj.saker.opprett("Ny kai", HVEM, saksnummer="19/40")
    assert tj.saker.finn("19/40") is tj.saker.finn(" 2019 / 40 ") is sak
    with pytest.raises(NotFound, match="19/41"):
        tj.saker.finn("19/41")
    with pytest.raises(InvalidInput, match="«nitten» er ikke et saksnummer"):
        tj.saker.finn("nitten")


@pytest.mark.parametrize(
    ("felter", "felt"),
    [
        ({"tittel": "  "}, "tittel"),
        ({"tittel": "Ny kai", "saksnummer": "19/40"}, "saksnummer"),
        ({"tittel": "Ny kai", "skjermingshjemmel": "offl. § 13"}, "offentlig_tittel"),
    ],
)
def test_a_case_that_cannot_be_is_refused(tj: Tjenester, felter: dict[str, str], felt: str) -> None:
    tj.saker.opprett("Den gamle kaia", HVEM, saksnummer="19/40")
    with pytest.raises(InvalidInput) as feil:
        tj.saker.opprett(aktoer=HVEM, **felter)  # type: ignore[arg-type]
    assert feil.value.felt == felt


def test_a_new_case_is_in_the_workflow_and_on_its_way_to_the_index(tj: Tjenester, session: Session) -> None:
    sak = tj.saker.opprett("Ny kai", HVEM)
    assert sak.flyt is not None
    assert sak.flyt.aktive == "utredning"
    session.flush()
    assert [rad.nyttelast for rad in session.query(Utboks)] == [{"saksmappe_id": sak.id, "fjernet": []}]


def test_a_draft_is_saved_over_and_an_approved_version_never(tj: Tjenester) -> None:
    sak = raad.sak(tj, godkjent=False)
    foerste = sak.gjeldende_saksframlegg
    raad.skriv(tj, sak, ["En annen kai."])
    assert sak.gjeldende_saksframlegg is foerste
    raad.godkjenn(tj, sak)
    raad.skriv(tj, sak, ["En tredje kai."])
    versjoner = [(ett.versjonsnummer, ett.godkjent is not None) for ett in sak.saksframlegg]
    assert versjoner == [(1, True), (2, False)]
    assert [segment.blokker for segment in sak.saksframlegg[0].grunntekst.segmenter] == [
        parse_notation("En annen kai.")
    ]


@pytest.mark.parametrize("innstilling", [[], [()]])
def test_a_saksframlegg_needs_an_innstilling(tj: Tjenester, innstilling: list[tuple[()]]) -> None:
    sak = tj.saker.opprett("Ny kai", HVEM)
    with pytest.raises(InvalidInput) as feil:
        tj.saker.lagre_saksframlegg(sak, tittel="Ny kai", innhold=(), innstilling=innstilling)
    assert feil.value.felt == "innstilling"


def test_whoever_saves_over_a_newer_draft_meets_a_conflict(tj: Tjenester) -> None:
    sak = raad.sak(tj, godkjent=False)
    assert sak.gjeldende_saksframlegg is not None
    lest = sak.gjeldende_saksframlegg.radversjon
    raad.skriv(tj, sak, ["En annen kai."])
    with pytest.raises(Conflict, match="Ingenting er overskrevet"):
        tj.saker.lagre_saksframlegg(
            sak, tittel="Min", innhold=(), innstilling=[parse_notation("Min kai.")], radversjon=lest
        )
    assert sak.gjeldende_saksframlegg.tittel != "Min"


def test_approval_freezes_and_enters_the_journal_once(tj: Tjenester) -> None:
    sak = raad.sak(tj)
    framlegg = sak.gjeldende_saksframlegg
    assert framlegg is not None
    godkjent = framlegg.godkjent
    tj.saker.hendelse(sak, "send_tilbake", raad.SEKRETAER)
    raad.godkjenn(tj, sak)
    assert (framlegg.godkjent, framlegg.godkjent_av) == (godkjent, raad.SEKRETAER.navn)
    assert [post.journalposttype for post in sak.journalposter] == [Journalposttype.SAKSFRAMLEGG]


def test_the_workflow_refuses_with_its_reasons_and_the_law(tj: Tjenester) -> None:
    sak = tj.saker.opprett("Ny kai", HVEM)
    with pytest.raises(Refusal) as avslag:
        tj.saker.hendelse(sak, "fullfoer_saksframlegg", raad.SEKRETAER)
    assert [grunn.hjemmel for grunn in avslag.value.reasons] == ["kommuneloven § 13-1"]
    with pytest.raises(Refusal):
        tj.saker.hendelse(sak, "trekk", Identitet("Arkivar", roller=frozenset({(Rolle.ARKIVAR, None)})))
    assert sak.flyt is not None
    assert sak.flyt.aktive == "utredning"


def test_an_event_seen_from_an_older_version_is_a_conflict(tj: Tjenester) -> None:
    sak = raad.sak(tj, godkjent=False)
    assert sak.flyt is not None
    lest = sak.flyt.radversjon
    tj.saker.hendelse(sak, "fullfoer_saksframlegg", raad.SEKRETAER)
    with pytest.raises(Conflict):
        tj.saker.hendelse(sak, "godkjenn", raad.SEKRETAER, radversjon=lest)


def test_a_withdrawn_case_goes_out(tj: Tjenester) -> None:
    sak = raad.sak(tj)
    tj.saker.hendelse(sak, "trekk", raad.SEKRETAER)
    assert sak.saksstatus is Saksstatus.UTGAAR


def test_the_journal_counts_and_the_first_document_is_the_main_one(tj: Tjenester) -> None:
    sak = tj.saker.opprett("Ny kai", HVEM)
    dokumenter = [Dokument(tittel=tittel, dokumenttype="Brev") for tittel in ("Brev", "Kart")]
    post = tj.saker.journalfoer(sak, Journalposttype.INNGAAENDE, "Brev", dato=raad.MOETE, dokumenter=dokumenter)
    neste = tj.saker.journalfoer(sak, Journalposttype.UTGAAENDE, "Svar", dato=raad.MOETE)
    assert (post.journalpostnummer, neste.journalpostnummer) == (1, 2)
    assert [ett.tilknytning for ett in post.dokumenter] == [Tilknytning.HOVEDDOKUMENT, Tilknytning.VEDLEGG]


def test_a_file_is_for_good(tj: Tjenester, session: Session) -> None:
    sak = tj.saker.opprett("Ny kai", HVEM)
    dokument = Dokument(tittel="Brev", dokumenttype="Brev")
    tj.saker.journalfoer(sak, Journalposttype.INNGAAENDE, "Brev", dato=raad.MOETE, dokumenter=[dokument])
    felter = {
        "filnavn": "brev.pdf",
        "medietype": "application/pdf",
        "stoerrelse": 3,
        "opprettet_av": "Sak S. Behandler",
    }
    versjoner = [tj.saker.ny_versjon(dokument, sjekksum=tegn * 64, **felter) for tegn in "ab"]  # type: ignore[arg-type]
    assert [versjon.versjonsnummer for versjon in versjoner] == [1, 2]
    versjoner[0].filnavn = "noe annet.pdf"
    with pytest.raises(ValueError, match="lagret for godt"):
        session.flush()
