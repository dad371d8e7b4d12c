from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator

import pytest
from zope.interface.verify import verifyObject

from factories import s3
from saksbehandling.documents.content import content_of
from saksbehandling.documents.store import DiskStore, MemoryStore
from saksbehandling.documents.store_check import Filstand, kontroller
from saksbehandling.documents.store_s3 import s3_store
from saksbehandling.errors import InvalidFile, NotFound, SetupError
from saksbehandling.interfaces import IDocumentStore

CONTENT = "Innkalling med æ, ø og å".encode()


@pytest.fixture(scope="module")
def s3_server() -> Iterator[str]:
    with s3.server("arkivet") as address:
        yield address


@pytest.fixture(params=["disk", "memory", "s3"])
def store(request, tmp_path):
    if request.param == "s3":
        return s3_store("s3://arkivet/filer/", request.getfixturevalue("s3_server"))
    return DiskStore(tmp_path / "filer") if request.param == "disk" else MemoryStore()


class TestEveryStore:
    def test_it_is_a_store(self, store) -> None:
        assert verifyObject(IDocumentStore, store)

    def test_it_gives_back_what_it_was_given(self, store) -> None:
        sha256 = store.put(CONTENT)
        assert sha256 == hashlib.sha256(CONTENT).hexdigest()
        assert store.get(sha256) == CONTENT

    @pytest.mark.parametrize("content", [b"", b"\x00\r\n" * 1000])
    def test_any_bytes_can_be_kept(self, store, content) -> None:
        assert store.get(store.put(content)) == content

    def test_a_file_on_the_disk_goes_in_and_comes_out_as_a_file(self, store, tmp_path) -> None:
        source = tmp_path / "stor.txt"
        source.write_bytes(CONTENT * 100_000)
        with source.open("r+b") as file:
            sha256 = store.put(content_of(file))
        assert sha256 == hashlib.sha256(CONTENT * 100_000).hexdigest()
        with store.open(sha256) as kept:
            assert kept.read(len(CONTENT)) == CONTENT
            kept.seek(-5, io.SEEK_END)
            assert kept.read() == CONTENT[-5:]

    def test_the_same_content_twice_is_one(self, store) -> None:
        assert store.put(CONTENT) == store.put(CONTENT)

    @pytest.mark.parametrize("sha256", ["0" * 64, "", "../../etc/passwd", "A" * 64, "0" * 63])
    def test_what_is_not_there_is_not_found(self, store, sha256) -> None:
        for read in (store.get, store.open):
            with pytest.raises(NotFound):
                read(sha256)

    def test_it_tells_all_that_it_has_in_order(self, store) -> None:
        kept = sorted(store.put(str(number).encode()) for number in range(20))
        names = list(store.names())
        assert names == sorted(names)
        assert set(kept) <= set(names)
        assert [name for name in store.names(kept[9]) if name in kept] == kept[10:]

    def test_the_check_finds_what_is_missing_and_what_belongs_to_nothing(self, store) -> None:
        expected, loose = store.put(b"ventet"), store.put(b"ingens")
        found = dict(kontroller(store, [expected, "0" * 64, "0" * 64]))
        assert found[expected] is Filstand.HEL
        assert found["0" * 64] is Filstand.MANGLER
        assert found[loose] is Filstand.UVENTET


def test_in_s3_damage_is_noticed_and_healed_where_the_size_tells_it(s3_server) -> None:
    store = s3_store("s3://arkivet", s3_server)
    sha256 = store.put(CONTENT)
    for other in (b"noe annet", CONTENT[::-1]):
        store._client.put_object(Bucket="arkivet", Key=sha256, Body=other)
        for read in (store.get, store.open):
            with pytest.raises(InvalidFile, match="skadet"):
                read(sha256)
    assert dict(kontroller(store, [sha256]))[sha256] is Filstand.SKADET
    store._client.put_object(Bucket="arkivet", Key=sha256, Body=b"avkuttet")
    store.put(CONTENT)
    assert store.get(sha256) == CONTENT


def test_a_bucket_that_is_not_there_stops_the_program(s3_server) -> None:
    with pytest.raises(SetupError, match=r"s3://borte.*kan ikke nås"):
        s3_store("s3://borte", s3_server)


def test_a_damaged_file_is_refused_and_healed_by_storing_it_again(tmp_path) -> None:
    store = DiskStore(tmp_path)
    sha256 = store.put(CONTENT)
    (tmp_path / sha256[:2] / sha256).write_bytes(b"noe annet")
    for read in (store.get, store.open):
        with pytest.raises(InvalidFile, match=r"skadet.*sikkerhetskopi"):
            read(sha256)
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


def test_what_is_in_memory_or_empty_is_taken_as_it_is(tmp_path) -> None:
    assert content_of(io.BytesIO(CONTENT)) == CONTENT
    (tmp_path / "tom").touch()
    with (tmp_path / "tom").open("rb") as empty:
        assert content_of(empty) == b""
