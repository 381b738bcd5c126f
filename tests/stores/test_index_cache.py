"""Whatever is in the cache folder, the answers are those of the memory files."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from mmap import mmap
from pathlib import Path
from typing import BinaryIO

import pytest

from bilingo.errors import BilingoError
from bilingo.stores import cache, index_cache, index_pages
from bilingo.stores.index import Place
from bilingo.stores.index_build import Contents, Unit
from bilingo.stores.index_cache import Indexes

OLD = 1_700_000_000


class Lines:
    """A memory file of these tests: a text a line, `bad` for one that cannot be read."""

    def contents(self, path: Path, file: BinaryIO) -> Contents:
        return Contents(units(path, file), lambda: path.name.encode())

    def cuts(self, content: mmap) -> list[int]:
        return []

    def lines(self, note: bytes, lines: Sequence[bytes]) -> list[tuple[int, list[tuple[str, str]]]]:
        return []


read = Lines()


def units(path: Path, file: BinaryIO) -> Iterator[Unit]:
    start = 0
    for number, line in enumerate(file, 1):
        text = line.decode().rstrip("\n")
        if text == "bad":
            raise BilingoError("no TMX", where=f"{path}:{number}")
        yield Unit(Place(start, len(line), number), (("zh" if "肝" in text else "en", text),))
        start += len(line)


@pytest.fixture
def memory(tmp_path: Path) -> Path:
    folder = tmp_path / "memory"
    folder.mkdir()
    # enough of one length that their class has rows
    english = [f"wash your hands {n:03} times" for n in range(400)]
    chinese = [f"請檢查肝臟{n:03}次" for n in range(400)]
    put(folder / "a.tmx", [*english, *chinese])
    put(folder / "b.tmx", ["wash your hands", "肝炎"])
    return folder


def put(path: Path, lines: list[str], date: int = OLD) -> None:
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    os.utime(path, (date, date))


def opened(memory: Path) -> Indexes:
    return Indexes(memory.parent / "cache", sorted(memory.glob("*.tmx")), read)


def answers(indexes: Indexes) -> list[tuple[str, str, int, int]]:
    return [
        (path.name, hit.text, hit.distance, place.line)
        for language, query in (("en", "wash your hands 007 times"), ("zh", "檢查肝臟007次"))
        for path, found in indexes.ask(
            lambda index, language=language, query=query: [
                (hit, index.places(language, hit.number))
                for hit in index.candidates(language, query, 85)
            ]
        )
        for hit, places in found
        for place in places
    ]


def test_is_built_once(memory: Path) -> None:
    first = opened(memory)
    assert [path.name for path in first.built] == ["a.tmx", "b.tmx"]
    wanted = answers(first)
    assert ("a.tmx", "wash your hands 007 times", 0, 8) in wanted
    assert ("a.tmx", "請檢查肝臟007次", 1, 408) in wanted
    again = opened(memory)
    assert not again.built
    assert not again.warnings
    assert answers(again) == wanted


def test_a_changed_file_is_read_alone(memory: Path) -> None:
    wanted = answers(opened(memory))
    put(memory / "b.tmx", ["wash your hands 07 times"], OLD + 1)
    indexes = opened(memory)
    assert [path.name for path in indexes.built] == ["b.tmx"]
    assert answers(indexes)[-1:] != wanted[-1:] or len(answers(indexes)) > len(wanted)
    assert ("b.tmx", "wash your hands 07 times", 1, 1) in answers(indexes)
    put(memory / "c.tmx", ["wash your hands 7 times"])
    assert [path.name for path in opened(memory).built] == ["c.tmx"]
    (memory / "c.tmx").unlink()
    indexes = opened(memory)
    assert not indexes.built
    assert not [name for name, *_ in answers(indexes) if name == "c.tmx"]
    kept = list((memory.parent / "cache").glob("*.idx"))
    assert len(kept) == 2


def test_a_change_within_one_tick_is_seen(memory: Path) -> None:
    """Same size, same date, same inode: only the date of the list says that it may be another."""
    now = (memory.parent / "now").resolve()
    now.touch()
    soon = int(now.stat().st_mtime) + 1
    path = memory / "b.tmx"
    put(path, ["wash your hands 007 tame"], soon)
    opened(memory)
    with path.open("r+") as file:
        file.write("wash your hands 007 time")
    os.utime(path, (soon, soon))
    assert ("b.tmx", "wash your hands 007 time", 1, 1) in answers(opened(memory))


def test_a_broken_memory_file_is_left_out(memory: Path) -> None:
    wanted = answers(opened(memory))
    put(memory / "0.tmx", ["wash your hands 007 times", "bad"])
    indexes = opened(memory)
    assert answers(indexes) == wanted
    (error,) = indexes.unread
    assert str(error).endswith("0.tmx:2: no TMX")


def test_every_damaged_page_is_noticed(memory: Path) -> None:
    wanted = answers(opened(memory))
    cache = memory.parent / "cache"
    largest = max(cache.glob("*.idx"), key=lambda path: path.stat().st_size)
    sound = largest.read_bytes()
    used = 0
    for page in range(0, len(sound), index_pages.PAGE):
        at = min(page + 1000, len(sound) - 1)
        largest.write_bytes(sound[:at] + bytes([sound[at] ^ 0x10]) + sound[at + 1 :])
        indexes = opened(memory)
        assert answers(indexes) == wanted
        used += bool(indexes.warnings)
        assert largest.read_bytes() == sound or not indexes.warnings
    assert used > 2


def test_every_cut_is_noticed(memory: Path) -> None:
    wanted = answers(opened(memory))
    cache = memory.parent / "cache"
    largest = max(cache.glob("*.idx"), key=lambda path: path.stat().st_size)
    sound = largest.read_bytes()
    for size in (0, 1, 50, *range(4096, len(sound), 4096), len(sound) - 1):
        largest.write_bytes(sound[:size])
        indexes = opened(memory)
        assert answers(indexes) == wanted
        assert len(indexes.warnings) == 1
        assert "is not usable" in indexes.warnings[0]
        assert largest.read_bytes() == sound


def test_foreign_files_are_not_believed(memory: Path) -> None:
    wanted = answers(opened(memory))
    cache = memory.parent / "cache"
    one, other = sorted(cache.glob("*.idx"))
    shutil.copy(one, other)  # sound, but another memory's
    assert answers(opened(memory)) == wanted
    other.write_bytes(b"something else altogether " * 999)
    assert answers(opened(memory)) == wanted
    content = bytearray(one.read_bytes())
    version = content.rindex(b"bilingo index") + 16
    content[version] += 1
    one.write_bytes(content)
    indexes = opened(memory)
    assert answers(indexes) == wanted
    assert f"version {index_pages.VERSION + 1}" in indexes.warnings[0]


@pytest.mark.parametrize("content", [b"", b"\xff\0", b"a b c\0", b"x 1 2 3 /nowhere\0"])
def test_a_damaged_list_is_made_again(memory: Path, content: bytes) -> None:
    wanted = answers(opened(memory))
    (memory.parent / "cache" / index_cache.SOURCES).write_bytes(content)
    assert answers(opened(memory)) == wanted
    assert not opened(memory).built


def test_a_folder_that_cannot_be_written(memory: Path) -> None:
    wanted = answers(opened(memory))
    place = memory.parent / "not-a-folder"
    place.write_text("a file", encoding="utf-8")
    indexes = Indexes(place, sorted(memory.glob("*.tmx")), read)
    assert answers(indexes) == wanted
    assert all("cannot be kept" in warning for warning in indexes.warnings)
    assert len(indexes.warnings) == 2


def test_the_folder_of_a_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    assert cache.folder(tmp_path) == tmp_path / ".bilingo"
    monkeypatch.setattr(cache.os, "access", lambda *_: False)
    other = cache.folder(tmp_path)
    assert other.parent == tmp_path / "home" / "bilingo"
    assert other != cache.folder(tmp_path / "b")
    monkeypatch.setenv("HOME", str(tmp_path / "me"))
    for nothing in ("", "relative"):  # which the specification says to ignore
        monkeypatch.setenv("XDG_CACHE_HOME", nothing)
        assert cache.folder(tmp_path).parent == tmp_path / "me" / ".cache" / "bilingo"


def test_no_numpy_for_a_query(memory: Path) -> None:
    """The command line pays for what it imports."""
    opened(memory)
    (one, _) = sorted((memory.parent / "cache").glob("*.idx"), key=lambda path: path.stat().st_size)
    code = f"""if True:
        import sys
        from bilingo.stores import index_cache
        from bilingo.stores.index import Index
        assert "rapidfuzz" not in sys.modules
        assert Index(open({str(one)!r}, "rb")).candidates("en", "wash your hand", 75)
        assert "numpy" not in sys.modules
    """
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
