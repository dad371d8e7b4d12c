"""The real case PS 87/19 read into the database: what is stored says what the file says, once, with every origin.

Needs the shared folder beside the checkout; nothing of its texts is kept here.
"""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from factories import golden, raad
from saksbehandling import db
from saksbehandling.clock import FixedClock
from saksbehandling.documents.tekstuttrekk import tekst_fra_docx
from saksbehandling.errors import Refusal
from saksbehandling.importering.gjenlesing import pakke_av
from saksbehandling.importering.golden_form import som_golden
from saksbehandling.importering.lesing import les_fil
from saksbehandling.importering.pakke import Pakke
from saksbehandling.importering.services import BEGRUNNELSE
from saksbehandling.moete.models import Moetesak
from saksbehandling.saksmappe.models import Saksmappe
from saksbehandling.tjenester import Tjenester
from saksbehandling.vedtak.models import Avsnittstype, Redigering, Vedtak
from saksbehandling.vedtak.services import vedtak_i

Rader = dict[str, list[str]]

BYSTYRET = ("Bystyret", "87/19", dt.date(2019, 8, 29))
# Ballots by number, of bystyret's treatment, for each paragraph of its decision; then the remark, which has none.
OPPHAV = [
    *((("segment", nummer), votering) for nummer, votering in ((1, 1), (2, 1), (3, 2), (4, 1), (5, 1))),
    *((("forslag", nummer), votering) for nummer, votering in ((1, 3), (2, 4), (4, 5))),
]
SAKSGANG = [
    ("2019-03-26", "start", "utredning"),
    ("2019-03-26", "send_til_uttalelse", "til_uttalelse"),
    *[("2019-03-26", "uttalelse.avgitt", "til_uttalelse")] * 3,
    ("2019-04-02", "uttalelse.avgitt", "til_uttalelse"),
    ("2019-04-25", "fullfoer_saksframlegg", "til_godkjenning"),
    ("2019-04-25", "godkjenn", "klar_for_komite"),
    ("2019-05-09", "sett_paa_saksliste", "i_komite"),
    ("2019-05-09", "behandling.utsatt", "utsatt_i_komite"),
    ("2019-05-28", "sett_paa_saksliste", "i_komite"),
    ("2019-05-28", "behandling.innstilling", "klar_for_bystyret"),
    ("2019-06-13", "sett_paa_saksliste", "i_bystyret"),
    ("2019-06-13", "behandling.utsatt", "utsatt_i_bystyret"),
    ("2019-08-29", "sett_paa_saksliste", "i_bystyret"),
    ("2019-08-29", "behandling.vedtak", "vedtatt"),
    ("2019-08-29", "publiser", "oppfoelging"),
]


@pytest.fixture(scope="module")
def froe(shared: Path) -> Path:
    return shared / "seeds" / "ps-0087-19-saksdokumenter.txt"


@pytest.fixture(scope="module")
def pakke(froe: Path) -> Pakke:
    return les_fil(froe)


@pytest.fixture
def tj(session: Session, klokke: FixedClock) -> Tjenester:
    return raad.tjenester(session, klokke)


@pytest.fixture
def sak(tj: Tjenester, pakke: Pakke, froe: Path) -> Saksmappe:
    resultat = tj.importering.importer(pakke, froe.read_bytes())
    assert resultat.advarsler == pakke.advarsler  # the workflow refused nothing of what happened
    tj.session.commit()
    return resultat.sak


@pytest.fixture
def moetesak(tj: Tjenester, sak: Saksmappe) -> Moetesak:
    assert sak.saksnummer == "19/8286"
    return tj.moeter.finn_moetesak(*BYSTYRET)


def alle_rader(session: Session) -> Rader:
    """Every row of every table."""
    tabeller = db.Base.metadata.sorted_tables
    return {tabell.name: sorted(map(repr, session.execute(sa.select(tabell)))) for tabell in tabeller}


def uten_advarsler(pakke: Pakke) -> dict[str, Any]:
    return {**som_golden(pakke), "advarsler": []}


def test_the_stored_case_reads_like_the_file(tj: Tjenester, sak: Saksmappe, pakke: Pakke) -> None:
    tj.session.expire_all()
    assert uten_advarsler(pakke_av(tj.session, sak)) == uten_advarsler(pakke)


def test_the_stored_case_holds_the_facts_read_by_eye(tj: Tjenester, sak: Saksmappe, shared: Path) -> None:
    fasit = json.loads((shared / "golden" / "ps-87-19.json").read_text(encoding="utf-8"))
    lagret = som_golden(pakke_av(tj.session, sak))
    assert (lagret["arkivsak"], lagret["tittel"]) == (fasit["arkivsak"], fasit["tittel"])
    assert lagret["saksframlegg"]["signert_av"] == fasit["saksframlegg"]["signert_av"]
    for ventet, funnet in zip(fasit["behandlinger"], lagret["behandlinger"], strict=True):
        for felt in ("utvalg", "type", "moetedato", "sak", "resultat"):
            assert funnet[felt] == ventet[felt]
        assert len(funnet["forslag"]) == len(ventet["forslag"])
    ventede, funne = (ett["behandlinger"][-1]["voteringer"] for ett in (fasit, lagret))
    assert [{felt: funnet[felt] for felt in ventet} for ventet, funnet in zip(ventede, funne, strict=True)] == ventede


def test_every_paragraph_of_the_council_knows_where_it_came_from(tj: Tjenester, moetesak: Moetesak) -> None:
    vedtak = vedtak_i(tj.session, moetesak)
    assert vedtak is not None
    *tekst, merknad = vedtak.avsnitt
    assert [_opphav(rad) for rad in tekst] == OPPHAV
    assert (merknad.avsnittstype, merknad.merknad and merknad.merknad.nummer) == (Avsnittstype.MERKNAD, 5)
    assert merknad.overskrift is not None
    assert merknad.overskrift.startswith("FLERTALLSMERKNAD - SV, Ap, H, FrP, MDG, PP, V, Sp, KrF, R")


def _opphav(rad: Any) -> tuple[tuple[str, int], int]:
    kilde = ("segment", rad.segment.nummer) if rad.segment else ("forslag", rad.forslag.nummer)
    return kilde, rad.votering.nummer


def test_exactly_three_decisions_deviate_and_say_so(tj: Tjenester, sak: Saksmappe) -> None:
    soek = sa.select(Vedtak).join(Redigering).order_by(Vedtak.id)
    redigert = list(tj.session.scalars(soek).unique())
    assert [vedtak.moetesak.utvalg.navn for vedtak in redigert] == [
        "Mangfoldsrådet",
        "Kommunalt råd for mennesker med nedsatt funksjonsevne",
        "Finans- og næringskomiteen",
    ]
    endringer = [endring for vedtak in redigert for endring in vedtak.redigeringer]
    assert len(endringer) == 3
    assert {(rad.begrunnelse, rad.redigert_av) for rad in endringer} == {(BEGRUNNELSE, "Import")}
    rekkefoelge, ordlyd, utelatt = endringer
    assert sorted(golden.ordene(rekkefoelge.beregnet or "")) == sorted(golden.ordene(rekkefoelge.redigert or ""))
    assert "foreslår å ta" in (ordlyd.beregnet or "")
    assert "foreslår å ta" not in (ordlyd.redigert or "")
    assert "besvarer" in (utelatt.beregnet or "")
    assert "besvarer" not in (utelatt.redigert or "")


def test_the_workflow_went_the_real_way_on_the_real_days(tj: Tjenester, sak: Saksmappe) -> None:
    assert sak.flyt is not None
    historikk = [(f"{rad.dato}", rad.hendelse, rad.til) for rad in tj.flyt.history(sak.flyt)]
    assert historikk == SAKSGANG
    delsaker = [flyt.aktive for flyt in tj.flyt.subcases(sak.flyt)]
    assert delsaker == ["publisert"] * 8


def test_the_protocol_from_the_database_says_what_the_minutes_say(
    tj: Tjenester, moetesak: Moetesak, froe: Path
) -> None:
    assert golden.ordene(tekst_fra_docx(tj.protokollfiler.docx(moetesak))) == golden.ordene(
        golden.referat(froe, "29.08.2019")
    )


@pytest.mark.parametrize(
    ("utvalg", "nummer", "dato"),
    [
        ("Finans- og næringskomiteen", "24/19", "09.05.2019"),
        ("Finans- og næringskomiteen", "29/19", "28.05.2019"),
        ("Bystyret", "87/19", "13.06.2019"),
    ],
)
def test_the_other_protocols_do_too(
    tj: Tjenester, sak: Saksmappe, froe: Path, utvalg: str, nummer: str, dato: str
) -> None:
    dag, maaned, aar = dato.split(".")
    moetesak = tj.moeter.finn_moetesak(utvalg, nummer, dt.date(int(aar), int(maaned), int(dag)))
    assert golden.ordene(tekst_fra_docx(tj.protokollfiler.docx(moetesak))) == golden.ordene(golden.referat(froe, dato))


def test_importing_again_changes_nothing(tj: Tjenester, sak: Saksmappe, pakke: Pakke, froe: Path) -> None:
    foer = alle_rader(tj.session)
    igjen = tj.importering.importer(pakke, froe.read_bytes())
    tj.session.commit()
    assert (igjen.sak, igjen.ny) == (sak, False)
    assert alle_rader(tj.session) == foer
    assert foer["votering"]


def test_a_changed_file_for_the_same_case_is_refused(tj: Tjenester, sak: Saksmappe, pakke: Pakke, froe: Path) -> None:
    foer = alle_rader(tj.session)
    with pytest.raises(Refusal, match="Sak 19/8286 finnes allerede, fra en annen kilde"):
        tj.importering.importer(pakke, froe.read_bytes() + b"\nNoe mer.\n")
    tj.session.rollback()
    assert alle_rader(tj.session) == foer


def test_the_file_is_kept_as_it_came_and_is_not_public(tj: Tjenester, sak: Saksmappe, froe: Path) -> None:
    (post,) = [post for post in sak.journalposter if post.tittel.startswith("Importert fil")]
    assert tj.felles.store.get(post.dokumenter[0].versjoner[0].sjekksum) == froe.read_bytes()
    assert "alle" not in post.dokumenter[0].lesere
