"""The real case PS 87/19, field by field against the facts read by eye. Needs the shared folder beside the checkout."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from factories import golden
from saksbehandling.importering.golden_form import som_golden
from saksbehandling.importering.lesing import les_fil
from saksbehandling.importering.pakke import Arkivsak, Pakke, Vedlegg
from saksbehandling.richtext import Heading, List, Paragraph, Table, plain_text

ETIKETTER = (
    "Saksprotokoll Saksframlegg Utvalg Møtedato Sak Tittel Resultat Arkivsak Behandling Votering Vedlegg Saksordfører"
)

AVLEDET = {
    *("grunnlag", "grunnlag_fra", "objekter", "sitat", "habilitet", "advarsler", "filnavn", "signert_av", "dato"),
    *("utvalg", "paa_vegne_av", "partier", "tilsluttet_av", "stillere", "av", "type_skrevet", "utsatt_til"),
    "uttalelser_gjengitt_fra",
}


@pytest.fixture(scope="module")
def froe(shared: Path) -> Path:
    return shared / "seeds" / "ps-0087-19-saksdokumenter.txt"


@pytest.fixture(scope="module")
def pakke(froe: Path) -> Pakke:
    return les_fil(froe)


@pytest.fixture(scope="module")
def kilde(froe: Path) -> list[str]:
    return golden.linjer(froe)


def test_every_fact_is_found(pakke: Pakke, kilde: list[str], shared: Path) -> None:
    fasit = json.loads((shared / "golden" / "ps-87-19.json").read_text(encoding="utf-8"))
    del fasit["about"]
    assert list(golden.avvik(fasit, som_golden(pakke), "", kilde)) == []


def test_nothing_is_invented(pakke: Pakke) -> None:
    assert len(pakke.behandlinger) == 8
    assert sum(len(en.forslag) for en in pakke.behandlinger) == 13
    assert sum(len(en.merknader) for en in pakke.behandlinger) == 1
    assert sum(len(en.voteringer) for en in pakke.behandlinger) == 13
    assert pakke.uforstaatt == ()


def test_every_line_lands_somewhere(pakke: Pakke, froe: Path) -> None:
    """Every word of the file is in some field, as often as the file has it, but for the labels."""
    funnet = Counter(ord_ for tekst in _tekster(pakke) for ord_ in _ord(tekst))
    mangler = [
        (nr, ord_)
        for nr, linje in enumerate(froe.read_text(encoding="utf-8").split("\n"), 1)
        for ord_ in _ord(_uten_hode(linje))
        if not _ta(funnet, ord_) and ord_ not in ETIKETTER.split()
    ]
    assert mangler == []


def test_a_broken_paragraph_is_whole_and_certain_where_the_file_has_it_whole(pakke: Pakke) -> None:
    studentraad = next(en for en in pakke.behandlinger if en.utvalg.endswith("Studentråd"))
    assert studentraad.vedtak
    assert plain_text(studentraad.forslag[0].blokker[:1]) == plain_text(studentraad.vedtak.avsnitt[0])
    assert {en.kode for en in pakke.advarsler} == {"sideskift"}
    assert 648 not in {en.linje for en in pakke.advarsler}


def test_the_council_votes_on_the_committees_text(pakke: Pakke) -> None:
    bystyret = pakke.behandlinger[0]
    assert bystyret.grunnlag_fra == "Finans- og næringskomiteen 29/19 28.05.2019"
    assert [votering.objekter[0].avsnitt for votering in bystyret.voteringer[:2]] == [(1, 2, 4, 5), (3,)]
    assert bystyret.vedtak
    assert bystyret.vedtak.avsnitt[:5] == bystyret.grunnlag


def test_the_attachment_keeps_its_chapters_and_tables(pakke: Pakke) -> None:
    assert pakke.saksframlegg
    strategi = pakke.saksframlegg.vedlegg[0]
    kapitler = [plain_text([blokk]) for blokk in strategi.blokker if isinstance(blokk, Heading)]
    assert [kapittel.split()[0] for kapittel in kapitler if kapittel.split()[0].count(".") == 1][-1] == "5.2"
    tabeller = [blokk for blokk in strategi.blokker if isinstance(blokk, Table)]
    assert [len(tabell.rows) for tabell in tabeller] == [8, 7, 7]
    assert not any(vedlegg.blokker for vedlegg in pakke.saksframlegg.vedlegg[1:])


def test_the_same_facts_whatever_the_encoding_and_line_ends(pakke: Pakke, froe: Path, tmp_path: Path) -> None:
    tekst = froe.read_text(encoding="utf-8")
    for koding, linjeslutt in (("utf-8-sig", "\r\n"), ("utf-16", "\n")):
        fil = tmp_path / "pakke.txt"
        fil.write_bytes(tekst.replace("\n", linjeslutt).encode(koding))
        assert som_golden(les_fil(fil)) == som_golden(pakke)


def _tekster(verdi: Any) -> Iterator[str]:
    """Every text in the packet, once: what repeats or interprets other fields (AVLEDET) does not count."""
    if isinstance(verdi, str):
        yield verdi
    elif isinstance(verdi, Paragraph | Heading | List | Table):
        yield plain_text([verdi])
    elif isinstance(verdi, tuple):
        for en in verdi:
            yield from _tekster(en)
    elif isinstance(verdi, Arkivsak):
        yield str(verdi)
    elif isinstance(verdi, Vedlegg):
        yield from (str(verdi.nummer), verdi.tittel, *_tekster(verdi.blokker))
    elif is_dataclass(verdi):
        for felt in fields(verdi):
            if felt.name not in AVLEDET:
                yield from _tekster(getattr(verdi, felt.name))
    elif isinstance(verdi, date):
        yield f"{verdi:%d.%m.%Y}"


def _uten_hode(linje: str) -> str:
    """Run-together labels apart: `Utvalg:BystyretMøtedato:` is three words."""
    return re.sub(r"(Møtedato|Sak|Resultat|Arkivsak\.?):", r" \1: ", linje)


def _ord(tekst: str) -> list[str]:
    return re.findall(r"\w+", tekst)


def _ta(teller: Counter[str], ord_: str) -> bool:
    if teller[ord_] <= 0:
        return False
    teller[ord_] -= 1
    return True
