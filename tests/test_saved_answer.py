"""What is kept of an answer, and what is shown of it later."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.answer import Answer, Block, Citation, CitedSentence, Part, Refusal
from bot.filters import NO_FILTERS, Filters
from bot.library.saved_answer import from_record, to_record, without_words
from bot.query.people.directory import Directory
from bot.web.chat.turns import show_again
from index.archive.archive import Archive
from index.correcting import give_statement, join_people
from index.schema import Article, Span
from tests.archives import put, story
from tests.echo import Echo

PART = Part("topic", "on rain", "What of rain?", (8, 12), "What?")


class Asked(Echo):
    """An echo over a real archive."""

    def __init__(self, archive: Archive) -> None:
        super().__init__()
        self.archive = archive

    def directory(self) -> Directory:
        """Who is who."""
        return Directory(self.archive.register())


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path, create=True) as archive:
        for n in (3, 4):
            put(archive, story(n))
        yield archive


def answer(*articles: Article) -> Answer:
    citations = [
        Citation(n, article, span, 0.5, name, "mixed", (0, 2))
        for n, article in enumerate(articles, 1)
        for name in [f"Ann Lee{article.id.removeprefix('story-')}"]
        for span in [Span(article.text.index("“"), article.text.index(name) + len(name) + 1)]
    ]
    block = Block(1, (CitedSentence(citations[0].text, tuple(citations)),), begins_inside=True)
    return Answer("who?", "1 sentence.", "on rain", (block,), None, (PART,), is_sure=False)


def test_a_kept_answer_holds_no_word_of_an_article_and_comes_back_the_same(
    archive: Archive,
) -> None:
    given = answer(story(3), story(4))
    record = to_record(without_words(given, ("what?",), 7))
    assert "matters" not in record
    assert "Title" not in record
    kept = from_record(record)
    assert kept == without_words(given, ("what?",), 7)
    assert (kept.history, kept.generation) == (("what?",), 7)
    assert show_again(kept, Asked(archive)) == (given, "")


def test_the_same_answer_has_the_same_id_whenever_and_another_has_another() -> None:
    given = answer(story(3))
    (block,) = given.blocks
    rescored = CitedSentence(block.run.text, (replace(block.citations[0], score=0.4),))
    again = replace(given, body=(replace(block, sentences=(rescored,)),))
    ids = {without_words(a, (), n).id for n, a in enumerate((given, again))}
    assert len(ids) == 1
    others = [
        without_words(given, ("what?",), 0),
        without_words(replace(given, question="?"), (), 0),
        without_words(answer(story(4)), (), 0),
    ]
    assert len(ids | {kept.id for kept in others}) == 4


def test_an_article_that_was_corrected_or_removed_is_named_and_the_question_asked_anew(
    archive: Archive,
) -> None:
    kept = without_words(answer(story(3), story(4)), (), 0)
    put(archive, story(3, words=2))
    assert archive.remove("story-4")
    shown, note = show_again(kept, Asked(archive))
    assert shown.message == "who?"
    assert "“Title 3” has been corrected, though not what was cited of it; the article" in note
    assert note.endswith(": this is today’s answer.")


@pytest.mark.parametrize("speaker", [None, "Bo Li"])
def test_where_the_speaker_was_put_right_the_question_is_asked_anew(
    archive: Archive, speaker: str | None
) -> None:
    given = answer(story(3))
    kept = without_words(given, (), 0)
    (said, *_) = archive.derived("story-3")
    made = give_statement(archive, "story-3", said.span, speaker)
    shown, note = show_again(kept, Asked(archive))
    assert (shown.message, "the speaker was corrected" in note) == ("who?", True)
    archive.take_back(made.id)
    assert show_again(kept, Asked(archive)) == (given, "")
    join_people(archive, ["Ann Lee3"], speaker)
    assert show_again(kept, Asked(archive))[1] != ""


def test_a_refusal_is_asked_anew(archive: Archive) -> None:
    kept = without_words(Answer("who?", "no", "", (), Refusal("off_topic")), (), 0)
    assert show_again(kept, Asked(archive))[1] == ""

    class Wiser(Asked):
        def answer(
            self, question: str, history: object = (), filters: Filters = NO_FILTERS
        ) -> Answer:
            """Answer."""
            return answer(story(3))

    assert "Now they do" in show_again(kept, Wiser(archive))[1]
