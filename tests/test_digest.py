"""What is read of an article for the ledger: sentences, words around, topics."""

from pathlib import Path

import pytest

from bot.library.ledger import Digest, digest
from index.archive.archive import Archive
from index.schema import Article
from tests.archives import put

TEXT = (
    "Mayor Ann Ray opened the fish market on Monday.\n"
    "“The fish market is ours. It feeds us,” Ray said. “We love it.”\n"
    "It rained. It rained. It rained. It rained.\n"
    "Nobody came to the fish market, Tom Lee said.\n"
)


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    archive = Archive.open(tmp_path / "a", create=True)
    put(archive, Article("a", TEXT, "A market for Łódź"))
    return archive


def test_a_statement_has_its_whole_sentences_and_the_words_around(archive: Archive) -> None:
    with archive:
        found = digest(archive, archive.articles()[0])
    ray, lee = found.reported
    assert ray.span.of(TEXT) == TEXT.splitlines()[1]
    assert lee.span.of(TEXT) == TEXT.splitlines()[3]
    assert {"fish", "market", "love", "open", "rain"} <= ray.around
    assert {"nobodi", "rain"} & lee.around
    assert "love" not in lee.around
    assert found.title == {"market", "lodz"}


def test_its_topics_are_what_the_article_repeats_as_it_writes_it(archive: Archive) -> None:
    with archive:
        ray, lee = digest(archive, archive.articles()[0]).reported
    assert ("fish", "market") in {topic for topic, *_ in ray.topics}
    assert {written for topic, written, _ in lee.topics if topic == ("fish", "market")} == {
        "fish market"
    }
    assert all(weight > 0 for *_, weight in (*ray.topics, *lee.topics))


def test_an_article_that_was_removed_meanwhile_says_nothing(archive: Archive) -> None:
    with archive:
        (summary,) = archive.articles()
        archive.remove("a")
        assert digest(archive, summary) == Digest()
