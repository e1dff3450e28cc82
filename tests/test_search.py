"""Articles found by their words, in an archive of a few."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.archive.archive import Archive
from index.schema import Article
from tests.archives import put, story

FILLER = "It rained on the quay. " * 30
ARTICLES = (
    Article("title", f"{FILLER}Nothing else was said.", "The harbour", source="Wire"),
    Article("often", "The harbour is the harbour of all harbours.", "News", source="Wire"),
    Article("once", f"{FILLER} Somebody saw the harbour.", "News", published="2024-01-01"),
    Article("again", f"{FILLER} Somebody saw the harbour.", "News", published="2025-01-01"),
    Article("apart", f"Łódź began it. {FILLER} A café ended it.", None, source="Harbour Times"),
)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with Archive.open(tmp_path_factory.mktemp("search"), create=True) as opened:
        for article in ARTICLES:
            put(opened, article)
        yield opened


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("harbour", {"title", "often", "once", "again", "apart"}),
        ("HARBOURS", {"title", "often", "once", "again"}),  # no ending is taken off a name
        ("cafe", {"apart"}),
        ("Café began", {"apart"}),  # in two of its passages
        ("times", {"apart"}),
        ("harbour wire", {"title", "often"}),
        ("tim", set()),
        ("harbour nowhere", set()),
        ("", set()),
        ("...!?", set()),
        ("harbour*", {"title", "often", "once", "again", "apart"}),
        ("NEAR(harbour wire)", set()),
        ('"', set()),
        ("text:harbour", set()),
        ("harbour\0", {"title", "often", "once", "again", "apart"}),
        ("x " * 500, set()),
    ],
)
def test_an_article_has_all_words_somewhere(archive: Archive, query: str, found: set[str]) -> None:
    assert set(archive.search_articles(query)) == found


def test_a_word_may_be_found_by_its_beginning(archive: Archive) -> None:
    assert archive.search_articles("harbo") == []
    whole = set(archive.search_articles("harbour"))
    assert whole <= set(archive.search_articles("harbo", beginnings=True))


def test_the_best_come_first_and_of_equals_the_newest(archive: Archive) -> None:
    found = archive.search_articles("harbour")
    assert found.index("often") < found.index("once")
    assert found.index("again") < found.index("once")
    assert archive.search_articles("harbour wire")[0] == "often"


def test_what_was_removed_is_not_found(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "a", create=True) as archive:
        put(archive, ARTICLES[1])
        put(archive, ARTICLES[4])
        archive.remove("often")
        assert archive.search_articles("harbour") == ["apart"]
        archive.remove("apart")
        assert archive.search_articles("harbour") == []


def test_a_search_among_many_articles_takes_no_longer_than_among_few(tmp_path: Path) -> None:
    """The words are looked up once, and not once for each passage that is asked."""
    with Archive.open(tmp_path, create=True) as archive:
        for n in range(160):
            put(archive, story(n))
        ids = sorted(archive.ids())

        def seconds(n: int) -> float:
            some, began = frozenset(ids[:n]), time.thread_time()
            assert archive.search_words("opening of the story rained on day matters", 5, some)
            return time.thread_time() - began

        # The best of some, for other programs can only add to a time.
        assert min(seconds(160) for _ in range(9)) < 4 * min(seconds(10) for _ in range(9))
