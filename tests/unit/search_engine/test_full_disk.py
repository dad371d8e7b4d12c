"""A disk that is full: the indexer is told, searches go on, and what was asked for is there once there is room."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = """
import resource, signal, sys
from pathlib import Path
from saksbehandling.search_engine.errors import DiskFull
from saksbehandling.search_engine.model import Document, Options, Put
from saksbehandling.search_engine.query import parse
from saksbehandling.search_engine.engines import open_engine

def doc(number, words="vei"):
    return Document(f"sak:{number}", "sak", f"Sak {number}", words, lesere=frozenset({"offentlig"}))

def found():
    return sorted(hit.id for hit in engine.search(parse("sak"), {"offentlig"}, Options()).hits)

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # a write that does not fit is an error of its own, as on a full disk
soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
engine = open_engine(sys.argv[4], Path(sys.argv[1]))
engine.rebuild([doc(1)], 7)
large = Put(doc(2, " ".join(f"ord{number}" for number in range(20_000))))

def change():
    if sys.argv[2] == "oppdater":
        engine.apply([large, Put(doc(1, "gate"))], 8)
    else:
        engine.rebuild([large.document, doc(1)], 8)

resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), hard))
try:
    change()
except DiskFull as error:
    print(error)
print(engine.watermark(), *found())
resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
change()
print(engine.watermark(), *found())
print(len(list(Path(sys.argv[1]).glob("indeks-*"))))
"""


@pytest.mark.parametrize("mode", ["oppdater", "bygg"])
@pytest.mark.parametrize("room", [0, 30_000])
@pytest.mark.parametrize("name", ["whoosh", "tantivy"])
def test_a_full_disk_loses_nothing_and_is_survived(tmp_path: Path, name: str, mode: str, room: int) -> None:
    command = [sys.executable, "-W", "ignore", "-c", PROGRAM, str(tmp_path / "indeks"), mode, str(room), name]
    finished = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert finished.returncode == 0, finished.stderr
    first, before, after, left = finished.stdout.splitlines()
    assert first.startswith("Det er ikke plass til søkeindeksen")
    assert before == "7 sak:1"
    assert after == "8 sak:1 sak:2"
    assert left == "1"
