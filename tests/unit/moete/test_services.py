"""Meetings: agenda and number series, which text is voted on, attendance, habilitet, conflicts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from factories import raad
from saksbehandling.clock import FixedClock
from saksbehandling.errors import Conflict, InvalidInput, NotFound, Refusal
from saksbehandling.identity.rules import ALLE
from saksbehandling.moete.kodeverk import Moetestatus
from saksbehandling.moete.models import Habilitetsutfall, Moetesak, Moetesaksutfall
from saksbehandling.moete.oppmoete import inhabile_i
from saksbehandling.richtext import parse_notation, plain_text
from saksbehandling.saksmappe.models import Dokument, Journalposttype, Saksmappe
from saksbehandling.tjenester import Tjenester
from saksbehandling.utvalg.models import Utvalg
from saksbehandling.votering.kodeverk import Behandlingstype, Forslagsstatus, Forslagstype, Voteringsform
from saksbehandling.votering.services import Voteringsinndata

JUNI, AUGUST, NESTE_AAR = dt.date(2019, 6, 13), dt.date(2019, 8, 29), dt.date(2020, 1, 30)
NOTAT = parse_notation("Havnesjefen orienterte.")


@pytest.fixture
def tj(session: Session, klokke: FixedClock) -> Tjenester:
    return raad.tjenester(session, klokke)


@pytest.fixture
def styret(session: Session) -> Utvalg:
    return raad.utvalg(session)


@pytest.fixture
def komiteen(session: Session) -> Utvalg:
    return raad.komite(session)


def utsett(tj: Tjenester, moetesak: Moetesak) -> None:
    tj.moeter.utsett(moetesak, raad.SEKRETAER, None, dato=moetesak.moete.dato)


def innstill(tj: Tjenester, moetesak: Moetesak, tekst: str = "Kaia bygges i stein.") -> None:
    """The committee recommends another text."""
    alt = tj.forslag.fremsett(
        moetesak, Forslagstype.ALTERNATIVT, parse_notation(tekst), [raad.stiller(tj, moetesak.utvalg, "Ap")]
    )
    tj.voteringer.registrer(moetesak, Voteringsinndata(Voteringsform.FOR_MOT, [alt], enstemmig=True))
    tj.vedtak.fatt(moetesak, raad.SEKRETAER, dato=moetesak.moete.dato)


def tekst(moetesak: Moetesak) -> list[str]:
    return [plain_text(segment.blokker) for segment in raad.segmenter(moetesak)]


def test_a_body_meets_once_a_day(tj: Tjenester, styret: Utvalg) -> None:
    moete = tj.moeter.opprett(styret, AUGUST, sted="Rådhuset")
    assert tj.moeter.finn_moete(styret, AUGUST) is moete
    with pytest.raises(InvalidInput, match=r"allerede et møte 29\.08\.2019"):
        tj.moeter.opprett(styret, AUGUST)


def test_each_body_has_its_own_series_each_year(tj: Tjenester, session: Session, styret: Utvalg) -> None:
    raadet = raad.raad(session)
    saker = [raad.sak(tj, godkjent=False) for _ in range(2)]
    for sak in saker:
        tj.saker.hendelse(sak, "send_til_uttalelse", raad.SEKRETAER)
    i_tur = zip(saker, (JUNI, NESTE_AAR), strict=True)
    uttalelser = [raad.behandling(tj, raadet, sak, dato, aapnet=False) for sak, dato in i_tur]
    vedtak = [raad.behandling(tj, styret, raad.sak(tj), dato, aapnet=False) for dato in (JUNI, AUGUST)]
    assert [ett.saksnummer for ett in (*uttalelser, *vedtak)] == ["PS 1/19", "PS 1/20", "PS 1/19", "PS 2/19"]


def test_a_wanted_number_is_given_and_counted_on_from(tj: Tjenester, styret: Utvalg) -> None:
    foerste = raad.behandling(tj, styret, raad.sak(tj), JUNI, nummer=87)
    assert foerste.saksnummer == "PS 87/19"
    assert raad.behandling(tj, styret, raad.sak(tj), JUNI).saksnummer == "PS 88/19"
    with pytest.raises(InvalidInput, match=r"87/19 er allerede brukt i Kommunestyret") as feil:
        raad.behandling(tj, styret, raad.sak(tj), AUGUST, nummer=87)
    assert feil.value.felt == "nummer"


@pytest.mark.parametrize(("behold", "nummer"), [(True, "PS 1/19"), (False, "PS 2/19")])
def test_a_postponed_case_keeps_its_number_or_gets_a_new_one(
    tj: Tjenester, session: Session, behold: bool, nummer: str
) -> None:
    styret = raad.utvalg(session, behold_nummer_ved_utsettelse=behold)
    sak = raad.sak(tj)
    foerste = raad.behandling(tj, styret, sak, JUNI)
    utsett(tj, foerste)
    andre = raad.behandling(tj, styret, sak, AUGUST)
    assert (andre.saksnummer, andre.forrige) == (nummer, foerste)
    assert tj.moeter.finn_moetesak("Kommunestyret", "1/19", JUNI) is foerste
    assert tj.moeter.finn_moetesak("kommunestyret", f"PS {nummer[3:]}", AUGUST) is andre


@pytest.mark.parametrize(
    ("utvalg", "nummer", "dato"), [("Kommunestyret", "9/19", JUNI), ("Kommunestyret", "1/19", AUGUST)]
)
def test_a_treatment_that_is_not_there_is_told_by_name(
    tj: Tjenester, styret: Utvalg, utvalg: str, nummer: str, dato: dt.date
) -> None:
    raad.behandling(tj, styret, raad.sak(tj), JUNI)
    with pytest.raises(NotFound, match=f"ingen sak {nummer}"):
        tj.moeter.finn_moetesak(utvalg, nummer, dato)


def test_a_case_stands_once_on_an_agenda(tj: Tjenester, styret: Utvalg) -> None:
    sak = raad.sak(tj)
    raad.behandling(tj, styret, sak, JUNI)
    with pytest.raises(InvalidInput, match="står allerede"):
        raad.behandling(tj, styret, sak, JUNI)


@pytest.mark.parametrize(
    ("organ", "grunn"),
    [("raad", "kan ikke startes nå"), ("styret", "er ikke mulig nå")],
)
def test_the_workflow_decides_what_may_be_put_on_an_agenda(
    tj: Tjenester, session: Session, styret: Utvalg, organ: str, grunn: str
) -> None:
    sak = raad.sak(tj, godkjent=organ == "raad")
    with pytest.raises(Refusal, match=grunn):
        raad.behandling(tj, raad.raad(session) if organ == "raad" else styret, sak)


def test_a_committee_cannot_take_what_waits_for_the_council(tj: Tjenester, komiteen: Utvalg) -> None:
    sak = raad.sak(tj)
    innstill(tj, raad.behandling(tj, komiteen, sak, JUNI))
    with pytest.raises(Refusal, match="har fått sin innstilling"):
        raad.behandling(tj, komiteen, sak, AUGUST)


def test_the_text_goes_from_the_saksframlegg_over_the_committee_to_the_council(
    tj: Tjenester, session: Session, komiteen: Utvalg, styret: Utvalg
) -> None:
    sak = raad.sak(tj, godkjent=False)
    tj.saker.hendelse(sak, "send_til_uttalelse", raad.SEKRETAER)
    i_raadet = raad.behandling(tj, raad.raad(session), sak, dt.date(2019, 2, 20))
    tj.moeter.hendelse(i_raadet, "trekk", raad.SEKRETAER)
    raad.godkjenn(tj, sak)
    i_komiteen = raad.behandling(tj, komiteen, sak, JUNI)
    innstill(tj, i_komiteen)
    assert i_raadet.grunntekst is None
    assert i_raadet.tittel == "Til uttalelse: Ny kai ved fergeleiet"
    assert len(tekst(i_komiteen)) == len(raad.INNSTILLING)
    assert tekst(raad.behandling(tj, styret, sak, AUGUST)) == ["Kaia bygges i stein."]


@pytest.mark.parametrize("organ", ["komiteen", "styret"])
def test_a_postponed_body_votes_on_the_text_that_it_had(
    tj: Tjenester, komiteen: Utvalg, styret: Utvalg, organ: str
) -> None:
    sak = raad.sak(tj)
    utvalg = komiteen if organ == "komiteen" else styret
    foerste = raad.behandling(tj, utvalg, sak, JUNI)
    utsett(tj, foerste)
    assert raad.behandling(tj, utvalg, sak, AUGUST).grunntekst is foerste.grunntekst


def test_what_was_sent_back_returns_with_the_new_saksframlegg(tj: Tjenester, komiteen: Utvalg, styret: Utvalg) -> None:
    sak = raad.sak(tj)
    innstill(tj, raad.behandling(tj, komiteen, sak, dt.date(2019, 5, 9)))
    i_styret = raad.behandling(tj, styret, sak, JUNI)
    tj.moeter.hendelse(i_styret, "send_tilbake", raad.SEKRETAER)
    raad.skriv(tj, sak, ["Kaia flyttes til Nordneset."])
    raad.godkjenn(tj, sak)
    assert tekst(raad.behandling(tj, styret, sak, AUGUST)) == ["Kaia flyttes til Nordneset."]


def test_a_postponed_case_that_got_a_new_innstilling_returns_with_that(
    tj: Tjenester, komiteen: Utvalg, styret: Utvalg
) -> None:
    sak = raad.sak(tj)
    utsett(tj, raad.behandling(tj, styret, sak, JUNI))
    tj.saker.hendelse(sak, "send_tilbake", raad.SEKRETAER)
    raad.godkjenn(tj, sak)
    innstill(tj, raad.behandling(tj, komiteen, sak, dt.date(2019, 8, 20)), "Kaia bygges i tre.")
    assert tekst(raad.behandling(tj, styret, sak, AUGUST)) == ["Kaia bygges i tre."]


def test_an_empty_agenda_is_not_sent(tj: Tjenester, styret: Utvalg) -> None:
    with pytest.raises(Refusal, match="Sakslisten er tom"):
        tj.sakslister.publiser(raad.moete(tj, styret))


def _med_dokumenter(tj: Tjenester, sak: Saksmappe) -> None:
    for posttype in (Journalposttype.INNGAAENDE, Journalposttype.INTERNT):
        dokument = Dokument(tittel=posttype.value, dokumenttype="Brev", tekst=NOTAT)
        tj.saker.journalfoer(sak, posttype, posttype.value, dato=JUNI, dokumenter=[dokument])


def test_a_sent_agenda_makes_the_papers_public_but_not_the_internal_ones(tj: Tjenester, styret: Utvalg) -> None:
    sak = raad.sak(tj)
    _med_dokumenter(tj, sak)
    moetesak = raad.behandling(tj, styret, sak, aapnet=False)
    assert ALLE not in sak.lesere
    tj.sakslister.publiser(moetesak.moete)
    assert moetesak.moete.status is Moetestatus.INNKALT
    assert ALLE in sak.lesere
    synlige = {post.journalposttype for post in sak.journalposter if ALLE in post.dokumenter[0].lesere}
    assert synlige == {Journalposttype.SAKSFRAMLEGG, Journalposttype.INNGAAENDE}
    assert f"utvalg:{styret.id}" in moetesak.lesere
    assert ALLE not in moetesak.lesere


def test_a_screened_case_goes_to_the_members_and_to_nobody_else(tj: Tjenester, styret: Utvalg) -> None:
    sak = raad.sak(tj, "Klage fra Ola Hansen", skjermingshjemmel="offl. § 13", offentlig_tittel="Klage")
    moetesak = raad.behandling(tj, styret, sak, aapnet=False)
    tj.sakslister.publiser(moetesak.moete)
    ting = [sak, moetesak, *(dokument for post in sak.journalposter for dokument in post.dokumenter)]
    assert all(ALLE not in en.lesere and f"utvalg:{styret.id}" in en.lesere for en in ting)
    assert moetesak.offentlig_tittel == "Klage"


def test_members_enter_and_leave_and_substitutes_stand_in(tj: Tjenester, session: Session) -> None:
    styret = raad.utvalg(session, vara={"H": 1})
    moete = raad.moete(tj, styret)
    faste = raad.medlemmer(tj, styret)
    gikk, vara = raad.medlem(tj, styret, "H"), raad.medlem(tj, styret, "H", vara=True)
    uten = [rad for rad in faste if rad is not gikk]
    tj.moeter.registrer_oppmoete(moete, [*uten, vara], vara_for={vara.id: gikk}, kl=dt.time(18, 30))
    rader = {rad.medlemskap.person.fornavn: (rad.fra, rad.til, rad.vara_for) for rad in moete.oppmoete}
    assert rader["H1"] == (None, dt.time(18, 30), None)
    assert rader["H4"] == (dt.time(18, 30), None, gikk)
    tj.moeter.registrer_oppmoete(moete, faste, kl=dt.time(19))
    assert {rad.medlemskap_id for rad in tj.moeter.til_stede(moete)} == {rad.id for rad in faste}
    assert len(moete.oppmoete) == len(faste) + 2


def test_more_than_the_seats_and_people_without_a_seat_are_refused(
    tj: Tjenester, session: Session, komiteen: Utvalg
) -> None:
    styret = raad.utvalg(session, vara={"H": 1})
    moete = raad.moete(tj, styret, moett=False)
    alle = tj.utvalg.medlemmer(styret, AUGUST)
    with pytest.raises(InvalidInput, match="10 til stede er flere enn de 9 plassene"):
        tj.moeter.registrer_oppmoete(moete, alle)
    with pytest.raises(InvalidInput, match="Ikke medlem av Kommunestyret: Ap1 Ap1sen"):
        tj.moeter.registrer_oppmoete(moete, [raad.medlem(tj, komiteen, "Ap")])
    sluttet = raad.medlem(tj, styret, "H")
    sluttet.til = AUGUST - dt.timedelta(days=1)
    session.flush()
    with pytest.raises(InvalidInput, match="Ikke medlem"):
        tj.moeter.registrer_oppmoete(moete, [sluttet])
    assert moete.oppmoete == []


def test_who_votes_are_those_present_who_are_not_inhabile(tj: Tjenester, styret: Utvalg) -> None:
    moetesak = raad.behandling(tj, styret, raad.sak(tj))
    annen = raad.behandling(tj, styret, raad.sak(tj))
    person = raad.medlem(tj, styret, "SV").person
    tj.habilitet.vurder(moetesak, person, Habilitetsutfall.INHABIL, NOTAT)
    frammoete = tj.moeter.frammoete(moetesak)
    assert frammoete is not None
    assert (frammoete.til_stede, dict(frammoete.per_parti)) == (8, {"Ap": 4, "H": 3, "SV": 1})
    assert (tj.moeter.frammoete(annen) or frammoete).til_stede == 9
    tj.habilitet.vurder(moetesak, person, Habilitetsutfall.HABIL, NOTAT)
    assert inhabile_i(moetesak) == set()


def test_without_attendance_nothing_is_said_of_it(tj: Tjenester, styret: Utvalg) -> None:
    assert tj.moeter.frammoete(raad.behandling(tj, styret, raad.sak(tj), moett=False)) is None


def test_a_quorum_is_half_of_the_members_in_that_very_case(tj: Tjenester, styret: Utvalg) -> None:
    moetesak = raad.behandling(tj, styret, raad.sak(tj))
    tj.voteringer.registrer(moetesak, Voteringsinndata(Voteringsform.FOR_MOT, raad.segmenter(moetesak), enstemmig=True))
    tj.moeter.registrer_oppmoete(moetesak.moete, raad.medlemmer(tj, styret)[:5])
    tj.habilitet.vurder(moetesak, raad.medlemmer(tj, styret)[0].person, Habilitetsutfall.INHABIL, NOTAT)
    with pytest.raises(Refusal, match="4 av minst 5 er til stede"):
        tj.vedtak.fatt(moetesak, raad.SEKRETAER)


def test_minutes_keep_the_order_in_which_things_were_said(tj: Tjenester, styret: Utvalg) -> None:
    moetesak = raad.behandling(tj, styret, raad.sak(tj))
    notat = tj.moeter.noter(moetesak, NOTAT)
    vurdering = tj.habilitet.vurder(moetesak, raad.medlem(tj, styret, "H").person, Habilitetsutfall.HABIL, NOTAT)
    siste = tj.moeter.noter(moetesak, NOTAT)
    assert [rad.rekkefoelge for rad in (notat, vurdering, siste)] == [1, 2, 3]
    with pytest.raises(InvalidInput, match="Skriv teksten"):
        tj.moeter.noter(moetesak, ())


def test_postponing_to_a_day_before_the_meeting_is_refused(tj: Tjenester, styret: Utvalg) -> None:
    moetesak = raad.behandling(tj, styret, raad.sak(tj))
    with pytest.raises(InvalidInput) as feil:
        tj.moeter.utsett(moetesak, raad.SEKRETAER, AUGUST)
    assert feil.value.felt == "utsatt_til"
    tj.moeter.utsett(moetesak, raad.SEKRETAER, NESTE_AAR)
    assert (moetesak.utfall, moetesak.utsatt_til) == (Moetesaksutfall.UTSATT, NESTE_AAR)


@pytest.mark.parametrize("hendelse", ["utsett", "send_tilbake", "trekk"])
def test_open_proposals_lapse_when_the_treatment_is_stopped(tj: Tjenester, styret: Utvalg, hendelse: str) -> None:
    moetesak = raad.behandling(tj, styret, raad.sak(tj))
    aapent, trukket = (
        tj.forslag.fremsett(moetesak, Forslagstype.TILLEGG, NOTAT, [raad.stiller(tj, styret, parti)])
        for parti in ("Ap", "H")
    )
    tj.forslag.trekk(trukket)
    tj.moeter.hendelse(moetesak, hendelse, raad.SEKRETAER)
    assert (aapent.utfall, trukket.utfall) == (Forslagsstatus.BORTFALT, Forslagsstatus.TRUKKET)


def test_a_treatment_without_workflow_takes_no_events(tj: Tjenester, styret: Utvalg) -> None:
    moetesak = raad.behandling(tj, styret, raad.sak(tj))
    moetesak.flyt = None
    tj.session.flush()
    with pytest.raises(Refusal, match="ingen arbeidsflyt"):
        tj.moeter.hendelse(moetesak, "utsett", raad.SEKRETAER)


@pytest.mark.parametrize(
    "handling",
    [
        lambda tj, moetesak: tj.moeter.noter(moetesak, NOTAT),
        lambda tj, moetesak: tj.moeter.sett_saksordfoerer(moetesak, None),
        lambda tj, moetesak: tj.moeter.hendelse(moetesak, "utsett", raad.SEKRETAER),
    ],
    ids=["notat", "saksordfører", "hendelse"],
)
def test_every_recording_moves_the_version_that_others_have_seen(
    tj: Tjenester, styret: Utvalg, handling: Callable[[Tjenester, Moetesak], object]
) -> None:
    moetesak = raad.behandling(tj, styret, raad.sak(tj))
    sett = moetesak.radversjon
    tj.moeter.krev_uendret(moetesak, sett)
    tj.moeter.krev_uendret(moetesak, None)
    handling(tj, moetesak)
    with pytest.raises(Conflict, match="Noen andre har registrert noe i PS 1/19"):
        tj.moeter.krev_uendret(moetesak, sett)


def test_the_committees_own_type_can_be_overruled(tj: Tjenester, komiteen: Utvalg) -> None:
    moetesak = raad.behandling(tj, komiteen, raad.sak(tj), behandlingstype=Behandlingstype.VEDTAK, tittel="Egen sak")
    assert (moetesak.behandlingstype, moetesak.tittel) == (Behandlingstype.VEDTAK, "Egen sak")
