"""The documents in a real LibreOffice: they open, the page says what the data say, and what it saves says the same."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from factories import docx
from saksbehandling.documents import kontroll
from saksbehandling.documents.docx_renderer import DocxRenderer
from saksbehandling.documents.readback import read_data
from saksbehandling.documents.tekstuttrekk import tekst_fra_docx
from saksbehandling.documents.tekstuttrekk_pdf import tekst_fra_pdf
from saksbehandling.documents.template_cache import TemplateCache
from saksbehandling.maler.services import levert
from saksbehandling.protokoll import moetedata
from saksbehandling.protokoll.data import Saksprotokolldata, fra_json, som_verdier, til_json
from saksbehandling.protokoll.haandregler import ordlinjer
from saksbehandling.protokoll.malslag import MALSLAG
from saksbehandling.protokoll.moetedata import Frammoetelinje, Moeteprotokolldata, Protokollsak

pytestmark = pytest.mark.office


@pytest.fixture(scope="module")
def convert(krev, tmp_path_factory) -> Callable[[str, Mapping[str, bytes]], dict[str, Path]]:
    """`convert("pdf", {name: docx})`: the files that LibreOffice makes of documents."""
    folder = tmp_path_factory.mktemp("office")
    profile = f"-env:UserInstallation={(folder / 'profil').as_uri()}"

    def made(kind: str, files: Mapping[str, bytes]) -> dict[str, Path]:
        for name, content in files.items():
            (folder / f"{name}.docx").write_bytes(content)
        command = [krev("libreoffice"), profile, "--headless", "--convert-to", kind, "--outdir", folder / "ut"]
        subprocess.run(
            [*command, *(folder / f"{name}.docx" for name in files)], check=True, capture_output=True, timeout=180
        )
        return {name: folder / "ut" / f"{name}.{kind}" for name in files}

    return made


@pytest.fixture(scope="module")
def convert_all(convert) -> Callable[[Mapping[str, bytes]], dict[str, bytes]]:
    """Word documents by name, as LibreOffice saves them; it is started once for all of them."""
    return lambda files: {name: path.read_bytes() for name, path in convert("docx", files).items()}


DIVISIBLE = "kommune\u00addirektøren forvaltnings\u00adrevisjon miljø\u00adorganisasjoner tilleggs\u00adforslaget i "


@pytest.fixture(scope="module")
def printed(convert, protokolldata) -> dict[str, Path]:
    """A protocol, and a text of long words that may be divided, as PDF."""
    protocol = DocxRenderer().render("saksprotokoll", som_verdier(protokolldata()))
    files: dict[str, Path] = convert("pdf", {"protokoll": protocol, "delt": docx.template(docx.p(DIVISIBLE * 60))})
    return files


@pytest.fixture(scope="module")
def pdf(printed) -> Path:
    path: Path = printed["protokoll"]
    return path


def output(*command: object) -> str:
    return subprocess.run([*map(str, command)], check=True, capture_output=True, text=True).stdout


def test_the_pages_hold_the_protocol(pdf, krev) -> None:
    pages = output(krev("poppler"), "-layout", pdf, "-").rstrip("\f").split("\f")
    assert len(pages) == 2
    first, last = (" ".join(page.split()) for page in pages)
    assert first.startswith("Fjordvik kommune Saksprotokoll Utvalg: Kommunestyret Møtedato: 14.03.2024 Sak: 12/24")
    assert "1. Skolebakken 2. Torget 3. Kaia & brygga" in first
    assert "Kommunestyret, sak 12/24 Side 1 av 2" in first
    assert "godkjent elektronisk" in last
    assert "Side 2 av 2" in last


def test_words_that_were_divided_are_read_whole(printed) -> None:
    read = tekst_fra_pdf(printed["delt"].read_bytes())
    assert read.count("\n") > 20
    assert read.split() == DIVISIBLE.replace("\u00ad", "").split() * 60


def test_the_approval_does_not_stand_alone(pdf, krev) -> None:
    last = output(krev("poppler"), "-layout", pdf, "-").rstrip("\f").split("\f")[-1]
    assert "V sluttet seg til merknaden fra Sp." in last


EVERY_KIND = [(kind, malform) for kind in sorted(MALSLAG) for malform in ("nb", "nn")]


@pytest.fixture(scope="module")
def saved(convert_all, protokolldata) -> dict[str, bytes]:
    """Every shipped template, and two protocols that carry their data, as LibreOffice saves them."""
    templates = {f"{kind}-{malform}": levert(kind, malform) for kind, malform in EVERY_KIND}
    files: dict[str, bytes] = convert_all({**templates, **made(protokolldata())})
    return files


def made(data: Saksprotokolldata) -> dict[str, bytes]:
    """A protocol of a treatment, and of its meeting; and a template with a table of contents."""
    render = DocxRenderer().render
    return {
        "innhold": docx.template(docx.contents(), headed("En", 1), headed("To", 2)),
        "sak": render("saksprotokoll_navn", som_verdier(data), til_json(data)),
        "møte": render("moeteprotokoll", moetedata.som_verdier(meeting(data)), moetedata.til_json(meeting(data))),
    }


def headed(text: str, level: int) -> str:
    """A heading on a page of its own."""
    new_page = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
    return new_page + docx.p(text, style=f"Overskrift{level}")


def meeting(data: Saksprotokolldata) -> Moeteprotokolldata:
    case = Protokollsak(1, "PS 12/24", data.tittel, "", data)
    there = (Frammoetelinje("Kari Lie", "Sp", "Medlem"),)
    return Moeteprotokolldata(data.kommune, data.utvalg, data.moetedato, frammoete=there, saker=(case,))


@pytest.mark.parametrize(("kind", "malform"), EVERY_KIND)
def test_a_template_saved_by_libreoffice_gives_the_same_document(saved, kind, malform) -> None:
    values = MALSLAG[kind].eksempel(malform)
    theirs = DocxRenderer(TemplateCache(lambda _: saved[f"{kind}-{malform}"])).render(kind, values)
    assert kontroll.funn(theirs) == ()
    assert tekst_fra_docx(theirs) == tekst_fra_docx(DocxRenderer().render(kind, values))


def test_what_libreoffice_saved_is_read_back_as_the_data(saved, protokolldata) -> None:
    data = protokolldata()
    assert fra_json(read_data(saved["sak"])) == data
    assert moetedata.fra_json(read_data(saved["møte"])) == meeting(data)


def test_a_table_of_contents_saved_by_libreoffice_lists_the_headings_with_their_pages(saved, convert) -> None:
    theirs = DocxRenderer(TemplateCache(lambda _: saved["innhold"])).render("innhold", {"dokumenttittel": "Prøve"})
    lines = tekst_fra_pdf(convert("pdf", {"innholdet": theirs})["innholdet"].read_bytes()).split("\n")
    assert [re.sub(r"[.\s]+", " ", line) for line in lines[:2]] == ["En 2", "To 3"]


def test_an_edited_protocol_has_no_other_words_for_having_been_saved(saved, protokolldata) -> None:
    for name in ("sak", "møte"):
        ours = made(protokolldata())[name]
        assert ordlinjer(saved[name]) == ordlinjer(ours)
