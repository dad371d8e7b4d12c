"""From ballots to a decision: computing, editing with a reason, origins, moving the case on, follow-up."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy.orm import Session

from factories import raad
from saksbehandling.clock import FixedClock
from saksbehandling.errors import InvalidInput, Refusal
from saksbehandling.moete.models import Moetesak, Moetesaksutfall
from saksbehandling.richtext import Blocks, parse_notation, plain_text
from saksbehandling.saksmappe.models import Segment
from saksbehandling.tjenester import Tjenester
from saksbehandling.vedtak.models import Avsnittstype, Vedtak
from saksbehandling.vedtak.services import vedtak_i
from saksbehandling.votering.kodeverk import Forslagsstatus, Forslagstype, Voteringsform
from saksbehandling.votering.lesing import bortfalt_sist
from saksbehandling.votering.models import Forslag, Votering
from saksbehandling.votering.services import Voteringsinndata

MAI = dt.date(2019, 5, 9)
TILLEGG = "Kaia får ladepunkt for ferger."


@pytest.fixture
def tj(session: Session, klokke: FixedClock) -> Tjenester:
    return raad.tjenester(session, klokke)


@pytest.fixture
def moetesak(tj: Tjenester, session: Session) -> Moetesak:
    """In a council of Ap 4, H 3 and SV 2, all present, on an innstilling of three paragraphs."""
    return raad.behandling(tj, raad.utvalg(session), raad.sak(tj))


@pytest.fixture
def i_komite(tj: Tjenester, session: Session) -> Moetesak:
    return raad.behandling(tj, raad.komite(session), raad.sak(tj))


def forslag(
    tj: Tjenester, moetesak: Moetesak, tekst: str = TILLEGG, slag: Forslagstype = Forslagstype.TILLEGG, **felter: Any
) -> Forslag:
    stillere = [raad.stiller(tj, moetesak.utvalg, "Ap")]
    return tj.forslag.fremsett(moetesak, slag, parse_notation(tekst), stillere, **felter)


def voter(tj: Tjenester, moetesak: Moetesak, *objekter: Segment | Forslag, **felter: Any) -> Votering:
    felter = {"enstemmig": not felter, **felter}
    return tj.voteringer.registrer(moetesak, Voteringsinndata(Voteringsform.FOR_MOT, objekter, **felter))


def fatt(tj: Tjenester, moetesak: Moetesak, **felter: Any) -> Vedtak:
    return tj.vedtak.fatt(moetesak, raad.SEKRETAER, dato=moetesak.moete.dato, **felter)


def ord_(vedtak: Vedtak, slag: Avsnittstype = Avsnittstype.TEKST) -> list[str]:
    return [plain_text(rad.blokker) for rad in vedtak.avsnitt if rad.avsnittstype is slag]


def blokker(vedtak_eller_sak: Moetesak) -> list[Blocks]:
    return [segment.blokker for segment in raad.segmenter(vedtak_eller_sak)]


def test_the_decision_is_what_was_adopted_each_paragraph_with_its_origin(tj: Tjenester, moetesak: Moetesak) -> None:
    segmenter, nytt, falt = raad.segmenter(moetesak), forslag(tj, moetesak), forslag(tj, moetesak, "Kaia males.")
    hoved = voter(tj, moetesak, *segmenter)
    for_nytt = voter(tj, moetesak, nytt, mot_partier={"SV": 2})
    voter(tj, moetesak, falt, for_partier={"SV": 2}, mot_partier={"Ap": 4, "H": 3})
    vedtak = fatt(tj, moetesak)
    assert [(rad.segment, rad.forslag, rad.votering) for rad in vedtak.avsnitt] == [
        *((segment, None, hoved) for segment in segmenter),
        (None, nytt, for_nytt),
    ]
    assert [rad.blokker for rad in vedtak.avsnitt[:3]] == blokker(moetesak)
    assert [nytt.utfall, falt.utfall] == [Forslagsstatus.VEDTATT, Forslagsstatus.FALT]
    assert vedtak.redigeringer == []
    assert vedtak_i(tj.session, moetesak) is vedtak


def test_the_case_moves_on(tj: Tjenester, moetesak: Moetesak) -> None:
    voter(tj, moetesak, *raad.segmenter(moetesak))
    fatt(tj, moetesak)
    flyter = [flyt.aktive for flyt in (moetesak.flyt, moetesak.saksmappe.flyt) if flyt]
    assert flyter == ["behandlet", "vedtatt"]
    assert (moetesak.utfall, moetesak.resultat) == (Moetesaksutfall.BEHANDLET, "Behandlet")


def test_everything_that_is_missing_is_told_at_once(tj: Tjenester, moetesak: Moetesak) -> None:
    forslag(tj, moetesak)
    voter(tj, moetesak, raad.segmenter(moetesak)[0])
    with pytest.raises(Refusal) as avslag:
        fatt(tj, moetesak)
    assert [grunn.felt for grunn in avslag.value.reasons] == ["segmenter", "forslag"]
    assert "Avsnitt 2, 3 er ikke avgjort" in str(avslag.value)
    assert vedtak_i(tj.session, moetesak) is None


def test_open_proposals_lapse_only_when_the_secretary_says_so(tj: Tjenester, moetesak: Moetesak) -> None:
    aapent = forslag(tj, moetesak)
    voter(tj, moetesak, *raad.segmenter(moetesak))
    with pytest.raises(Refusal, match="Forslag 1 fra Ap1 Ap1sen er ikke avgjort"):
        fatt(tj, moetesak)
    fatt(tj, moetesak, lukk=True)
    assert aapent.utfall is Forslagsstatus.BORTFALT


def test_without_anything_to_decide_there_is_no_decision(tj: Tjenester, session: Session) -> None:
    sak = raad.sak(tj, godkjent=False)
    tj.saker.hendelse(sak, "send_til_uttalelse", raad.SEKRETAER)
    with pytest.raises(Refusal, match="ikke stemt over noe"):
        fatt(tj, raad.behandling(tj, raad.raad(session), sak, MAI))


def test_the_secretary_may_order_what_is_not_ordered_by_the_text(tj: Tjenester, moetesak: Moetesak) -> None:
    en, to = forslag(tj, moetesak, "Kaia får lys."), forslag(tj, moetesak, "Kaia får benker.")
    voter(tj, moetesak, *raad.segmenter(moetesak))
    voter(tj, moetesak, en)
    voter(tj, moetesak, to)
    vedtak = fatt(tj, moetesak, rekkefoelge=[to, en])
    assert ord_(vedtak)[3:] == ["Kaia får benker.", "Kaia får lys."]
    assert vedtak.redigeringer == []


def test_an_edit_needs_a_reason_and_is_kept_with_it(tj: Tjenester, moetesak: Moetesak) -> None:
    voter(tj, moetesak, *raad.segmenter(moetesak))
    redigert = [*blokker(moetesak)[:2], parse_notation("Arbeidet lyses ut før høsten.")]
    with pytest.raises(InvalidInput) as feil:
        fatt(tj, moetesak, redigert=redigert, begrunnelse=" ")
    assert feil.value.felt == "begrunnelse"


def test_an_edit_keeps_the_origin_and_tells_what_was_changed(tj: Tjenester, moetesak: Moetesak) -> None:
    voter(tj, moetesak, *raad.segmenter(moetesak))
    redigert = [*blokker(moetesak)[:2], parse_notation("Arbeidet lyses ut før høsten.")]
    vedtak = fatt(tj, moetesak, redigert=redigert, begrunnelse="Skrivefeil, rettet av møtelederen.")
    (endring,) = vedtak.redigeringer
    assert (endring.beregnet, endring.redigert) == ("Arbeidet lyses ut før sommeren.", "Arbeidet lyses ut før høsten.")
    assert (endring.redigert_av, endring.begrunnelse) == (raad.SEKRETAER.navn, "Skrivefeil, rettet av møtelederen.")
    assert vedtak.avsnitt[2].segment is raad.segmenter(moetesak)[2]


def test_the_same_text_sent_back_is_no_edit(tj: Tjenester, moetesak: Moetesak) -> None:
    voter(tj, moetesak, *raad.segmenter(moetesak))
    assert fatt(tj, moetesak, redigert=blokker(moetesak)).redigeringer == []


def test_an_innstilling_is_wrapped_and_goes_on(tj: Tjenester, i_komite: Moetesak) -> None:
    nytt = forslag(tj, i_komite)
    voter(tj, i_komite, *raad.segmenter(i_komite))
    voter(tj, i_komite, nytt)
    vedtak = fatt(tj, i_komite, resultat="Annet forslag vedtatt")
    assert ord_(vedtak, Avsnittstype.INNLEDNING)[-1].upper().startswith("INNSTILLING")
    assert i_komite.avgitt_tekst is not None
    assert [segment.blokker for segment in i_komite.avgitt_tekst.segmenter] == [
        *blokker(i_komite),
        parse_notation(TILLEGG),
    ]
    assert i_komite.resultat == "Annet forslag vedtatt"


@pytest.mark.parametrize(
    ("slag", "utfall", "resultat"),
    [
        (Forslagstype.UTSETTELSE, Moetesaksutfall.UTSATT, "Saken utsatt"),
        (Forslagstype.TILBAKESENDELSE, Moetesaksutfall.TILBAKESENDT, "Saken sendt tilbake"),
    ],
)
def test_a_case_that_is_stopped_carries_its_text_on(
    tj: Tjenester, i_komite: Moetesak, slag: Forslagstype, utfall: Moetesaksutfall, resultat: str
) -> None:
    aapent, stopp = forslag(tj, i_komite), forslag(tj, i_komite, "Saken venter på svar fra staten.", slag)
    voter(tj, i_komite, stopp)
    vedtak = fatt(tj, i_komite)
    assert ord_(vedtak) == ["Saken venter på svar fra staten."]
    assert [rad.blokker for rad in vedtak.avsnitt if rad.avsnittstype is Avsnittstype.FOELGER_SAKEN] == blokker(
        i_komite
    )
    assert (i_komite.utfall, i_komite.resultat) == (utfall, resultat)
    assert i_komite.avgitt_tekst is i_komite.grunntekst
    assert aapent.utfall is Forslagsstatus.BORTFALT


@pytest.mark.parametrize("slag", [Forslagstype.UTSETTELSE, Forslagstype.TILBAKESENDELSE])
def test_what_lapsed_is_shown_where_the_case_comes_up_again(
    tj: Tjenester, moetesak: Moetesak, slag: Forslagstype
) -> None:
    aapent, stopp = forslag(tj, moetesak), forslag(tj, moetesak, "Saken stanses.", slag)
    assert bortfalt_sist(tj.session, moetesak) == []
    voter(tj, moetesak, stopp)
    fatt(tj, moetesak)
    if slag is Forslagstype.TILBAKESENDELSE:
        raad.godkjenn(tj, moetesak.saksmappe)
    neste = raad.behandling(tj, moetesak.utvalg, moetesak.saksmappe, dt.date(2019, 9, 12))
    assert bortfalt_sist(tj.session, neste) == [aapent]
    assert neste.grunntekst is moetesak.grunntekst or slag is Forslagstype.TILBAKESENDELSE


@pytest.mark.parametrize(
    ("tilsluttet", "overskrift"),
    [([], []), (["Ap"], ["FLERTALLSMERKNAD - SV, Ap:"]), (["H"], ["FLERTALLSMERKNAD - SV, H:"])],
)
def test_a_remark_of_a_majority_stands_after_the_decision(
    tj: Tjenester, moetesak: Moetesak, tilsluttet: list[str], overskrift: list[str]
) -> None:
    merknad = tj.forslag.merk(moetesak, parse_notation("Kaia haster."), raad.stiller(tj, moetesak.utvalg, "SV"))
    tj.forslag.slutt_til(merknad, [raad.parti(tj.session, kode) for kode in tilsluttet])
    voter(tj, moetesak, *raad.segmenter(moetesak))
    rader = [rad for rad in fatt(tj, moetesak).avsnitt if rad.avsnittstype is Avsnittstype.MERKNAD]
    assert [(rad.merknad, rad.overskrift) for rad in rader] == [(merknad, linje) for linje in overskrift]


def test_a_substitute_of_another_party_votes_as_the_attendance_says(tj: Tjenester, session: Session) -> None:
    styret = raad.utvalg(session, seter={"Ap": 2, "H": 1}, vara={"H": 1})
    moetesak = raad.behandling(tj, styret, raad.sak(tj))
    vara = raad.medlem(tj, styret, "H", vara=True)
    gaar = raad.medlem(tj, styret, "Ap")
    inne = [rad for rad in raad.medlemmer(tj, styret) if rad is not gaar]
    tj.moeter.registrer_oppmoete(moetesak.moete, [*inne, vara], vara_for={vara.id: gaar})
    voter(tj, moetesak, *raad.segmenter(moetesak), for_partier={"H": 2}, mot_partier={"Ap": 1})
    assert len(fatt(tj, moetesak).avsnitt) == 3


def test_follow_up_needs_a_text_and_somebody(tj: Tjenester, moetesak: Moetesak) -> None:
    voter(tj, moetesak, *raad.segmenter(moetesak))
    vedtak = fatt(tj, moetesak)
    punkt = tj.oppfoelging.foelg_opp(vedtak, "Lys ut arbeidet.", "Havnesjefen", dt.date(2020, 1, 15))
    assert vedtak.oppfoelginger == [punkt]
    for tekst, ansvarlig in ((" ", "Havnesjefen"), ("Lys ut arbeidet.", "")):
        with pytest.raises(InvalidInput, match="oppfølgingspunkt"):
            tj.oppfoelging.foelg_opp(vedtak, tekst, ansvarlig, None)


def test_open_follow_up_keeps_the_case_open(tj: Tjenester, moetesak: Moetesak) -> None:
    voter(tj, moetesak, *raad.segmenter(moetesak))
    tj.oppfoelging.foelg_opp(fatt(tj, moetesak), "Lys ut arbeidet.", "Havnesjefen", None)
    tj.protokoller.godkjenn(moetesak, raad.SEKRETAER)
    tj.protokoller.publiser(moetesak, raad.SEKRETAER)
    tj.saker.hendelse(moetesak.saksmappe, "publiser", raad.SEKRETAER)
    with pytest.raises(Refusal, match="1 oppfølgingspunkt er ikke ferdige"):
        tj.saker.hendelse(moetesak.saksmappe, "avslutt", raad.SEKRETAER)


def test_two_statements_both_count(tj: Tjenester, session: Session) -> None:
    sak = raad.sak(tj, godkjent=False)
    tj.saker.hendelse(sak, "send_til_uttalelse", raad.SEKRETAER)
    behandlinger = [raad.behandling(tj, raad.raad(session, navn), sak, MAI) for navn in ("Eldrerådet", "Ungdomsrådet")]
    for moetesak in behandlinger:
        with pytest.raises(Refusal, match="Uttalelse mangler fra "):
            tj.saker.hendelse(sak, "fullfoer_saksframlegg", raad.SEKRETAER)
        voter(tj, moetesak, forslag(tj, moetesak, f"{moetesak.utvalg.navn} er for."))
        vedtak = fatt(tj, moetesak)
        assert ord_(vedtak, Avsnittstype.INNLEDNING)[-1].upper().startswith("UTTALELSE")
    tj.saker.hendelse(sak, "fullfoer_saksframlegg", raad.SEKRETAER)
