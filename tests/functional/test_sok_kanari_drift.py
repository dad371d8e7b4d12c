"""The index is damaged, deleted or has no room while the product runs: it goes on, says so, and mends itself."""

from __future__ import annotations

import errno
import json
import shutil
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
import sqlalchemy as sa
from structlog.testing import capture_logs

from saksbehandling.demo.tekster import TITTEL
from saksbehandling.saksmappe.models import Saksmappe
from saksbehandling.search_engine.whoosh_storage import DurableStorage
from saksbehandling.tjenester import Tjenester

from .conftest import UTKAST, Demo
from .test_direkte_omstart import server

FRIST = 30.0  # seconds; it takes about one


def _slett(indeks: Path) -> None:
    shutil.rmtree(indeks, ignore_errors=True)  # the server may be putting something into it


def _kutt(indeks: Path) -> None:
    _skriv_om(indeks, lambda innhold: innhold[:7])


def _forvansk(indeks: Path) -> None:
    _skriv_om(indeks, lambda innhold: bytes(255 - byte for byte in innhold))


def _skriv_om(indeks: Path, ny: Callable[[bytes], bytes]) -> None:
    # Only the one in force: the server may be clearing away the one before it.
    for fil in (indeks / (indeks / "gjeldende").read_text().strip()).iterdir():
        if fil.suffix in (".trm", ".pst", ".dok"):
            with suppress(FileNotFoundError):  # the server may be merging it into another
                fil.write_bytes(ny(fil.read_bytes()))


# Words that have not been looked for before: what is in memory already needs no file.
SKADER: list[tuple[Callable[[Path], None], str]] = [(_slett, "strategi"), (_kutt, "bystyret"), (_forvansk, "samarbeid")]


def test_a_running_server_finds_again_after_any_damage(demo: Demo) -> None:
    """Meanwhile the page answers, with a notice and what the database finds by number."""
    ventet = {q: demo.app.get("/sok.json", {"q": q}).json["antall"] for _, q in SKADER}
    assert all(ventet.values())
    demo.parts.search_engine.close()
    settings = demo.parts.settings
    with server(settings.data_dir, settings.database_url) as rot:
        assert _hent(rot, "/sok.json", "19/8286")
        for skad, q in SKADER:
            gjeldende = (settings.index_dir / "gjeldende").read_text()
            skad(settings.index_dir)
            _vent_til_funnet(rot, q, ventet[q])
            assert (settings.index_dir / "gjeldende").read_text() != gjeldende, q


def _vent_til_funnet(rot: str, q: str, antall: int) -> None:
    slutt = time.monotonic() + FRIST
    while json.loads(_hent(rot, "/sok.json", q) or "{}").get("antall") != antall:
        assert TITTEL in _hent(rot, "/sok", "19/8286")
        assert time.monotonic() < slutt, q


def _hent(rot: str, sti: str, q: str) -> str:
    """The answer; "" for a JSON twin that says that there is no index just now."""
    try:
        with urllib.request.urlopen(f"{rot}{sti}?{urlencode({'q': q})}") as svar:
            return str(svar.read().decode())
    except urllib.error.HTTPError as feil:
        if (feil.code, sti) != (503, "/sok.json"):
            raise
        return ""


def test_a_full_disk_is_told_of_and_what_waited_is_found_when_there_is_room(
    demo: Demo, monkeypatch: pytest.MonkeyPatch
) -> None:
    with demo.parts.session() as session:
        sak = session.scalars(sa.select(Saksmappe).where(Saksmappe.tittel == UTKAST)).one()
        sak.tittel = "Snurrebassplan"
        Tjenester(demo.parts.felles, session).saker.merk_endret(sak)
    app, arbeider = demo.som("sekretaer"), demo.parts.worker()
    with monkeypatch.context() as fullt, capture_logs() as logget:
        fullt.setattr(DurableStorage, "create_file", _ikke_plass)
        arbeider.en_runde()
    assert any("ikke plass til søkeindeksen" in linje.get("feil", "") for linje in logget)
    assert app.get("/sok.json", {"q": UTKAST}).json["antall"]
    assert app.get("/sok.json", {"q": "snurrebassplan"}).json["antall"] == 0
    arbeider.toem()
    assert app.get("/sok.json", {"q": "snurrebassplan"}).json["antall"] == 1


def _ikke_plass(*_args: Any, **_options: Any) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")
