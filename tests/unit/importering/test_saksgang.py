"""An imported case is replayed on the days of its minutes; what the definitions refuse is told, not dropped."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy.orm import Session

from factories import raad
from saksbehandling.clock import FixedClock
from saksbehandling.importering.lesing import les_fil
from saksbehandling.importering.pakke import Advarsel
from saksbehandling.saksmappe.models import Saksmappe
from saksbehandling.tjenester import Tjenester


@pytest.fixture
def tj(session: Session, klokke: FixedClock) -> Tjenester:
    return raad.tjenester(session, klokke)


def importer(tj: Tjenester, tmp_path: Path, tekst: str) -> tuple[Saksmappe, tuple[Advarsel, ...]]:
    fil = tmp_path / "pakke.txt"
    fil.write_text(tekst, encoding="utf-8")
    resultat = tj.importering.importer(les_fil(fil), fil.read_bytes())
    return resultat.sak, tuple(advarsel for advarsel in resultat.advarsler if advarsel.kode == "saksgang")


def historikk(tj: Tjenester, sak: Saksmappe) -> list[tuple[str, str]]:
    assert sak.flyt is not None
    return [(f"{rad.dato:%d.%m}", rad.hendelse) for rad in tj.flyt.history(sak.flyt)]


def test_the_whole_way_on_the_days_it_happened(tj: Tjenester, pakker: SimpleNamespace, tmp_path: Path) -> None:
    sak, refusert = importer(tj, tmp_path, pakker.pakke())
    assert refusert == ()
    assert historikk(tj, sak) == [
        ("28.01", "start"),
        ("03.02", "send_til_uttalelse"),
        ("03.02", "uttalelse.avgitt"),
        ("03.02", "fullfoer_saksframlegg"),
        ("03.02", "godkjenn"),
        ("10.02", "sett_paa_saksliste"),
        ("10.02", "behandling.innstilling"),
        ("24.02", "sett_paa_saksliste"),
        ("24.02", "behandling.vedtak"),
        ("24.02", "publiser"),
    ]


def test_without_a_saksframlegg_the_case_waits_and_the_reason_is_told(
    tj: Tjenester, pakker: SimpleNamespace, tmp_path: Path
) -> None:
    sak, refusert = importer(tj, tmp_path, pakker.utvalg().tekst())
    assert sak.flyt is not None
    assert sak.flyt.aktive == "utredning"
    assert refusert
    assert all(advarsel.tekst.startswith("Saksgang ikke ført videre for ") for advarsel in refusert)


def test_a_statement_alone_is_brought_to_its_publication(
    tj: Tjenester, pakker: SimpleNamespace, tmp_path: Path
) -> None:
    sak, refusert = importer(tj, tmp_path, pakker.raad().tekst())
    assert refusert == ()
    assert sak.flyt is not None
    assert [flyt.aktive for flyt in tj.flyt.subcases(sak.flyt)] == ["publisert"]
    assert sak.flyt.aktive == "til_uttalelse"
