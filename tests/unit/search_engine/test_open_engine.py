"""Which engine a setting gives."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from saksbehandling.errors import SetupError
from saksbehandling.search_engine.engines import open_engine
from saksbehandling.search_engine.errors import IndexUnavailable
from saksbehandling.search_engine.null_engine import NullEngine
from saksbehandling.search_engine.tantivy_engine import TantivyEngine
from saksbehandling.search_engine.whoosh_engine import WhooshEngine


@pytest.mark.parametrize(("name", "kind"), [("whoosh", WhooshEngine), ("tantivy", TantivyEngine), ("null", NullEngine)])
def test_a_new_one_is_empty_and_can_be_used(tmp_path: Path, name: str, kind: type) -> None:
    engine = open_engine(name, tmp_path / "indeks")
    assert type(engine) is kind
    assert engine.watermark() == 0
    engine.close()


def test_the_index_of_another_engine_is_reported_as_one_to_be_built_anew(tmp_path: Path) -> None:
    for before, after in (("whoosh", "tantivy"), ("tantivy", "whoosh")):
        open_engine(before, tmp_path / "indeks").rebuild([], 5)
        engine = open_engine(after, tmp_path / "indeks")
        with pytest.raises(IndexUnavailable, match="kan ikke leses"):
            engine.watermark()
        engine.rebuild([], 6)
        assert engine.watermark() == 6
        engine.close()


def test_a_library_that_is_missing_stops_the_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "saksbehandling.search_engine.tantivy_engine", None)
    with pytest.raises(SetupError, match=r"saksbehandling\[tantivy\]"):
        open_engine("tantivy", tmp_path)
