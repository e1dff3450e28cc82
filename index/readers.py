"""Reads files and folders into Articles; what cannot be read becomes a `Problem`, no exception.

A problem costs the file or line that it names, nothing else. Knows nothing of archives.

    .txt .md      the text is the decoded file, character for character
    .html .htm    the text is what trafilatura finds to be the article
    .jsonl .json  see `index/jsonl.py`

The id of an article in a file of its own is the file's name without its ending, within the folder
that was given: a corrected file then replaces its article. What is known of such an article may
stand beside it: `NAME.meta.json` with title, author, source, published and url.
"""

import codecs
import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

from index.jsonl import Problem, Reading, parse_object, read_json, read_jsonl
from index.records import DETAILS, RecordError, check_id, check_text, shown, with_details
from index.schema import Article

MAX_BYTES = 20 * 2**20
SIDECAR = ".meta.json"
_PAGES = (".html", ".htm")
_SINGLE = (".txt", ".md", *_PAGES)
SUFFIXES = (*_SINGLE, ".jsonl", ".json")

# UTF-32's mark begins with UTF-16's, so it is tried first.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
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


def place_of(path: Path) -> str:
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
    suffix = path.suffix.lower()
    try:
        _check_file(path)
        if suffix == ".jsonl":
            yield from _or_empty(read_jsonl(path, place), place)
        elif suffix == ".json":
            yield from _or_empty(read_json(path, place), place)
        else:
            yield from _read_single(path, root, named)
    except RecordError as error:
        yield Problem(place, str(error))
    except OSError as error:
        yield _problem(path, error)


def _or_empty(readings: Iterator[Reading], place: str) -> Iterator[Reading]:
    first = next(readings, None)
    yield first or Problem(place, "empty: no articles in it")
    yield from readings


def _check_file(path: Path) -> None:
    """Refuse, before anything of it is read, what is no file of articles."""
    suffix = path.suffix.lower()
    if path.name.lower().endswith(SIDECAR):
        raise RecordError("describes an article; name the article's own file")
    if suffix not in SUFFIXES:
        raise RecordError(f"not a kind of file that is read here ({' '.join(SUFFIXES)})")
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise RecordError("not a regular file")
    if suffix in _SINGLE and status.st_size > MAX_BYTES:
        raise RecordError(f"{status.st_size:,} bytes; an article's file may have {MAX_BYTES:,}")


def _read_single(path: Path, root: Path, named: dict[str, str]) -> Iterator[Reading]:
    place = place_of(path)
    content = _bounded(path)
    name = check_id(path.relative_to(root).with_suffix("").as_posix())
    # Two files of one run: without this the second would silently replace the first.
    if name in named:
        raise RecordError(f"the id {shown(name)} was already used by {named[name]}")
    is_page = path.suffix.lower() in _PAGES
    article, lost = _read_page(content, name) if is_page else (_read_text(path, content, name), ())
    article, more = _with_sidecar(article, path)
    named[name] = place
    yield from (Problem(place, line, kept=True) for line in (*lost, *more))
    yield article


def _read_text(path: Path, content: bytes, name: str) -> Article:
    text = check_text(_decode(content))
    heading = _HEADING.match(text) if path.suffix.lower() == ".md" else None
    title = {"title": heading.group(1)} if heading else {}
    return with_details(Article(name, text), title)[0]


def _read_page(content: bytes, name: str) -> tuple[Article, tuple[str, ...]]:
    # A second of import, for pages only.
    try:
        from trafilatura import bare_extraction
    except ImportError as error:
        why = " ".join(str(error).split())
        raise RecordError(f"HTML cannot be read here, trafilatura does not load: {why}") from None

    # The date that the page states, not one guessed from its words.
    stated = {"original_date": True, "extensive_search": False}
    try:
        page = bare_extraction(
            content, include_comments=False, with_metadata=True, date_extraction_params=stated
        )
    except ValueError as error:
        raise RecordError(f"not HTML that can be read: {error}") from None
    if page is None or isinstance(page, dict) or not (page.text or "").strip():
        raise RecordError("no article found in this page")
    found = (page.title, page.author, page.sitename, page.date, page.url)
    return with_details(
        Article(name, check_text(page.text)), dict(zip(DETAILS, found, strict=True))
    )


def _with_sidecar(article: Article, path: Path) -> tuple[Article, tuple[str, ...]]:
    sidecar = path.with_name(path.stem + SIDECAR)
    try:
        if not sidecar.exists():
            return article, ()
        details = parse_object(_bounded(sidecar))
    except (RecordError, OSError) as error:
        return article, (f"article kept without its {place_of(Path(sidecar.name))}: {error}",)
    known, lost = with_details(article, details)
    unknown = (
        f"article kept, but its {place_of(Path(sidecar.name))} has an unknown {shown(key)}; "
        f"it may have {', '.join(DETAILS)}"
        for key in details
        if key not in DETAILS
    )
    return known, (*lost, *unknown)


def _bounded(path: Path) -> bytes:
    # What stat says of a growing or a special file is not what it holds.
    with path.open("rb") as file:
        content = file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise RecordError(f"over {MAX_BYTES:,} bytes, the most that an article's file may have")
    return content


def _decode(content: bytes) -> str:
    """UTF-8, or what the byte order mark says. The mark tells the encoding; it is not text."""
    encoding = next((name for mark, name in _MARKS if content.startswith(mark)), "utf-8-sig")
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
