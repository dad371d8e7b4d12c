from __future__ import annotations

import contextlib
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saksbehandling.errors import InvalidFile, NotFound, SaksbehandlingError
from saksbehandling.importering.lesing import dekod, les_fil


@pytest.mark.parametrize("koding", ["utf-8", "utf-8-sig", "cp1252", "latin-1", "utf-16"])
@pytest.mark.parametrize("linjeslutt", ["\n", "\r\n", "\r"])
def test_every_encoding_gives_the_same_case(
    pakker: SimpleNamespace, tmp_path: Path, koding: str, linjeslutt: str
) -> None:
    fil = tmp_path / "sak.txt"
    fil.write_bytes(pakker.pakke().replace("–", "-").replace("\n", linjeslutt).encode(koding))
    assert [en.utvalg for en in les_fil(fil).behandlinger] == ["Kommunestyret", "Eldrerådet", "Kulturkomiteen"]


@pytest.mark.parametrize(
    ("data", "sier"),
    [
        (b"", "er tom"),
        (b" \r\n ", "er tom"),
        (b"%PDF-1.7", "et PDF-dokument"),
        (b"PK\x03\x04rest", "Word-dokument"),
        (b"tekst\x00mer", "binærfil"),
        (b"\xff\xfe\x00", "ødelagt ved byte"),
        (b"bare litt tekst", "ser ikke ut til å være en saksprotokoll"),
    ],
)
def test_what_is_no_protocol_is_refused(tmp_path: Path, data: bytes, sier: str) -> None:
    fil = tmp_path / "notat.txt"
    fil.write_bytes(data)
    with pytest.raises(InvalidFile, match=sier) as feil:
        les_fil(fil)
    assert "«notat.txt»" in str(feil.value)


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="Finner ikke filen"):
        les_fil(tmp_path / "borte.txt")
    with pytest.raises(InvalidFile, match="Kan ikke lese"):
        les_fil(tmp_path)


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    fil = tmp_path / "stor.txt"
    with fil.open("wb") as ut:
        ut.truncate(21 * 1024 * 1024)
    with pytest.raises(InvalidFile, match="20 MB"):
        les_fil(fil)


@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    with contextlib.suppress(SaksbehandlingError):
        assert isinstance(dekod(data, "fil"), str)
