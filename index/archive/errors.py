"""How an archive fails, whatever engine keeps it."""

from index.reading.records import shown
from index.schema import VerbatimError


class ArchiveError(VerbatimError):
    """The archive cannot be read or written. `reason` says so without naming this machine."""

    reason: str


class ArchiveDamaged(ArchiveError):
    """SQLite cannot make sense of the archive's file."""

    reason = "The archive is damaged: it has to be restored from a backup."


class ArchiveBusy(ArchiveError):
    """Another process kept the archive locked for too long."""

    reason = "The archive is being written by another process: try again in a minute."


class ArchiveFull(ArchiveError):
    """There is no room left on the disk."""

    reason = "There is no room left on the server’s disk."


class ArchiveUnwritable(ArchiveError):
    """The archive cannot be opened or written: rights, a read-only folder."""

    reason = "The archive can only be read here, not changed."


class ArchiveGone(ArchiveError):
    """The archive's file is no longer in its place."""

    reason = "The archive was taken away from under this server."


class ArchiveNotFound(ArchiveError):
    """There is no archive in the folder."""

    reason = "There is no archive where this server was told to look."


class ArchiveMismatch(ArchiveError):
    """The archive was made by another embedder or another version of this program."""

    reason = "The archive was made by another version of this program, or with another model."


class ArticleDamaged(ArchiveError):
    """What is kept of one article is not what was put in."""

    def __init__(self, article_id: str) -> None:
        super().__init__(
            f"The article {shown(article_id)} is damaged in the archive: add it again. "
            "What can be mended is mended by: python -m index check"
        )
        self.article_id = article_id
        self.reason = f"The article {shown(article_id)} is damaged: it has to be added again."
