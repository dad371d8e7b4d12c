"""Every kind of document, with its example data: known everywhere, valid, and the same in every process."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from openxml_audit import OpenXmlValidator

from factories.docx import one_run_a_character, parts
from factories.protokoll import BOKMAAL, saksprotokolldata
from saksbehandling.documents import kontroll, maler
from saksbehandling.documents.docx_renderer import DocxRenderer
from saksbehandling.documents.tekstuttrekk import tekst_fra_docx
from saksbehandling.documents.template import compile_template
from saksbehandling.documents.template_cache import TemplateCache, packaged_template
from saksbehandling.maler.services import levert
from saksbehandling.protokoll.data import Stemmelinje, som_verdier
from saksbehandling.protokoll.malslag import MALSLAG

ALLE = [(slag, malform) for slag in sorted(MALSLAG) for malform in ("nb", "nn")]
ALL = pytest.mark.parametrize(("slag", "malform"), ALLE)


def laget(slag: str, malform: str) -> bytes:
    return DocxRenderer().render(slag, MALSLAG[slag].eksempel(malform))


def test_each_kind_has_a_template_and_each_template_a_kind() -> None:
    assert set(MALSLAG) == set(maler.LEVERT)


@ALL
def test_the_shipped_template_is_the_one_that_is_made(slag: str, malform: str) -> None:
    assert levert(slag, malform) == maler.LEVERT[slag](malform)
    template = compile_template(slag, levert(slag, malform), malform, packaged_template)
    assert template.problems(MALSLAG[slag].eksempel(malform)) == ()


@pytest.mark.parametrize("slag", sorted(MALSLAG))
def test_nothing_in_nynorsk_is_in_bokmaal(slag: str) -> None:
    assert BOKMAAL.findall(tekst_fra_docx(laget(slag, "nn"))) == []
    assert BOKMAAL.findall(tekst_fra_docx(laget(slag, "nb")))


@ALL
def test_it_is_valid_and_leaves_nothing_unfilled(wml: etree.XMLSchema, slag: str, malform: str) -> None:
    made = laget(slag, malform)
    assert kontroll.funn(made) == ()
    for name, content in parts(made).items():
        if name.startswith("word/") and name.endswith(".xml"):
            assert wml.validate(etree.fromstring(content)), (name, wml.error_log)


@pytest.fixture(scope="module")
def audit() -> OpenXmlValidator:
    return OpenXmlValidator()


@ALL
def test_an_auditor_finds_nothing(audit: OpenXmlValidator, tmp_path: Path, slag: str, malform: str) -> None:
    fil = tmp_path / "dokument.docx"
    fil.write_bytes(laget(slag, malform))
    assert audit.validate(fil).errors == []


def texts(value: Any) -> list[str]:
    """Every text of some values, however deep."""
    if isinstance(value, Mapping):
        return [text for name, one in value.items() if name not in HIDDEN for text in texts(one)]
    if isinstance(value, list | tuple):
        return [text for one in value for text in texts(one)]
    return [value] if isinstance(value, str) else []


# What decides how a document is made, or is said in other words by another field.
HIDDEN = {"malform", "art", "dokumenttittel", "skjermet", "sakstype", "hjemmel", "voteringer", "voteringsliste"}


@pytest.mark.parametrize("slag", sorted(set(MALSLAG) - {"saksprotokoll", "saksprotokoll_navn", "moeteprotokoll"}))
def test_every_text_of_its_own_is_shown(slag: str) -> None:
    eksempel = MALSLAG[slag].eksempel("nb")
    shown = " ".join(tekst_fra_docx(laget(slag, "nb")).split())
    own = {name: value for name, value in eksempel.items() if name not in MALSLAG["saksprotokoll"].eksempel("nb")}
    assert [text for text in texts(own) if " ".join(text.split()) not in shown] == []


def test_the_form_with_names_says_who_where_a_party_split() -> None:
    plain, named = (tekst_fra_docx(laget(slag, "nb")) for slag in ("saksprotokoll", "saksprotokoll_navn"))
    assert "Mot: H 3 (Siv Foss; Per Dal; Ina Vik), R 1" in named
    assert "H 3 (Ola By; Eva Moe; Jon Li)" in named
    assert "Mot:" not in plain
    assert "ble vedtatt mot 4 stemmer (3H, 1R)" in plain
    assert "ble vedtatt mot 4 stemmer (3H, 1R)" in named


def test_the_bytes_do_not_depend_on_the_process() -> None:
    code = (
        "import hashlib;from saksbehandling.protokoll.malslag import MALSLAG;"
        "from saksbehandling.documents.docx_renderer import DocxRenderer;r=DocxRenderer();"
        "print(*[hashlib.sha256(r.render(s,MALSLAG[s].eksempel(m))).hexdigest()"
        " for s in sorted(MALSLAG) for m in ('nb','nn')])"
    )
    command = [sys.executable, "-c", code]
    other = subprocess.run(command, env={**os.environ, "PYTHONHASHSEED": "7"}, capture_output=True, check=True)
    assert other.stdout.decode().split() == [hashlib.sha256(laget(*one)).hexdigest() for one in ALLE]


@pytest.mark.parametrize(
    ("hvem", "vises"),
    [
        ("H 3, R 1", False),
        ("R 1", False),
        ("H 3, R 2", True),
        ("H 3 (Ola By; Eva Moe; Jon Li), R 1", True),
        ("Ap 9", True),
    ],
)
def test_a_side_that_the_sentence_tells_is_not_told_again(hvem: str, vises: bool) -> None:
    setning = "Forslag 2 fra 1 av Lie ble vedtatt mot 4 stemmer (3H, 1R)."
    data = saksprotokolldata(voteringer=(setning,), stemmer=((Stemmelinje("Mot", hvem),),))
    (votering,) = som_verdier(data)["voteringsliste"]
    assert bool(votering["stemmer"]) is vises


@ALL
def test_the_text_is_the_same_with_every_character_of_the_template_in_its_own_run(slag: str, malform: str) -> None:
    split = TemplateCache(lambda _: one_run_a_character(levert(slag, malform)))
    made = DocxRenderer(split).render(slag, MALSLAG[slag].eksempel(malform))
    for name, content in parts(laget(slag, malform)).items():
        if name.startswith("word/") and name.endswith(".xml"):
            assert words(parts(made)[name]) == words(content)


def words(part: bytes) -> list[str]:
    """The text of each paragraph of a part."""
    return ["".join(paragraph.itertext("{*}t")) for paragraph in etree.fromstring(part).iter("{*}p")]
