"""From a decided treatment to a protocol: frozen when approved, made once, published when the guards say so."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.orm import Session

from factories import raad
from saksbehandling.clock import FixedClock
from saksbehandling.documents.readback import read_data
from saksbehandling.documents.tekstuttrekk import tekst_fra_docx
from saksbehandling.errors import InvalidFile, NotFound, Refusal
from saksbehandling.identity.kodeverk import Rolle
from saksbehandling.identity.rules import ALLE, Identitet
from saksbehandling.jobs.models import Oppgavetype, Utboks
from saksbehandling.moete.models import Moetesak
from saksbehandling.protokoll.data import fra_json
from saksbehandling.protokoll.filer import DOKUMENTTYPE, filnavn
from saksbehandling.protokoll.lesing import protokoll_i
from saksbehandling.protokoll.models import Protokoll
from saksbehandling.richtext import parse_notation
from saksbehandling.saksmappe.models import Dokument
from saksbehandling.tjenester import Tjenester
from saksbehandling.votering.kodeverk import Forslagstype, Voteringsform
from saksbehandling.votering.services import Voteringsinndata, forslag_i


@pytest.fixture
def tj(session: Session, klokke: FixedClock) -> Tjenester:
    return raad.tjenester(session, klokke)


def vedtatt(tj: Tjenester, **felter: Any) -> Moetesak:
    """A treatment that is decided, with a proposal and a note in its minutes."""
    moetesak = raad.behandling(tj, raad.utvalg(tj.session), raad.sak(tj, **felter))
    tj.moeter.noter(moetesak, parse_notation("Havnesjefen orienterte."))
    forslag = tj.forslag.fremsett(
        moetesak, Forslagstype.TILLEGG, parse_notation("Kaia får lys."), [raad.stiller(tj, moetesak.utvalg, "SV")]
    )
    for objekter in (raad.segmenter(moetesak), [forslag]):
        tj.voteringer.registrer(moetesak, Voteringsinndata(Voteringsform.FOR_MOT, objekter, enstemmig=True))
    tj.vedtak.fatt(moetesak, raad.SEKRETAER)
    return moetesak


def skjermet(tj: Tjenester) -> Moetesak:
    return vedtatt(tj, tittel="Klage fra Ola Hansen", skjermingshjemmel="offl. § 13", offentlig_tittel="Klage")


def dokumentet(tj: Tjenester, protokoll: Protokoll) -> Dokument:
    tj.protokollfiler.lag_dokument(protokoll.id)
    assert protokoll.dokumentversjon is not None
    return protokoll.dokumentversjon.dokument


def test_the_draft_tells_everything_that_was_minuted(tj: Tjenester) -> None:
    data = tj.protokollutkast.utkast(vedtatt(tj), None)
    assert (data.kommune, data.utvalg, data.sak, data.arkivsak) == ("Sundvik kommune", "Kommunestyret", "1/19", "19/1")
    assert [punkt.overskrift for punkt in data.behandling] == ["", "SV1 SV1sen (SV), tilleggsforslag:"]
    assert len(data.vedtak) == 4
    assert len(data.voteringer) == 2
    assert data.godkjenning is None


def test_nothing_is_printed_before_anything_is_minuted(tj: Tjenester) -> None:
    moetesak = raad.behandling(tj, raad.utvalg(tj.session), raad.sak(tj))
    with pytest.raises(NotFound, match="ikke protokollført noe i PS 1/19"):
        tj.protokollfiler.docx(moetesak)


def test_an_approved_protocol_stands_although_the_rows_change(tj: Tjenester) -> None:
    moetesak = vedtatt(tj)
    protokoll = tj.protokoller.godkjenn(moetesak, raad.SEKRETAER)
    foer, dokument = tj.protokollutkast.data(moetesak), tj.protokollfiler.docx(moetesak)
    moetesak.tittel = "Noe helt annet"
    moetesak.utvalg.navn = "Bystyret"
    forslag_i(tj.session, moetesak)[0].blokker = parse_notation("Kaia rives.")
    tj.session.flush()
    tj.session.expire_all()
    assert tj.protokollutkast.data(moetesak) == foer == fra_json(protokoll.data)
    assert tj.protokollfiler.docx(moetesak) == dokument
    assert foer.godkjenning is not None
    assert foer.godkjenning.av == (raad.SEKRETAER.navn,)


def test_approval_needs_a_treatment_that_is_over_and_a_role(tj: Tjenester) -> None:
    moetesak = raad.behandling(tj, raad.utvalg(tj.session), raad.sak(tj))
    with pytest.raises(Refusal, match="ikke mulig nå"):
        tj.protokoller.godkjenn(moetesak, raad.SEKRETAER)
    ferdig = raad.behandling(tj, moetesak.utvalg, raad.sak(tj))
    tj.moeter.utsett(ferdig, raad.SEKRETAER, None)
    with pytest.raises(Refusal):
        tj.protokoller.godkjenn(ferdig, Identitet("Vara", roller=frozenset({(Rolle.VARA, None)})))
    assert protokoll_i(tj.session, ferdig) is None


def test_the_document_is_asked_for_when_frozen_and_made_once(tj: Tjenester) -> None:
    moetesak = vedtatt(tj)
    protokoll = tj.protokoller.godkjenn(moetesak, raad.SEKRETAER)
    tj.session.flush()
    oppgaver = tj.session.query(Utboks).filter_by(type=Oppgavetype.LAG_PROTOKOLL)
    assert [rad.nyttelast for rad in oppgaver] == [{"protokoll_id": protokoll.id}]
    dokument = dokumentet(tj, protokoll)
    assert dokumentet(tj, protokoll) is dokument
    protokoller = [post for post in moetesak.saksmappe.journalposter if post.dokumenter[0].dokumenttype == DOKUMENTTYPE]
    assert len(protokoller) == 1
    (versjon,) = dokument.versjoner
    assert tj.felles.store.get(versjon.sjekksum) == tj.protokollfiler.docx(moetesak)
    assert versjon.filnavn == filnavn(moetesak) == "saksprotokoll-kommunestyret-1-19-2019-08-29.docx"


def test_the_document_holds_the_decision_and_its_data(tj: Tjenester) -> None:
    moetesak = vedtatt(tj)
    tj.protokoller.godkjenn(moetesak, raad.SEKRETAER)
    docx = tj.protokollfiler.docx(moetesak)
    assert "Sundvik kommune bygger ny kai ved fergeleiet." in tekst_fra_docx(docx)
    assert fra_json(read_data(docx)) == tj.protokollutkast.data(moetesak)


@pytest.mark.parametrize("dokument_foerst", [True, False])
def test_the_document_is_public_with_its_treatment(tj: Tjenester, dokument_foerst: bool) -> None:
    moetesak = vedtatt(tj)
    protokoll = tj.protokoller.godkjenn(moetesak, raad.SEKRETAER)
    if dokument_foerst:
        assert ALLE not in dokumentet(tj, protokoll).lesere
    assert ALLE not in moetesak.lesere
    tj.protokoller.publiser(moetesak, raad.SEKRETAER)
    assert ALLE in moetesak.lesere
    assert ALLE in dokumentet(tj, protokoll).lesere


def test_publishing_needs_approval(tj: Tjenester) -> None:
    moetesak = vedtatt(tj)
    with pytest.raises(Refusal, match="ikke mulig nå"):
        tj.protokoller.publiser(moetesak, raad.SEKRETAER)
    assert moetesak.publisert is None


def test_publishing_needs_settled_screening(tj: Tjenester) -> None:
    moetesak = skjermet(tj)
    tj.protokoller.godkjenn(moetesak, raad.SEKRETAER)
    moetesak.saksmappe.offentlig_tittel = moetesak.saksmappe.tittel
    with pytest.raises(Refusal, match="mangler en offentlig tittel"):
        tj.protokoller.publiser(moetesak, raad.SEKRETAER)
    assert moetesak.publisert is None


def test_a_screened_protocol_is_public_to_nobody_and_carries_no_data(tj: Tjenester) -> None:
    moetesak = skjermet(tj)
    protokoll = tj.protokoller.godkjenn(moetesak, raad.SEKRETAER)
    dokument = dokumentet(tj, protokoll)
    tj.protokoller.publiser(moetesak, raad.SEKRETAER)
    assert all(ALLE not in ting.lesere for ting in (moetesak, dokument))
    innhold = tj.felles.store.get(dokument.versjoner[0].sjekksum)
    with pytest.raises(InvalidFile, match="ingen data"):
        read_data(innhold)


def test_a_correction_is_a_new_version(tj: Tjenester) -> None:
    moetesak = vedtatt(tj)
    foerste = tj.protokoller.godkjenn(moetesak, raad.SEKRETAER)
    andre = tj.protokoller.frys(moetesak, tj.protokollutkast.utkast(moetesak, None), raad.SEKRETAER)
    assert (foerste.versjonsnummer, andre.versjonsnummer) == (1, 2)
    assert protokoll_i(tj.session, moetesak) is andre


def test_a_case_that_was_only_postponed_has_a_protocol_too(tj: Tjenester) -> None:
    moetesak = raad.behandling(tj, raad.utvalg(tj.session), raad.sak(tj))
    tj.moeter.noter(moetesak, parse_notation("Møtet rakk ikke saken."))
    tj.moeter.utsett(moetesak, raad.SEKRETAER, None)
    tj.protokoller.godkjenn(moetesak, raad.SEKRETAER)
    assert "Møtet rakk ikke saken." in tekst_fra_docx(tj.protokollfiler.docx(moetesak))
