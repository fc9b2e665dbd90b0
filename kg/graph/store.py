"""The folder on disk: one store in use, swapped in whole, so that no reader ever sees half a graph.

    graph/format             the number of this layout
    graph/stores/<build>/    one Oxigraph store a build, its hash in <build>.sha256
    graph/CURRENT            the name of the build in use
    graph/published.json     how far each build went to other stores, once one did

A store is written beside the others under another name, flushed to disk, renamed, and only then
named in CURRENT. The store before it stays until the next build, for readers that hold it.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from pyoxigraph import Quad, Store, Triple

from kg.errors import GraphError

FORMAT = 1
_BUILD = re.compile(r"[\w-]+")  # nothing with a slash or a dot may become part of a path
_PARTIAL = ".partial"
_DIGEST = ".sha256"
_OURS = {"format", "stores", "CURRENT", "lock", "readings.sqlite", "published.json"}


@contextmanager
def building(folder: Path) -> Iterator[None]:
    """Hold a graph folder for one build, making it if need be.

    The lock is the operating system's: it goes with its process, however that ends.

    Raises:
        GraphError: Another build is at work there, or the folder holds something else.
    """
    from filelock import FileLock, Timeout

    _make_folder(folder)
    lock = FileLock(folder / "lock")
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise GraphError(
            f"another build is at work on {folder}; wait for it to end, or build elsewhere"
        ) from error
    except OSError as error:
        raise GraphError(f"cannot build in {folder}: {error.strerror}") from error
    with lock:
        _check_format(folder)
        yield


def build_store(folder: Path, build: str, triples: Iterable[Triple]) -> None:
    """Write a store, put it in use, and clear away what no reader can be holding.

    A build that is already there, byte for byte, is put in use as it is; its triples are then not
    asked for. Call it inside `building(folder)`.

    Args:
        folder: The graph folder.
        build: The build's id, which names its content: the same id, the same triples.
        triples: What the graph holds; a triple may come several times.
    """
    stores = folder / "stores"
    stores.mkdir(exist_ok=True)
    for leftover in stores.glob(f"*{_PARTIAL}"):
        _remove(leftover)
    if not _is_whole(stores / build):
        _remove(stores / build)
        partial = stores / (build + _PARTIAL)
        _write_store(partial, triples)
        write_line(stores / (build + _DIGEST), _digest(partial))
        partial.rename(stores / build)
        _sync(stores)
    try:
        before = current_build(folder)
    except GraphError:
        before = None  # it will be written anew
    if before == build:
        return
    write_line(folder / "CURRENT", build)
    for old in stores.iterdir():
        if old.name.removesuffix(_DIGEST) not in {before, build}:
            _remove(old)


def current_build(folder: Path) -> str | None:
    """Id of the build in use; None before the first.

    Raises:
        GraphError: CURRENT is there and names no build.
    """
    try:
        build = (folder / "CURRENT").read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError):
        build = ""
    if not _BUILD.fullmatch(build):
        raise GraphError(f"{folder / 'CURRENT'} names no build: run `kg build` on {folder} again")
    return build


def open_store(folder: Path) -> Store:
    """Open the store in use, for reading only.

    Raises:
        GraphError: There is no graph, it is of another version, or it is damaged.
    """
    if not folder.is_dir():
        raise GraphError(f"no graph at {folder}: build one with `kg build DOCS -o {folder}`")
    build = current_build(folder)
    if build is None and not (folder / "format").exists():
        raise GraphError(f"{folder} is no graph folder: build one with `kg build DOCS -o GRAPH`")
    _check_format(folder)
    if build is None:
        raise GraphError(f"no build of {folder} has ended yet: run `kg build` again, it resumes")
    try:
        return _open(folder / "stores" / build)
    except GraphError:
        later = current_build(folder)
        if later in {None, build}:
            raise
        # two builds ended between our two looks, and the second cleared this store away
        return _open(folder / "stores" / str(later))


def _open(path: Path) -> Store:
    folder = path.parent.parent
    try:
        store = Store.read_only(str(path))
        next(store.quads_for_pattern(None, None, None, None), None)
    except (OSError, RuntimeError, ValueError) as error:
        raise GraphError(
            f"the store {path} is damaged: run `kg build` on {folder} again; the readings are kept"
        ) from error
    return store


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # what a killed build leaves half-written is ours too
        names = (each.name.removesuffix(_PARTIAL) for each in folder.iterdir())
        strangers = sorted(name for name in names if name not in _OURS)
    except OSError as error:
        raise GraphError(f"cannot make a graph at {folder}: {error.strerror}") from error
    if (folder / "format").exists():
        return
    if strangers:
        raise GraphError(
            f"{folder} holds other files ({strangers[0]}): name a new or an empty folder"
        )
    write_line(folder / "format", str(FORMAT))


def _check_format(folder: Path) -> None:
    try:
        found = (folder / "format").read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        found = "unknown"
    if found != str(FORMAT):
        raise GraphError(
            f"{folder} has format {found}, this version of chiptrace reads {FORMAT}: "
            "build into a new folder, or use the version that made it"
        )


def _write_store(path: Path, triples: Iterable[Triple]) -> None:
    try:
        store = Store(str(path))
        store.bulk_extend(Quad(*triple) for triple in triples)
        store.optimize()
        store.flush()
        del store  # closes it
    except OSError as error:
        shutil.rmtree(path, ignore_errors=True)
        raise GraphError(f"cannot write a store under {path.parent}: {error}") from error
    except BaseException:
        shutil.rmtree(path, ignore_errors=True)
        raise
    for log in path.glob("LOG*"):  # it holds times and the path of this machine
        log.unlink()
    for file in path.iterdir():
        _sync(file)
    _sync(path)


def _is_whole(store: Path) -> bool:
    """Whether a store stands there as it was written, so that it can be used again."""
    digest = store.with_name(store.name + _DIGEST)
    try:
        return digest.read_text(encoding="utf-8").strip() == _digest(store)
    except (OSError, UnicodeDecodeError):
        return False


def _digest(store: Path) -> str:
    sha = hashlib.sha256()
    for path in sorted(store.iterdir()):
        with path.open("rb") as file:
            sha.update(hashlib.file_digest(file, "sha256").digest())
    return sha.hexdigest()


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def write_line(path: Path, line: str) -> None:
    """Replace a file of one line so that a crash leaves the old one or the new one."""
    partial = path.with_name(path.name + _PARTIAL)
    partial.write_text(line + "\n", encoding="utf-8")
    _sync(partial)
    partial.replace(path)
    _sync(path.parent)


def _sync(path: Path) -> None:
    """Have the operating system put a file, or the names in a folder, on the disk."""
    with suppress(PermissionError):  # Windows opens no folder; renames are durable there
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
