"""A stored case read back as the packet that it could have come from."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy.orm import Session

from factories import raad
from saksbehandling.clock import FixedClock
from saksbehandling.importering.gjenlesing import pakke_av
from saksbehandling.importering.golden_form import som_golden
from saksbehandling.importering.lesing import les_fil
from saksbehandling.richtext import parse_notation
from saksbehandling.tjenester import Tjenester
from saksbehandling.votering.kodeverk import Forslagstype, Voteringsform
from saksbehandling.votering.services import Voteringsinndata


@pytest.fixture
def tj(session: Session, klokke: FixedClock) -> Tjenester:
    return raad.tjenester(session, klokke)


def test_what_was_imported_reads_back_the_same(tj: Tjenester, pakker: SimpleNamespace, tmp_path: Path) -> None:
    fil = tmp_path / "pakke.txt"
    fil.write_text(pakker.pakke(), encoding="utf-8")
    pakke = les_fil(fil)
    sak = tj.importering.importer(pakke, fil.read_bytes()).sak
    tj.session.flush()
    tj.session.expire_all()
    assert {**som_golden(pakke_av(tj.session, sak)), "advarsler": []} == {**som_golden(pakke), "advarsler": []}


def test_a_case_made_here_has_the_same_shape(tj: Tjenester) -> None:
    moetesak = raad.behandling(tj, raad.utvalg(tj.session), raad.sak(tj))
    forslag = tj.forslag.fremsett(
        moetesak, Forslagstype.TILLEGG, parse_notation("Kaia får lys."), [raad.stiller(tj, moetesak.utvalg, "SV")]
    )
    tj.voteringer.registrer(moetesak, Voteringsinndata(Voteringsform.FOR_MOT, raad.segmenter(moetesak), enstemmig=True))
    tj.voteringer.registrer(moetesak, Voteringsinndata(Voteringsform.FOR_MOT, [forslag], mot_partier={"H": 2}))
    tj.vedtak.fatt(moetesak, raad.SEKRETAER)
    skjema = som_golden(pakke_av(tj.session, moetesak.saksmappe))
    (behandling,) = skjema["behandlinger"]
    assert (behandling["utvalg"], behandling["sak"], behandling["moetedato"]) == ("Kommunestyret", "1/19", "2019-08-29")
    assert [ett["av"] for ett in behandling["forslag"]] == ["SV1 SV1sen"]
    assert [ett.get("mot_partier") for ett in behandling["voteringer"]][-1] == {"H": 2}
    assert len(behandling["vedtak_avsnitt"]) == 4


def test_a_case_without_saksframlegg_or_treatment_reads_back_empty(tj: Tjenester) -> None:
    sak = tj.saker.opprett("Ny kai", raad.HVEM)
    pakke = pakke_av(tj.session, sak)
    assert (pakke.saksframlegg, pakke.behandlinger, str(pakke.arkivsak)) == (None, (), "19/1")
