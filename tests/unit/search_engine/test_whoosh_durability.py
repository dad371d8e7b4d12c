"""Crashes, damage, locks, merging and rebuilding."""

from __future__ import annotations

import gc
import signal
import subprocess
import sys
import textwrap
import threading
from pathlib import Path

import pytest
from whoosh.writing import SegmentWriter

from saksbehandling.errors import Conflict
from saksbehandling.search_engine import whoosh_reader, whoosh_writer
from saksbehandling.search_engine.errors import IndexUnavailable
from saksbehandling.search_engine.model import Document, Options, Put, Remove
from saksbehandling.search_engine.query import parse
from saksbehandling.search_engine.whoosh_engine import WhooshEngine
from saksbehandling.search_engine.whoosh_storage import DurableStorage

OFFENTLIG = frozenset({"offentlig"})


def doc(number: int, tittel: str = "Vei") -> Document:
    return Document(f"sak:{number}", "sak", tittel, lesere=OFFENTLIG)


def ids(engine: WhooshEngine, text: str = "") -> set[str]:
    return {hit.id for hit in engine.search(parse(text), OFFENTLIG, Options(limit=1000)).hits}


def current(engine: WhooshEngine) -> Path:
    return engine._home.current()


# Applies batches 1, 2, … ; each puts its own document and replaces that of the one before, whose title then says so.
# The process is killed with the first argument's call of what the commits do to the disk.
WORKER = textwrap.dedent("""
    import os, shutil, signal, sys
    from pathlib import Path
    from saksbehandling.search_engine import whoosh_storage
    from saksbehandling.search_engine.model import Document, Put
    from saksbehandling.search_engine.whoosh_engine import WhooshEngine

    left = int(sys.argv[1])

    def dangerous(function):
        def wrapped(*args, **kwargs):
            global left
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return function(*args, **kwargs)
        return wrapped

    engine = WhooshEngine(Path(sys.argv[2]))
    for name in ("create_file", "rename_file", "delete_file"):
        setattr(whoosh_storage.DurableStorage, name, dangerous(getattr(whoosh_storage.DurableStorage, name)))
    os.rename, os.replace, shutil.rmtree = map(dangerous, (os.rename, os.replace, shutil.rmtree))

    def doc(number, tittel):
        return Document(f"sak:{number}", "sak", tittel, lesere=frozenset({"offentlig"}))

    if sys.argv[3] == "bygg":
        engine.rebuild([doc(number, "Bygd") for number in range(1, 6)], 100)
    for number in range(engine.watermark() + 1, 40):
        engine.apply([Put(doc(number, "Ny")), Put(doc(number - 1, "Gammel"))], number)
""")


def killed(engine: WhooshEngine, at: int, mode: str) -> None:
    command = [sys.executable, "-c", WORKER, str(at), str(engine._home._root), mode]
    finished = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert finished.returncode == -signal.SIGKILL, finished.stderr


@pytest.mark.parametrize("at", [1, 5, 19, 30, 67, 131, 197, 255, 301])
def test_a_killed_indexer_continues_exactly_where_it_was(whoosh: WhooshEngine, at: int) -> None:
    whoosh.rebuild([doc(0, "Ny")], 0)
    killed(whoosh, at, "endringer")
    done = whoosh.watermark()
    assert ids(whoosh, "gammel") == {f"sak:{number}" for number in range(done)}
    assert ids(whoosh, "ny") == {f"sak:{done}"}
    whoosh.apply([Put(doc(done + 1, "Ny")), Put(doc(done, "Gammel"))], done + 1)
    assert ids(whoosh, "ny") == {f"sak:{done + 1}"}
    assert whoosh.search(parse(""), OFFENTLIG).total == done + 2


OLD, NEW = (7, {"sak:0", "sak:1"}), (100, {"sak:1", "sak:2", "sak:3", "sak:4", "sak:5"})


@pytest.mark.parametrize(("at", "expected"), [(1, OLD), (2, OLD), (8, OLD), (10, OLD), (11, OLD), (12, NEW)])
def test_a_killed_rebuild_leaves_the_old_index_or_the_new(
    whoosh: WhooshEngine, at: int, expected: tuple[int, set[str]]
) -> None:
    whoosh.rebuild([doc(number) for number in range(2)], 7)
    killed(whoosh, at, "bygg")
    assert (whoosh.watermark(), ids(whoosh)) == expected
    whoosh.rebuild([doc(9)], 8)
    assert ids(whoosh) == {"sak:9"}
    assert [path.name for path in whoosh._home._root.glob("indeks-*")] == [current(whoosh).name]


def test_a_missing_index_is_told_of_and_rebuilt(whoosh: WhooshEngine) -> None:
    for use in (whoosh.watermark, lambda: ids(whoosh), lambda: whoosh.apply([], 1)):
        with pytest.raises(IndexUnavailable, match="indeks bygg"):
            use()
    whoosh.rebuild([doc(1)], 3)
    assert (whoosh.watermark(), ids(whoosh)) == (3, {"sak:1"})


# Whoosh drops the files that it had opened before it met the damage; they are closed when they are collected.
drops_files = pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")


@drops_files
@pytest.mark.parametrize("suffix", [".toc", ".trm", ".pst", ".dok"])
@pytest.mark.parametrize("damage", ["cut", "gone", "noise"])
def test_a_damaged_index_is_told_of_and_rebuilt(whoosh: WhooshEngine, suffix: str, damage: str) -> None:
    whoosh.rebuild([doc(number) for number in range(20)], 3)
    for path in [path for path in current(whoosh).iterdir() if path.suffix == suffix]:
        content = path.read_bytes()
        path.unlink()
        if damage != "gone":
            path.write_bytes(content[: len(content) // 3] if damage == "cut" else bytes(reversed(content)))
    with pytest.raises(IndexUnavailable, match="kan ikke leses"):
        ids(whoosh, "vei")
    gc.collect()
    whoosh.rebuild([doc(1)], 3)
    assert ids(whoosh) == {"sak:1"}


@drops_files
@pytest.mark.parametrize("suffix", [".trm", ".pst", ".dok"])
@pytest.mark.parametrize("damage", ["cut", "noise", "gone"])
def test_damage_under_an_open_index_is_noticed_by_whoever_builds_it(
    whoosh: WhooshEngine, suffix: str, damage: str
) -> None:
    """The watermark alone can still be read, or is known already; a search that trips over the damage tells of it."""
    whoosh.rebuild([doc(number) for number in range(20)], 3)
    assert whoosh.watermark() == 3
    (path,) = (path for path in current(whoosh).iterdir() if path.suffix == suffix)
    content = path.read_bytes()
    if damage == "gone":
        path.unlink()
        whoosh.close()  # who has it open can go on reading it
    else:
        path.write_bytes(content[:2] if damage == "cut" else bytes(255 - byte for byte in content))
    with pytest.raises(IndexUnavailable):
        ids(whoosh, "vei")
    with pytest.raises(IndexUnavailable):
        WhooshEngine(whoosh._home._root).watermark()
    gc.collect()
    whoosh.rebuild([doc(1)], 3)
    assert (whoosh.watermark(), ids(whoosh, "vei")) == (3, {"sak:1"})


def test_a_search_that_fails_by_itself_is_no_reason_to_build_anew(
    whoosh: WhooshEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    whoosh.rebuild([doc(1)], 3)
    with monkeypatch.context() as broken:
        broken.setattr("saksbehandling.search_engine.whoosh_engine.answer", lambda *_: 1 / 0)
        with pytest.raises(IndexUnavailable):
            ids(whoosh)
    assert (whoosh.watermark(), ids(whoosh)) == (3, {"sak:1"})
    assert not whoosh._home.is_suspected()


def test_an_index_made_with_other_lists_is_not_used(whoosh: WhooshEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    whoosh.rebuild([doc(1)], 3)
    monkeypatch.setattr(whoosh_reader, "fingerprint", lambda: "en annen")
    with pytest.raises(IndexUnavailable, match="ordlister"):
        whoosh.watermark()


def test_a_deleted_index_is_noticed_by_an_open_reader(whoosh: WhooshEngine) -> None:
    whoosh.rebuild([doc(1)], 3)
    assert ids(whoosh) == {"sak:1"}
    (whoosh._home._root / "gjeldende").unlink()
    with pytest.raises(IndexUnavailable):
        ids(whoosh)


def test_readers_follow_updates_and_rebuilds_of_another_engine(whoosh: WhooshEngine) -> None:
    whoosh.rebuild([doc(1)], 1)
    other = WhooshEngine(whoosh._home._root)
    assert ids(other) == {"sak:1"}
    whoosh.apply([Put(doc(2))], 2)
    assert ids(other) == {"sak:1", "sak:2"}
    whoosh.rebuild([doc(3)], 3)
    assert (ids(other), other.watermark()) == ({"sak:3"}, 3)
    other.close()


def test_the_files_are_on_the_disk_before_the_contents_name_them(
    whoosh: WhooshEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    whoosh.rebuild([doc(1)], 1)
    happened: list[str] = []
    rename = DurableStorage.__bases__[0].rename_file
    monkeypatch.setattr("saksbehandling.search_engine.whoosh_storage.sync", lambda path: happened.append(path.name))
    monkeypatch.setattr(
        DurableStorage.__bases__[0],
        "rename_file",
        lambda self, old, new, safe=False: (happened.append(f"-> {new}"), rename(self, old, new, safe=safe)),
    )
    whoosh.apply([Put(doc(2))], 2)
    at = happened.index("-> _MAIN_2.toc")
    written = {name for name in happened[:at] if name.startswith("MAIN_")}
    assert written == {
        path.name for path in current(whoosh).iterdir() if path.stat().st_mtime_ns and path.name in written
    }
    assert {Path(name).suffix for name in written} == {".trm", ".pst", ".dok"}
    assert any(".toc." in name for name in happened[:at])
    assert happened[at + 1] == current(whoosh).name


def test_a_failed_commit_frees_the_lock_and_changes_nothing(
    whoosh: WhooshEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    whoosh.rebuild([doc(1)], 1)
    with monkeypatch.context() as broken:
        broken.setattr(DurableStorage, "rename_file", lambda *_, **__: (_ for _ in ()).throw(OSError("disken er full")))
        with pytest.raises(IndexUnavailable):
            whoosh.apply([Put(doc(2))], 2)
    assert (whoosh.watermark(), ids(whoosh)) == (1, {"sak:1"})
    whoosh.apply([Put(doc(3))], 3)
    assert ids(whoosh) == {"sak:1", "sak:3"}


@drops_files
def test_a_failed_document_frees_the_lock(whoosh: WhooshEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    whoosh.rebuild([doc(1)], 1)
    with monkeypatch.context() as broken:
        broken.setattr(SegmentWriter, "cancel", lambda self: 1 / 0)
        broken.setattr(whoosh_writer, "add_postings", lambda *_: 1 / 0)
        with pytest.raises(IndexUnavailable) as kept:
            whoosh.apply([Put(doc(2))], 2)
    monkeypatch.setattr(whoosh_writer, "_LOCK_TIMEOUT", 0.0)
    whoosh.apply([Put(doc(2))], 2)
    assert ids(whoosh) == {"sak:1", "sak:2"}
    assert kept.value.__cause__  # the failed writer is still held by its traceback, and with it the lock that it had
    del kept
    gc.collect()


def test_two_writers_at_once_are_told_apart(whoosh: WhooshEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    whoosh.rebuild([doc(1)], 1)
    monkeypatch.setattr(whoosh_writer, "_LOCK_TIMEOUT", 0.0)
    other = DurableStorage(current(whoosh)).lock("MAIN_WRITELOCK")
    assert other.acquire()
    try:
        with pytest.raises(Conflict, match="annen prosess"):
            whoosh.apply([Put(doc(2))], 2)
    finally:
        other.release()
    building = whoosh._home.lock("bygging")
    assert building.acquire()
    try:
        with pytest.raises(Conflict, match="bygges allerede"):
            whoosh.rebuild([], 2)
    finally:
        building.release()


def test_a_rebuild_that_fails_leaves_the_index(whoosh: WhooshEngine) -> None:
    whoosh.rebuild([doc(1)], 1)
    with pytest.raises(ZeroDivisionError):
        whoosh.rebuild((doc(1 // (2 - number)) for number in range(5)), 2)
    assert (whoosh.watermark(), ids(whoosh)) == (1, {"sak:1"})
    whoosh.rebuild([doc(4), doc(4, "Bru")], 2)
    assert ids(whoosh) == {"sak:4"}
    assert ids(whoosh, "bru") == set()


def test_many_small_commits_are_merged_and_nothing_is_lost(whoosh: WhooshEngine) -> None:
    whoosh.rebuild([doc(0)], 0)
    for number in range(1, 45):
        whoosh.apply([Put(doc(number, f"Vei {number}")), Remove(f"sak:{number - 5}")], number)
        assert len(list(current(whoosh).glob("*.trm"))) <= whoosh_writer.MAX_SEGMENTS
    assert ids(whoosh) == {f"sak:{number}" for number in range(40, 45)}
    assert ids(whoosh, "tittel:42") == {"sak:42"}
    assert ids(whoosh, '"vei 43"') == {"sak:43"}
    assert whoosh.search(parse("vei"), OFFENTLIG).facets["type"][0].count == 5


@drops_files
def test_threads_search_while_another_writes(whoosh: WhooshEngine) -> None:
    whoosh.rebuild([doc(0)], 0)
    stop = threading.Event()
    wrong: list[object] = []

    def read() -> None:
        seen = 0
        while not stop.is_set():
            try:
                total = whoosh.search(parse("vei"), OFFENTLIG).total
            except Exception as error:
                wrong.append(error)
                return
            if total < seen:
                wrong.append((seen, total))
            seen = total

    readers = [threading.Thread(target=read) for _ in range(3)]
    for thread in readers:
        thread.start()
    for number in range(1, 40):
        whoosh.apply([Put(doc(number))], number)
    whoosh.rebuild([doc(number) for number in range(41)], 40)
    stop.set()
    for thread in readers:
        thread.join()
    gc.collect()
    assert wrong == []


def held(engine: WhooshEngine, field: str, term: str) -> dict[str, tuple[float, list[int]]]:
    """For each document that has the term its weight and places there."""

    def of_view(view: whoosh_reader.View) -> dict[str, tuple[float, list[int]]]:
        found = {}
        for segment in view.segments:
            if postings := segment.arrays.postings(field, term):
                ends, places = segment.arrays.places(postings)
                parts = zip(postings.documents, postings.weights, [0, *ends], ends, strict=False)  # type: ignore[arg-type]
                for document, weight, begin, end in parts:
                    if segment.live[document]:
                        name = segment.arrays.stored(int(document))["id"]
                        found[name] = (round(float(weight), 4), sorted(places[begin:end].tolist()))
        return found

    return engine._views.read(of_view)


def test_what_was_merged_weighs_as_if_written_at_once(whoosh: WhooshEngine, tmp_path: Path) -> None:
    text = "Strategi for byutvikling. Byutviklingsstrategien er en strategi"
    documents = [
        Document(f"sak:{i}", "sak", "Plan", f"{text} {'for ny strategi ' * i}", lesere=OFFENTLIG) for i in range(20)
    ]
    whoosh.rebuild([], 0)
    for number, document in enumerate(documents, 1):
        whoosh.apply([Put(document)], number)
    at_once = WhooshEngine(tmp_path / "samlet")
    at_once.rebuild(documents, 20)
    for term in ("strategi", "byutvikling", "utvikling", "byutviklingstrategi"):
        assert held(whoosh, "tekst", term) == held(at_once, "tekst", term) != {}, term
    assert len(list(current(whoosh).glob("*.trm"))) < 20
    at_once.close()
