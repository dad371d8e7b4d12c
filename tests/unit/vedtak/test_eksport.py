"""What was exported, read in again as another case, is consolidated to the same decision."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from factories import raad
from saksbehandling.clock import FixedClock
from saksbehandling.importering.gjenlesing import pakke_av
from saksbehandling.importering.pakke import Arkivsak, Pakke
from saksbehandling.moete.models import Moetesak
from saksbehandling.richtext import parse_notation
from saksbehandling.saksmappe.models import Segment
from saksbehandling.tjenester import Tjenester
from saksbehandling.vedtak.services import vedtak_i
from saksbehandling.votering.kodeverk import Forslagstype, Voteringsform
from saksbehandling.votering.models import Forslag
from saksbehandling.votering.services import Voteringsinndata

NESTE = dt.date(2019, 9, 12)


@pytest.fixture
def tj(session: Session, klokke: FixedClock) -> Tjenester:
    return raad.tjenester(session, klokke)


def behandlet(tj: Tjenester, vinner: dict[Forslagstype, bool]) -> Moetesak:
    """One proposal of each kind that changes the text, each won or lost; the innstilling is voted on last."""
    moetesak = raad.behandling(tj, raad.utvalg(tj.session), raad.sak(tj))
    foerste, andre, tredje = raad.segmenter(moetesak)
    stiller = [raad.stiller(tj, moetesak.utvalg, "SV")]
    for slag, maal in ((Forslagstype.ENDRING, foerste), (Forslagstype.STRYKNING, tredje), (Forslagstype.TILLEGG, None)):
        tekst = () if slag is Forslagstype.STRYKNING else parse_notation(f"Kaia får {slag.value}.")
        forslag = tj.forslag.fremsett(moetesak, slag, tekst, stiller, maal=maal)
        voter(tj, moetesak, [maal] if maal else [], forslag, vinner[slag])
    voter(tj, moetesak, [], andre, True)
    tj.vedtak.fatt(moetesak, raad.SEKRETAER)
    return moetesak


def voter(tj: Tjenester, moetesak: Moetesak, mot: list[Segment], objekt: Segment | Forslag, vinner: bool) -> None:
    """A paragraph is put against what would change it; the rest is voted for or against."""
    stor, liten = {"Ap": 4, "H": 3}, {"SV": 2}
    for_, mot_ = (stor, liten) if vinner else (liten, stor)
    if mot:
        inndata = Voteringsinndata(Voteringsform.ALTERNATIV, mot, [objekt], for_partier=mot_, mot_partier=for_)
    else:
        inndata = Voteringsinndata(Voteringsform.FOR_MOT, [objekt], for_partier=for_, mot_partier=mot_)
    tj.voteringer.registrer(moetesak, inndata)


def som_ny_sak(pakke: Pakke) -> Pakke:
    (behandling,) = pakke.behandlinger
    nummer = replace(behandling.sak, nummer=7)
    return replace(pakke, arkivsak=Arkivsak(2019, 99), behandlinger=(replace(behandling, sak=nummer, moetedato=NESTE),))


@pytest.mark.parametrize("endring", [True, False])
@pytest.mark.parametrize("strykning", [True, False])
@pytest.mark.parametrize("tillegg", [True, False])
def test_the_exported_case_comes_back_with_the_same_decision(
    tj: Tjenester, endring: bool, strykning: bool, tillegg: bool
) -> None:
    vinner = {Forslagstype.ENDRING: endring, Forslagstype.STRYKNING: strykning, Forslagstype.TILLEGG: tillegg}
    moetesak = behandlet(tj, vinner)
    vedtak = vedtak_i(tj.session, moetesak)
    assert vedtak is not None
    tj.importering.importer(som_ny_sak(pakke_av(tj.session, moetesak.saksmappe)), b"eksport")
    lest = tj.moeter.finn_moetesak("Kommunestyret", "7/19", NESTE)
    beregning = tj.vedtak.beregn(lest, lukk=True)
    assert [rad.blokker for rad in beregning.avsnitt] == [rad.blokker for rad in vedtak.avsnitt]
    assert beregning.mangler == ()
    lest_vedtak = vedtak_i(tj.session, lest)
    assert lest_vedtak is not None
    assert lest_vedtak.redigeringer == []
