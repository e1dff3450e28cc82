"""Maintains an archive: checks and repairs it, backs it up, restores a backup.

Everything derived from an article's text can be derived again; the text itself cannot.
"""

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from index.archive.address import Address
from index.archive.archive import Archive
from index.archive.correction_rows import CorrectionDamaged
from index.archive.embedded.engine import FILE
from index.archive.embedded.log import ForeignLog, check_log
from index.archive.embedded.vectors import discard
from index.archive.embedding.embedder import Embedder
from index.archive.engine import NotHere
from index.archive.errors import ArchiveDamaged, ArchiveNotFound, ArticleDamaged
from index.archive.sqlite import Database
from index.archive.version_rows import VersionDamaged
from index.ingest import Outcome, ingest

_DRAFT = f"{FILE}.new"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that was damaged, in one line, and whether it has been repaired."""

    what: str
    is_mended: bool


def check(archive: Archive, embedder: Callable[[], Embedder]) -> Iterator[Finding]:
    """Read everything; `embedder` is called only if an article has to be derived again."""
    if faults := archive.faults():
        yield Finding(
            f"the structure of the file is damaged ({faults[0]}): restore a backup", False
        )
        return
    yield from (Finding(done, True) for done in archive.mend_indexes())
    if dropped := archive.drop_damaged("corrections"):
        yield Finding(f"{dropped} corrections were damaged: removed", False)
    if dropped := archive.drop_damaged("versions"):
        yield Finding(f"{dropped} earlier versions were damaged: removed", False)
    for article_id in archive.lost():
        archive.remove(article_id)
        yield Finding(f"{article_id}: the article is lost: add it again", False)
    for article_id in archive.ids():
        try:
            archive.verify(article_id)
        except ArticleDamaged:
            yield _mended(archive, embedder, article_id)
    # Taking out what was damaged may have left something of it.
    yield from (Finding(done, True) for done in archive.mend_indexes())


def _mended(archive: Archive, embedder: Callable[[], Embedder], article_id: str) -> Finding:
    try:
        article = archive.as_read(article_id)
    except ArticleDamaged:
        article = None
    if article is None:
        return Finding(f"{article_id}: its text or title is damaged: add it again", False)
    list(ingest(archive, embedder, [article]))
    return Finding(f"{article_id}: what was derived from its text was damaged: made again", True)


def rederive(archive: Archive, embedder: Callable[[], Embedder]) -> Iterator[str]:
    """Derive everything again from every text, by the rules of this version; yields each id.

    Corrections by hand stay where their words are. Raises ArticleDamaged: `check` first.
    """
    articles = (article for id_ in archive.ids() if (article := archive.as_read(id_)))
    outcomes = ingest(archive, embedder, articles, anew=True)
    yield from (each.article_id for each in outcomes if isinstance(each, Outcome))
    archive.register_all()  # whose rules may have changed where nothing else has


def backup(archive: Archive, file: Path) -> None:
    """Write the archive as it is now to one file, replacing an older backup."""
    draft = file.with_name(f"{file.name}.new")
    archive.copy_to(draft)
    draft.replace(file)


def restore(folder: Address, file: Path) -> Path | None:
    """Replace an archive by a backup, also while programs have it open.

    Returns where the old archive was kept, if it was damaged. Raises ArchiveDamaged, and changes
    nothing, if the backup is damaged; NotHere for an archive in a database.
    """
    if not isinstance(folder, Path):
        raise NotHere(
            f"The archive in {folder} is restored by pg_restore; or restore the backup into a "
            f"folder, and copy that: verbatim copy FOLDER {folder}"
        )
    if not file.is_file():
        raise ArchiveNotFound(f"There is no backup {file}.")
    folder.mkdir(parents=True, exist_ok=True)
    draft = folder / _DRAFT
    with Archive.of_file(file) as found:
        _check_backup(found, file)
        found.copy_to(draft)
    kept = _replace(folder / FILE, draft)
    discard(folder / "vectors.faiss")
    return kept


def _check_backup(found: Archive, file: Path) -> None:
    broken = [*found.faults(), *found.lost()]
    try:
        for article_id in found.ids():
            found.verify(article_id)
            found.versions(article_id)
        found.corrections()
    except (ArticleDamaged, CorrectionDamaged, VersionDamaged) as error:
        broken.append(str(error))
    if broken:
        raise ArchiveDamaged(f"The backup {file} is damaged; nothing was changed: {broken[0]}")


def _replace(path: Path, draft: Path) -> Path | None:
    """Replace a file by the draft, in place if possible, as other programs may have it open."""
    if not path.is_file():
        _move(draft, path)
        return None
    try:
        with Database.at(draft) as source, Database.at(path, beforehand=check_log) as target:
            target.fill_from(source)
    except (ArchiveDamaged, ForeignLog):
        kept = next(p for n in count(1) if not (p := path.with_name(f"{FILE}.{n}")).exists())
        _move(path, kept)
        _move(draft, path)
        return kept
    draft.unlink()
    return None


def _move(path: Path, place: Path) -> None:
    """Move a file with its log; a log left at the target belongs to another file and is deleted."""
    log, memory = (f"{path.name}-wal", f"{path.name}-shm")
    for stray in (f"{place.name}-wal", f"{place.name}-shm", memory):
        place.with_name(stray).unlink(missing_ok=True)
    with contextlib.suppress(FileNotFoundError):
        path.with_name(log).replace(place.with_name(f"{place.name}-wal"))
    path.replace(place)
