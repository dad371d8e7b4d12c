"""The saksframlegg goes out as a Word document and comes back as the same text."""

from __future__ import annotations

import hashlib
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from factories.bilder import png
from factories.docx import endret
from saksbehandling.errors import InvalidFile
from saksbehandling.richtext import Heading, List, Paragraph, Picture, Run, Table, parse_notation
from saksbehandling.saksmappe.framleggstekst import Framleggstekst
from saksbehandling.saksmappe.word import les_arbeidsdokument, skriv_arbeidsdokument

LENKE = Paragraph((Run("Se "), Run("planen", link="https://example.org/plan?a=1&b=2"), Run(" & kartet.")))
NESTET = List(
    False,
    (
        (Paragraph((Run("ute"),)), List(True, ((Paragraph((Run("sommer"),)),), (Paragraph((Run("vinter"),)),)))),
        (Paragraph((Run("inne"),)), Paragraph((Run("Også i kjelleren."),))),
    ),
)
TABELL = Table((((Run("Sti"),), (Run("Km"),)), ((Run("Blå"),), (Run("4", bold=True),))))
FIL = png(640, 480)
KART = Picture(hashlib.sha256(FIL).hexdigest(), "png", 640, 480, "Kart over stiene")
TEKST = Framleggstekst.av(
    "Stier i fjellet – 2026",
    parse_notation("Stiene merkes:\n- 1. Blått\n- 2. Rødt\n\nArbeidet gjøres *i år*.\n\n4. Et punkt\n5. Et til"),
    (
        Heading(1, (Run("Bakgrunn"),)),
        Paragraph((Run("Stiene er "), Run("gamle", bold=True), Run(" og "), Run("gjengrodde", True, True), Run("."))),
        LENKE,
        NESTET,
        Paragraph((Run("Lengdene:"),)),
        TABELL,
        KART,
        Heading(2, (Run("Økonomi"),)),
        Paragraph((Run("Det koster lite."),)),
    ),
)


def _skriv(saksnummer: str = "26/1") -> bytes:
    return skriv_arbeidsdokument(TEKST, "Nidarvik kommune", saksnummer, 3, {KART.sha256: FIL}.__getitem__)


def test_the_document_says_what_the_text_says() -> None:
    assert les_arbeidsdokument(_skriv(), "26/1") == (TEKST, {KART.sha256: FIL})
    assert _skriv() == _skriv()


@pytest.mark.office
def test_it_says_the_same_after_libreoffice_has_saved_it(krev: Callable[[str], str], tmp_path: Path) -> None:
    (tmp_path / "inn.docx").write_bytes(_skriv())
    profil = f"-env:UserInstallation={(tmp_path / 'profil').as_uri()}"
    ut = tmp_path / "ut"
    kommando = [
        krev("libreoffice"),
        profil,
        "--headless",
        "--convert-to",
        "docx",
        "--outdir",
        ut,
        tmp_path / "inn.docx",
    ]
    subprocess.run(kommando, check=True, capture_output=True, timeout=180)
    assert les_arbeidsdokument((ut / "inn.docx").read_bytes(), "26/1") == (TEKST, {KART.sha256: FIL})


def test_a_document_of_another_case_or_without_its_headings_is_refused() -> None:
    with pytest.raises(InvalidFile, match="sak 26/2, ikke 26/1"):
        les_arbeidsdokument(_skriv("26/2"), "26/1")
    with pytest.raises(InvalidFile, match="Fant ikke overskriftene"):
        les_arbeidsdokument(endret(_skriv(), "Saksutredning", "Utredning"), "26/1")


def test_tracked_changes_are_read_as_accepted() -> None:
    run = '<w:r><w:t xml:space="preserve">{}</w:t></w:r>'
    spor = f'<w:ins w:id="1" w:author="x">{run.format("nesten ")}</w:ins><w:del w:id="2" w:author="x">{{}}</w:del>'
    stroeket = '<w:r><w:delText xml:space="preserve">svært </w:delText></w:r>'
    docx = endret(_skriv(), run.format("Det koster lite."), spor.format(stroeket) + run.format("gratis."))
    assert les_arbeidsdokument(docx, "26/1")[0].innhold[-1] == Paragraph((Run("nesten gratis."),))
