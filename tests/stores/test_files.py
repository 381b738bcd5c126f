"""What `files` reads, refuses and leaves alone; tests/faults is about interruptions."""

from __future__ import annotations

import os
import resource
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from bilingo.errors import BilingoError
from bilingo.stores import files
from bilingo.stores.files import Change

OLD, NEW = "頁首 header\n".encode(), "頁尾 footer\n".encode()


@pytest.mark.parametrize("name", ["page.po", "頁.po", "長" * 84 + ".po", "a" * 255])
@pytest.mark.parametrize("content", [b"", NEW, NEW * 100_000])
def test_what_is_written_is_read(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / "locales" / "zh_HK" / name
    change = Change(path, content, None)
    assert files.write(tmp_path, [change]) == (path,)
    assert files.read(path) == content
    assert sorted(tmp_path.rglob("*")) == [path.parents[1], path.parent, path]


def test_unchanged_content_touches_nothing(tmp_path: Path) -> None:
    path = tmp_path / "page.po"
    path.write_bytes(OLD)
    os.utime(path, ns=(1, 1))
    before = path.stat()
    assert files.write(tmp_path, [Change(path, OLD, NEW)]) == ()  # somebody else did our work
    after = path.stat()
    assert (after.st_mtime_ns, after.st_ino) == (before.st_mtime_ns, before.st_ino)


@pytest.mark.parametrize("expected", [NEW, None, b""])
def test_what_somebody_else_wrote_stays(tmp_path: Path, expected: bytes | None) -> None:
    first, second = tmp_path / "a.po", tmp_path / "b.po"
    second.write_bytes(OLD)
    with pytest.raises(BilingoError, match="changed on disk meanwhile"):
        files.write(tmp_path, [Change(first, NEW), Change(second, b"ours", expected)])
    assert list(tmp_path.iterdir()) == [second]  # not even the first one of the batch
    assert second.read_bytes() == OLD


def test_an_editor_that_saves_during_the_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "page.po"
    path.write_bytes(OLD)
    monkeypatch.setattr(os, "fsync", lambda _: path.write_bytes("編輯者".encode()))
    with pytest.raises(BilingoError, match="changed on disk meanwhile"):
        files.write(tmp_path, [Change(path, NEW, OLD)])
    assert path.read_text(encoding="utf-8") == "編輯者"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("mode", [0o600, 0o644, 0o664, 0o755])
def test_the_mode_is_kept(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "page.po"
    path.write_bytes(OLD)
    path.chmod(mode)
    files.write(tmp_path, [Change(path, NEW)])
    assert path.stat().st_mode & 0o777 == mode


def test_a_symbolic_link_stays_one(tmp_path: Path) -> None:
    real, link = tmp_path / "real" / "頁.po", tmp_path / "link.po"
    real.parent.mkdir()
    real.write_bytes(OLD)
    link.symlink_to("real/頁.po")
    files.write(tmp_path, [Change(link, NEW, OLD)])
    assert link.is_symlink()
    assert real.read_bytes() == NEW
    with pytest.raises(BilingoError, match="two changes to one file"):
        files.write(tmp_path, [Change(link, OLD), Change(real, OLD)])


@pytest.mark.parametrize(
    "path", ["../x.po", "../root-2/x.po", "/etc/hostname", "out/x.po", "a/../../x"]
)
def test_nothing_leaves_the_root(tmp_path: Path, path: str) -> None:
    root = tmp_path / "root"
    for directory in (root, tmp_path / "root-2"):
        directory.mkdir()
    (root / "out").symlink_to(tmp_path / "root-2")
    with pytest.raises(BilingoError, match="outside of the project"):
        files.write(root, [Change(Path(path), NEW)])
    assert list((tmp_path / "root-2").iterdir()) == []


@pytest.mark.parametrize("path", ["page.po", "內容/頁.po", "a/../b.po", "."])
def test_inside(tmp_path: Path, path: str) -> None:
    assert files.inside(tmp_path, path) == (tmp_path / path).resolve()


@pytest.mark.parametrize("path", ["a\0b", "loop/x"])
def test_paths_that_are_none(tmp_path: Path, path: str) -> None:
    (tmp_path / "loop").symlink_to("loop")
    with pytest.raises(BilingoError):
        files.read_if_any(files.inside(tmp_path, path))


def test_a_lock_that_is_a_link_is_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.write_bytes(OLD)
    root = tmp_path / "root"
    root.mkdir()
    (root / files.LOCK).symlink_to(outside)
    with pytest.raises(BilingoError, match="cannot lock"):
        files.write(root, [Change(root / "a.po", NEW)])
    assert outside.read_bytes() == OLD


def test_stale_temporary_files_go(tmp_path: Path) -> None:
    stale = tmp_path / f".頁.po.0123abcd{files.TEMP}"
    stale.write_bytes(NEW)
    kept = tmp_path / "notes.bilingo-tmp.txt"
    kept.write_bytes(NEW)
    files.write(tmp_path, [Change(tmp_path / "page.po", NEW)])
    assert sorted(path.name for path in tmp_path.iterdir()) == [kept.name, "page.po"]


@pytest.mark.parametrize("limit", [0, 9, 11])
def test_a_file_over_the_limit_is_refused(tmp_path: Path, limit: int) -> None:
    path = tmp_path / "頁.po"
    path.write_bytes(b"x" * (limit + 1))
    with pytest.raises(BilingoError, match=f"larger than {limit} bytes") as caught:
        files.read(path, limit=limit)
    assert caught.value.where == str(path)
    assert len(files.read(path, limit=limit + 1)) == limit + 1


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.po"
    with path.open("wb") as file:
        file.truncate(1 << 40)
    with pytest.raises(BilingoError, match="larger than 67,108,864 bytes"):
        files.read(path)


def test_what_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for name, reason in (("pipe", "not a regular"), (".", "not a regular"), ("無", "no such file")):
        with pytest.raises(BilingoError, match=reason):
            files.read(tmp_path / name)
    assert files.read_if_any(tmp_path / "無") is None
    with pytest.raises(BilingoError, match="not a regular"):
        files.write(tmp_path, [Change(tmp_path / "pipe", NEW)])


@pytest.mark.parametrize("name", ["zh_HK", "messages", "ca@valencia", "a.b-c", "x" * 64])
def test_safe_names(name: str) -> None:
    assert files.safe_name(name) == name


@pytest.mark.parametrize(
    "name", ["", ".", "..", ".git", "-rf", "a/b", "a\\b", "頁", "a b", "a\n", "a\0", "x" * 65]
)
def test_unsafe_names(name: str) -> None:
    with pytest.raises(BilingoError, match="not a safe name"):
        files.safe_name(name)


@pytest.fixture
def open_root() -> Iterator[Path]:
    """A directory that another user may enter."""
    root = Path(tempfile.mkdtemp()).resolve()
    root.chmod(0o755)
    yield root
    root.chmod(0o755)
    shutil.rmtree(root)


def as_nobody(root: Path, path: Path) -> str:
    """What writing `path` says to a user without rights, in a child."""
    answer, tell = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            if os.geteuid() == 0:
                os.setuid(65534)
            files.write(root, [Change(path, NEW)])
            os.write(tell, b"written")
        except BilingoError as error:
            os.write(tell, str(error).encode())
        finally:
            os._exit(0)
    os.close(tell)
    os.waitpid(child, 0)
    with os.fdopen(answer, encoding="utf-8") as file:
        return file.read()


def test_a_directory_that_cannot_be_written(open_root: Path) -> None:
    path = open_root / "頁.po"
    path.write_bytes(OLD)
    open_root.chmod(0o555)
    assert (
        as_nobody(open_root, path) == f"{open_root / files.LOCK}: cannot lock it: Permission denied"
    )
    assert path.read_bytes() == OLD
    assert list(open_root.iterdir()) == [path]


def test_only_a_directory_below_can_be_written(open_root: Path) -> None:
    below = open_root / "locales"
    below.mkdir()
    below.chmod(0o777)
    open_root.chmod(0o555)
    assert as_nobody(open_root, below / "頁.po") == "written"
    assert [path.name for path in below.iterdir()] == ["頁.po"]


def test_a_size_limit_of_the_system(tmp_path: Path) -> None:
    """RLIMIT_FSIZE: a real write that is cut short, then fails."""
    path = tmp_path / "頁.po"
    path.write_bytes(OLD)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, limits[1]))
    try:
        with pytest.raises(BilingoError, match=r"頁\.po: cannot write it: File too large"):
            files.write(tmp_path, [Change(path, NEW * 1000, OLD)])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert path.read_bytes() == OLD
    assert list(tmp_path.iterdir()) == [path]
