"""Reads files, folders and what is sent as a file into Articles; what is unfit, into `Problem`s.

A problem is no exception: it costs the file or line that it names, nothing else. Knows nothing of
archives.

    .txt .md      the text is the decoded file, character for character
    .html .htm    the text is what trafilatura finds to be the article
    .jsonl .json  see `index/reading/jsonl.py`

The id of an article in a file of its own is the file's name without its ending, within the folder
that was given: a corrected file then replaces its article. What is known of such an article may
stand beside it: `NAME.meta.json` with title, author, source, published and url.
"""

import io
import os
import re
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePath
from typing import BinaryIO

from index.reading.encodings import decoded, marked
from index.reading.jsonl import parse_object, read_json, read_jsonl
from index.reading.markup import charset_of, tree_of
from index.reading.readings import Problem, Reading
from index.reading.records import (
    DETAILS,
    RecordError,
    check_characters,
    check_id,
    check_text,
    make_article,
    shown,
    with_details,
)
from index.schema import Article

MAX_BYTES = 20 * 2**20
SIDECAR = ".meta.json"
_PAGES = (".html", ".htm")
_SINGLE = (".txt", ".md", *_PAGES)
SUFFIXES = (*_SINGLE, ".jsonl", ".json")

_SEPARATOR = re.compile(r"[/\\]")
_HEADING = re.compile(r"\s*# +([^\r\n]+?)(?:[ \t]+#+)?[ \t]*(?:[\r\n]|\Z)")


def read(*paths: Path) -> Iterator[Reading]:
    """All articles of the files and folders, in order of name, with a problem for each loss."""
    named: dict[str, str] = {}
    for path in paths:
        for file, root in _files(path):
            if isinstance(file, Problem):
                yield file
            else:
                yield from _read_file(file, root, named)


def read_uploads(files: Iterable[tuple[str, bytes]]) -> Iterator[Reading]:
    """All articles of files that somebody sent, given as (name, content).

    A name gives the kind of file and the article's id; it is never taken for a path.
    """
    named: dict[str, str] = {}
    for name, content in files:
        path = PurePath(_SEPARATOR.split(name)[-1])
        try:
            _check_name(path)
            _check_size(path, len(content))
            with io.BytesIO(content) as file:
                yield from _read(path, place_of(path), file, named)
        except RecordError as error:
            yield Problem(place_of(path), str(error))


def place_of(path: PurePath) -> str:
    """The path for a message: one line, whatever the file's name holds."""
    name = str(path)
    return name if name.isprintable() else shown(name)


def _files(path: Path) -> Iterator[tuple[Path | Problem, Path]]:
    """The files to read, each with the folder that its id is relative to."""
    try:
        is_folder = stat.S_ISDIR(path.stat().st_mode)
    except (OSError, ValueError) as error:
        yield Problem(place_of(path), _reason(error)), path
        return
    if not is_folder:
        yield path, path.parent
        return
    found = False
    for entry in _walk(path):
        found = True
        yield entry, path
    if not found:
        yield Problem(place_of(path), f"no articles in this folder ({' '.join(SUFFIXES)})"), path


def _walk(folder: Path) -> Iterator[Path | Problem]:
    """Links to folders are not followed: they may lead in a circle, or out of the folder."""
    problems: list[Problem] = []
    walk = os.walk(folder, onerror=lambda e: problems.append(_problem(Path(e.filename), e)))
    for parent, folders, names in walk:
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(parent, name) for name in sorted(names) if _is_article(name))
    yield from problems


def _is_article(name: str) -> bool:
    low = name.lower()
    return low.endswith(SUFFIXES) and not low.endswith(SIDECAR) and not low.startswith(".")


def _read_file(path: Path, root: Path, named: dict[str, str]) -> Iterator[Reading]:
    place = place_of(path)
    try:
        _check_name(path)
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise RecordError("not a regular file")
        _check_size(path, status.st_size)
        with path.open("rb") as file:
            for reading in _read(path.relative_to(root), place, file, named):
                if isinstance(reading, Article) and path.suffix.lower() in _SINGLE:
                    yield from _with_sidecar(reading, path)
                else:
                    yield reading
    except RecordError as error:
        yield Problem(place, str(error))
    except OSError as error:
        yield _problem(path, error)


def _read(path: PurePath, place: str, file: BinaryIO, named: dict[str, str]) -> Iterator[Reading]:
    """What a file holds, by the ending of its name; `named` tells where each id was used."""
    suffix = path.suffix.lower()
    if suffix == ".jsonl":
        yield from _or_empty(read_jsonl(file, place), place)
    elif suffix == ".json":
        yield from _or_empty(read_json(file, place), place)
    else:
        yield from _read_single(path, place, file, named)


def _or_empty(readings: Iterator[Reading], place: str) -> Iterator[Reading]:
    first = next(readings, None)
    yield first or Problem(place, "empty: no articles in it")
    yield from readings


def _check_name(path: PurePath) -> None:
    """Refuse, before anything of it is read, what is no file of articles."""
    if path.name.lower().endswith(SIDECAR):
        raise RecordError("describes an article; name the article's own file")
    if path.suffix.lower() not in SUFFIXES:
        raise RecordError(f"not a kind of file that is read here ({' '.join(SUFFIXES)})")


def _check_size(path: PurePath, size: int) -> None:
    if path.suffix.lower() in _SINGLE and size > MAX_BYTES:
        raise RecordError(f"{size:,} bytes; an article's file may have {MAX_BYTES:,}")


def _read_single(
    path: PurePath, place: str, file: BinaryIO, named: dict[str, str]
) -> Iterator[Reading]:
    content = _bounded(file)
    name = check_id(path.with_suffix("").as_posix())
    # Two files of one run: without this the second would silently replace the first.
    if name in named:
        raise RecordError(f"the id {shown(name)} was already used by {named[name]}")
    is_page = path.suffix.lower() in _PAGES
    record = page_record(content) if is_page else _text_record(path, content)
    article, lost = make_article({**record, "id": name})
    named[name] = place
    yield from (Problem(place, line, kept=True) for line in lost)
    yield article


def _text_record(path: PurePath, content: bytes) -> dict[str, object]:
    text = check_text(text_of(content))
    heading = _HEADING.match(text) if path.suffix.lower() == ".md" else None
    return {"body": text, "title": heading.group(1) if heading else None}


def page_record(content: bytes, charset: str | None = None) -> dict[str, object]:
    """The fields of the article that an HTML page holds, or why it holds none."""
    # A second of import, for pages only.
    try:
        from trafilatura import bare_extraction
    except ImportError as error:
        why = " ".join(str(error).split())
        raise RecordError(f"HTML cannot be read here, trafilatura does not load: {why}") from None

    # The date that the page states, not one guessed from its words.
    stated = {"original_date": True, "extensive_search": False}
    html = check_characters(decoded(content, charset, charset_of(content)))
    try:
        page = bare_extraction(
            tree_of(html),
            include_comments=False,
            with_metadata=True,
            date_extraction_params=stated,
        )
    except ValueError as error:
        raise RecordError(f"not HTML that can be read: {error}") from None
    if page is None or isinstance(page, dict) or not (page.text or "").strip():
        raise RecordError("no article found in this page")
    found = (page.title, page.author, page.sitename, page.date, page.url)
    return {"body": page.text, **dict(zip(DETAILS, found, strict=True))}


def _with_sidecar(article: Article, path: Path) -> Iterator[Reading]:
    sidecar = path.with_name(path.stem + SIDECAR)
    name = place_of(Path(sidecar.name))
    place = place_of(path)
    try:
        if not sidecar.exists():
            yield article
            return
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


def text_of(content: bytes) -> str:
    """UTF-8, or what the byte order mark says. The mark tells the encoding; it is not text."""
    encoding = marked(content) or "utf-8"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise RecordError(
            f"not {encoding.removesuffix('-sig').upper()}: byte {error.start + 1:,}, in line "
            f"{line:,} ({error.reason}); save the file as UTF-8"
        ) from None


def _problem(path: Path, error: OSError) -> Problem:
    return Problem(place_of(path), _reason(error))


def _reason(error: OSError | ValueError) -> str:
    # A path with a NUL in it is a ValueError to Python.
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
