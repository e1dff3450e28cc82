"""What is derived of an article is computed once for its text and title, and never stale."""

from dataclasses import replace
from pathlib import Path

from bot.caches import VersionCache
from index.archive.archive import Archive
from index.archive.rows import ArticleSummary
from tests.archives import put, story


def test_a_change_costs_the_articles_that_changed(tmp_path: Path) -> None:
    computed: list[str] = []

    def title(summary: ArticleSummary) -> str:
        computed.append(summary.id)
        article = archive.article(summary.id)
        assert article is not None
        return f"{article.title}: {article.text[:5]}"

    with Archive.open(tmp_path / "a", create=True) as archive:
        for n in range(3):
            put(archive, story(n))
        values = VersionCache(title)
        first = values.of(archive)
        assert first["story-1"] == "Title 1: Openi"
        assert values.of(archive) == first
        assert sorted(computed) == ["story-0", "story-1", "story-2"]

        computed.clear()
        archive.remove("story-0")
        put(archive, replace(story(1), text="Other words."))
        put(archive, replace(story(2), title="Other title"))
        put(archive, story(3))
        assert values.of(archive) == {
            "story-1": "Title 1: Other",
            "story-2": "Other title: Openi",
            "story-3": "Title 3: Openi",
        }
        assert sorted(computed) == ["story-1", "story-2", "story-3"]
