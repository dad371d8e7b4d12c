from __future__ import annotations

import hashlib

import pytest
from zope.interface.verify import verifyObject

from saksbehandling.documents.store import DiskStore, MemoryStore
from saksbehandling.errors import InvalidFile, NotFound
from saksbehandling.interfaces import IDocumentStore

CONTENT = "Innkalling med æ, ø og å".encode()


@pytest.fixture(params=["disk", "memory"])
def store(request, tmp_path):
    return DiskStore(tmp_path / "filer") if request.param == "disk" else MemoryStore()


class TestEveryStore:
    def test_it_is_a_store(self, store) -> None:
        assert verifyObject(IDocumentStore, store)

    def test_it_gives_back_what_it_was_given(self, store) -> None:
        sha256 = store.put(CONTENT)
        assert sha256 == hashlib.sha256(CONTENT).hexdigest()
        assert store.get(sha256) == CONTENT
        assert store.exists(sha256)

    @pytest.mark.parametrize("content", [b"", b"\x00\r\n" * 1000])
    def test_any_bytes_can_be_kept(self, store, content) -> None:
        assert store.get(store.put(content)) == content

    def test_the_same_content_twice_is_one(self, store) -> None:
        assert store.put(CONTENT) == store.put(CONTENT)

    @pytest.mark.parametrize("sha256", ["0" * 64, "", "../../etc/passwd", "A" * 64, "0" * 63])
    def test_what_is_not_there_is_not_found(self, store, sha256) -> None:
        assert not store.exists(sha256)
        with pytest.raises(NotFound):
            store.get(sha256)


def test_a_damaged_file_is_refused_and_healed_by_storing_it_again(tmp_path) -> None:
    store = DiskStore(tmp_path)
    sha256 = store.put(CONTENT)
    (tmp_path / sha256[:2] / sha256).write_bytes(b"noe annet")
    with pytest.raises(InvalidFile, match=r"skadet.*sikkerhetskopi"):
        store.get(sha256)
    store.put(CONTENT)
    assert store.get(sha256) == CONTENT


def test_damage_in_memory_is_noticed_too() -> None:
    store = MemoryStore()
    sha256 = store.put(CONTENT)
    store._contents[sha256] = b"noe annet"
    with pytest.raises(InvalidFile):
        store.get(sha256)


def test_a_write_that_fails_leaves_nothing_behind(tmp_path, monkeypatch) -> None:
    store = DiskStore(tmp_path)

    def full(*_: object) -> None:
        raise OSError("disken er full")

    monkeypatch.setattr("os.replace", full)
    with pytest.raises(OSError, match="full"):
        store.put(CONTENT)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_another_store_on_the_same_folder_sees_the_files(tmp_path) -> None:
    sha256 = DiskStore(tmp_path).put(CONTENT)
    assert DiskStore(tmp_path).get(sha256) == CONTENT
