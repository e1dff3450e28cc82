"""An article's earlier versions as records, each with what changed then.

Knows no route.
"""

from collections.abc import Sequence

from pydantic import BaseModel

from bot.rendering.records import PlaceRecord
from index.schema import Article, Span
from index.text_changes import What
from index.versions import Step


class SideRecord(PlaceRecord):
    """A sentence of one version."""

    text: str


class ChangeRecord(BaseModel):
    """A sentence that is gone, new, or altered; what stayed as it was is left out."""

    what: What
    before: SideRecord | None
    after: SideRecord | None


class VersionRecord(BaseModel):
    """What stood in the article's place until `replaced_at`, and what changed then.

    Places are in characters of its own text, and of the text that took its place.
    """

    version: str
    title: str | None
    published: str | None
    added_at: str
    replaced_at: str
    text: str
    changes: list[ChangeRecord]


class Versions(BaseModel):
    """The earlier versions of an article, the newest first."""

    article_id: str
    versions: list[VersionRecord]


def record(article_id: str, steps: Sequence[Step]) -> Versions:
    """The earlier versions as one record."""
    return Versions(article_id=article_id, versions=[_version(step) for step in steps])


def _version(step: Step) -> VersionRecord:
    changes = [
        ChangeRecord(
            what=change.what,
            before=_side(change.before, step.older),
            after=_side(change.after, step.newer),
        )
        for change in step.changes
        if change.what != "same"
    ]
    return VersionRecord(
        version=step.older.version,
        title=step.older.title,
        published=step.older.published,
        added_at=step.added_at,
        replaced_at=step.at,
        text=step.older.text,
        changes=changes,
    )


def _side(span: Span | None, article: Article) -> SideRecord | None:
    if span is None:
        return None
    return SideRecord(start=span.start, end=span.end, text=span.of(article.text))
