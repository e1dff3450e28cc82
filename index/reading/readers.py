"""Reads files, folders and addresses into Articles; what is unfit in them, into `Problem`s.

A problem is no exception: it costs the file or line that it names, nothing else. Which formats are
read stands in `formats/registry.py`. Knows nothing of archives.

The id of an article in a file of its own is the file's name without its ending, within the folder
that was given: a corrected file then replaces its article. What is known of such an article may
stand beside it: `NAME.meta.json` with title, author, source, published and url.
"""

import io
import os
import re
import stat
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path, PurePath
from typing import BinaryIO

from index.reading.formats.jsonl import parse_object
from index.reading.formats.registry import HEAD, SUFFIXES, Format, format_of
from index.reading.read_results import FoundArticle, Problem, ReadResult, Source, read_one
from index.reading.records import DETAILS, RecordError, check_id, shown, with_details
from index.schema import Article
from index.workers import Workers

MAX_BYTES = 20 * 2**20
SIDECAR = ".meta.json"

# Files that are read ahead, for each batch of articles that may be under way: some batches' worth.
_AHEAD = 16

_Find = Callable[[], FoundArticle]
# Never opened: closing a file that SQLite has open in this process gives up SQLite's locks on it,
# and the archive may lie in the folder that is read.
_DATABASES = (".sqlite3", ".sqlite3-wal", ".sqlite3-shm")
_SEPARATOR = re.compile(r"[/\\]")


def read(*paths: Path, workers: Workers | None = None) -> Iterator[ReadResult]:
    """All articles of the files and folders, in order of name, with a problem for each loss.

    What is one article is read by `workers`, some files ahead; who is told of a file is the same.
    """
    named: dict[str, str] = {}
    files = chain.from_iterable(map(_files, paths))
    begun = _begun_ahead(files, workers) if workers else ((*each, None) for each in files)
    for file, root, find in begun:
        if isinstance(file, Problem):
            yield file
        else:
            yield from _read_file(file, root, named, find)


def read_uploads(files: Iterable[tuple[str, bytes]]) -> Iterator[ReadResult]:
    """All articles of files that somebody sent, given as (name, content).

    A name gives the kind of file and the article's id; it is never taken for a path.
    """
    named: dict[str, str] = {}
    for name, content in files:
        path = PurePath(_SEPARATOR.split(name)[-1])
        with io.BytesIO(content) as file:
            yield from _read(path, shown_path(path), file, named)


def shown_path(path: PurePath) -> str:
    """The path for a message: one line, whatever the file's name holds."""
    name = str(path)
    return name if name.isprintable() else shown(name)


def _files(path: Path) -> Iterator[tuple[Path | Problem, Path | None]]:
    """The files to read, each with the folder, if one was given, that its id is relative to."""
    try:
        is_folder = stat.S_ISDIR(path.stat().st_mode)
    except (OSError, ValueError) as error:
        yield Problem(shown_path(path), _reason(error)), None
        return
    if not is_folder:
        yield path, None
        return
    found = False
    for entry in _walk(path):
        found = True
        yield entry, path
    if not found:
        yield Problem(shown_path(path), f"no articles in this folder ({' '.join(SUFFIXES)})"), path


def _walk(folder: Path) -> Iterator[Path | Problem]:
    """Links to folders are not followed: they may lead in a circle, or out of the folder.

    Hidden files are passed over, and so is what describes an article.
    """
    problems: list[Problem] = []
    walk = os.walk(folder, onerror=lambda e: problems.append(_problem(Path(e.filename), e)))
    for parent, folders, names in walk:
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (
            Path(parent, name)
            for name in sorted(names)
            if not name.startswith(".") and not name.lower().endswith(SIDECAR)
        )
    yield from problems


def _begun_ahead(
    files: Iterable[tuple[Path | Problem, Path | None]], workers: Workers
) -> Iterator[tuple[Path | Problem, Path | None, _Find | None]]:
    """The files, each with what a worker will have found in it, if it was told to look."""
    waiting: deque[tuple[Path | Problem, Path | None, _Find | None]] = deque()
    sizes: deque[int] = deque()
    for file, root in files:
        content = None if isinstance(file, Problem) else _content(file)
        find = None
        if content and isinstance(file, Path):
            format_, data = content
            inner = _inner(file, root)
            find = workers.begin(_only, format_, inner, shown_path(file), io.BytesIO(data))
        waiting.append((file, root, find))
        sizes.append(len(content[1]) if content else 0)
        while len(waiting) > _AHEAD * workers.n_ahead or sum(sizes) > MAX_BYTES:
            sizes.popleft()
            yield waiting.popleft()
    yield from waiting


def _content(path: Path) -> tuple[Format, bytes] | None:
    """What a file of one article holds; None for others, and what cannot be had."""
    try:
        if _refused(path, in_folder=True):
            return None
        with path.open("rb") as file:
            head = file.read(HEAD)
            format_ = format_of(head, path.suffix)
            if format_ is None or format_.many:
                return None
            return format_, head + file.read(MAX_BYTES + 1 - len(head))
    except OSError:
        return None  # which is told when it is its turn


def _refused(path: Path, *, in_folder: bool) -> Problem | None:
    """What is wrong with a path that can be no article's file; raises OSError."""
    if not stat.S_ISREG(path.stat().st_mode):
        return Problem(shown_path(path), "not a regular file")
    is_database = path.suffix in _DATABASES
    return (
        Problem(shown_path(path), "a database, not an article", passed=in_folder)
        if is_database
        else None
    )


def _inner(path: Path, root: Path | None) -> PurePath:
    """The path that gives an article its id."""
    return path.relative_to(root) if root else PurePath(path.name)


def _read_file(
    path: Path, root: Path | None, named: dict[str, str], find: _Find | None
) -> Iterator[ReadResult]:
    """What a file holds; nobody has named the files of a folder (`root`), so some may be others."""
    place = shown_path(path)
    inner = _inner(path, root)
    try:
        if problem := _refused(path, in_folder=bool(root)):
            yield problem
            return
        with path.open("rb") as file:
            for reading in _read(inner, place, file, named, find):
                if isinstance(reading, Article) and reading.id == _name_of(inner):
                    yield from _with_sidecar(reading, path)
                elif isinstance(reading, Problem) and not root:
                    yield replace(reading, passed=False)
                else:
                    yield reading
    except OSError as error:
        yield _problem(path, error)


def _read(
    path: PurePath,
    place: str,
    file: BinaryIO,
    named: dict[str, str],
    find: _Find | None = None,
) -> Iterator[ReadResult]:
    """What a file holds, by what it is; `named` tells where each file's own id was used.

    `find` gives what is in the file of one article, where somebody else looks.
    """
    if path.name.lower().endswith(SIDECAR):
        yield Problem(place, "describes an article; give the article's own file instead")
        return
    head = file.read(HEAD)
    file.seek(0)
    format_ = format_of(head, path.suffix)
    if format_ is None:
        problem = f"not a kind of file that is read here ({' '.join(SUFFIXES)})"
        yield Problem(place, problem, passed=True)
    elif format_.many:
        readings = format_.many(file, Source(place))
        first = next(readings, None)
        yield first or Problem(place, "empty: no articles in it")
        yield from readings
    else:
        yield from read_one(find or partial(_only, format_, path, place, file), place, place, named)


def _only(format_: Format, path: PurePath, place: str, file: BinaryIO) -> FoundArticle:
    """The article that a file is, by its own name if it has no other."""
    name = check_id(_name_of(path))
    content = _bounded(file)
    found = format_.one(content, Source(place)) if format_.one else FoundArticle({})
    return replace(found, record={**found.record, "id": name})


def _name_of(path: PurePath) -> str:
    return path.with_suffix("").as_posix()


def _with_sidecar(article: Article, path: Path) -> Iterator[ReadResult]:
    sidecar = path.with_name(path.stem + SIDECAR)
    name = shown_path(Path(sidecar.name))
    place = shown_path(path)
    try:
        if not sidecar.exists():
            yield article
            return
        if not sidecar.is_file():  # a pipe would be waited for
            raise RecordError("not a regular file")
        with sidecar.open("rb") as file:
            details = parse_object(_bounded(file))
    except (RecordError, OSError) as error:
        yield Problem(place, f"article kept without its {name}: {error}", kept=True)
        yield article
        return
    known, lost = with_details(article, details)
    unknown = (
        f"article kept, but its {name} has an unknown {shown(key)}; "
        f"it may have {', '.join(DETAILS)}"
        for key in details
        if key not in DETAILS
    )
    yield from (Problem(place, line, kept=True) for line in (*lost, *unknown))
    yield known


def _bounded(file: BinaryIO) -> bytes:
    # What stat says of a growing or a special file is not what it holds.
    content = file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise RecordError(f"over {MAX_BYTES:,} bytes, the most that an article's file may have")
    return content


def _problem(path: Path, error: OSError) -> Problem:
    return Problem(shown_path(path), _reason(error))


def _reason(error: OSError | ValueError) -> str:
    # A path with a NUL in it is a ValueError to Python.
    return (error.strerror if isinstance(error, OSError) else None) or str(error)


def is_address(place: str) -> bool:
    """Whether it is an address of the web, and no path."""
    return place.lower().startswith(("http://", "https://"))


def read_places(
    places: Sequence[str], *, local: bool = False, workers: Workers | None = None
) -> Iterator[ReadResult]:
    """What the paths hold, then what the addresses do; `workers` read files.

    With `local` machines may be asked that are not public: who types the address vouches for it.
    """
    yield from read(*(Path(place) for place in places if not is_address(place)), workers=workers)
    addresses = [place for place in places if is_address(place)]
    if addresses:
        from index.reading.fetching import Fetcher
        from index.reading.web import read_address

        fetcher = Fetcher(allows=_any, ports=range(1, 2**16)) if local else Fetcher()
        for url in addresses:
            yield from read_address(url, fetcher)


def _any(number: str) -> bool:
    return True
