"""Decisions in plain sentences."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest

from saksbehandling.innsyn.vedtakssetning import stemmetall, vedtakssetning
from saksbehandling.moete.models import Moetesaksutfall
from saksbehandling.votering.kodeverk import Behandlingstype, Stemme, Voteringsform


def votering(mot: dict[str, int], *, vinner: int | None = 0, form: Voteringsform = Voteringsform.FOR_MOT) -> Any:
    """A ballot that those parties lost."""
    taper = Stemme.MOT if vinner == 0 else Stemme.FOR
    sum_ = sum(mot.values())
    return SimpleNamespace(
        vinner=vinner,
        voteringsform=form,
        enstemmig=not mot,
        stemmer_mot=sum_ if vinner == 0 else 40,
        stemmer_for=sum_ if vinner == 1 else 40,
        partistemmer=[SimpleNamespace(stemme=taper, parti=SimpleNamespace(kode=kode)) for kode in mot]
        + [SimpleNamespace(stemme=Stemme.FOR if taper is Stemme.MOT else Stemme.MOT, parti=SimpleNamespace(kode="XX"))],
        alternativstemmer=[],
    )


def moetesak(**felter: Any) -> Any:
    vanlig = {
        "offentlig_tittel": "Havneplan",
        "utfall": Moetesaksutfall.BEHANDLET,
        "behandlingstype": Behandlingstype.VEDTAK,
        "utsatt_til": None,
        "utvalg": SimpleNamespace(navn="Bystyret"),
    }
    return SimpleNamespace(**{**vanlig, **felter})


@pytest.mark.parametrize(
    ("voteringer", "ventet"),
    [
        ([], ""),
        ([votering({})], "enstemmig"),
        ([votering({"V": 3, "KrF": 2})], "mot 5\N{NO-BREAK SPACE}stemmer (V, KrF)"),
        ([votering({"R": 1})], "mot 1\N{NO-BREAK SPACE}stemme (R)"),
        ([votering({}), votering({"R": 2})], "på det meste mot 2\N{NO-BREAK SPACE}stemmer (R)"),
        ([votering({"V": 5}, vinner=1)], "mot 5\N{NO-BREAK SPACE}stemmer (V)"),
        ([votering({"V": 9}, vinner=None)], ""),
        ([votering({"V": 9}, form=Voteringsform.PROEVE), votering({})], "enstemmig"),
    ],
)
def test_how_it_was_voted(voteringer: list[Any], ventet: str) -> None:
    assert stemmetall(voteringer) == ventet


@pytest.mark.parametrize(
    ("felter", "ventet"),
    [
        ({}, "Bystyret vedtok Havneplan, enstemmig."),
        ({"behandlingstype": Behandlingstype.INNSTILLING}, "Bystyret ga innstilling i Havneplan, enstemmig."),
        (
            {"behandlingstype": Behandlingstype.UTTALELSE, "offentlig_tittel": "Til uttalelse: Havneplan"},
            "Bystyret uttalte seg om Havneplan, enstemmig.",
        ),
        ({"utfall": Moetesaksutfall.UTSATT}, "Bystyret utsatte Havneplan."),
        (
            {"utfall": Moetesaksutfall.UTSATT, "utsatt_til": dt.date(2019, 8, 29)},
            "Bystyret utsatte Havneplan til 29. august 2019.",
        ),
    ],
)
def test_what_the_body_did(felter: dict[str, Any], ventet: str) -> None:
    assert str(vedtakssetning(moetesak(**felter), [votering({})])) == ventet
