"""The invented stories to learn from, and the questions on them."""

from pathlib import Path

import pytest

from bot.training.news_lessons import read_stories

FORM = """\
## Ferry to stop
SOURCE: The Harbour Post
DATE: 2024-05-04
BY:
1| The ferry to Port Lisle will stop.
2| “We have no money for it,” Mayor Anna Lee said.

3| It carried 400 passengers a day.

Q: mayor on why it stops | must 2 | ok 1 | speaker Anna Lee
A: how many took the boat | must 3 | short 400
T: who bought the ferry | absent | near 1,2
## Another
SOURCE: The Harbour Post
DATE: 2024-05-05
BY: Bo Orr
1| It rained.
"""


def test_a_story_is_an_article_in_paragraphs_and_questions_on_its_sentences(tmp_path: Path) -> None:
    path = tmp_path / "stories.txt"
    path.write_text(FORM, encoding="utf-8")
    first, second = read_stories(path)
    article = first.article
    assert (article.title, article.source, article.author) == (
        "Ferry to stop",
        "The Harbour Post",
        None,
    )
    assert article.text.split("\n\n")[1] == "It carried 400 passengers a day."
    said, again, twin = first.questions
    assert [q.kind for q in first.questions] == ["said", "fact", "absent"]
    assert [span.of(article.text) for _, span in said.must] == [
        "“We have no money for it,” Mayor Anna Lee said."
    ]
    assert again.short == "400"
    assert (again.of, twin.of) == (said.id, said.id)
    assert len(twin.near) == 2
    assert not twin.must
    assert (second.article.author, second.questions) == ("Bo Orr", ())


@pytest.mark.parametrize("line", ["2| out of order", "no form at all", "Q:no space"])
def test_a_line_of_another_form_is_an_error_that_names_it(tmp_path: Path, line: str) -> None:
    path = tmp_path / "stories.txt"
    path.write_text(f"## Title\n{line}\n", encoding="utf-8")
    with pytest.raises(ValueError, match="line 2 "):
        list(read_stories(path))


def test_every_shipped_story_can_be_learned_from() -> None:
    stories = list(read_stories())
    assert len(stories) > 400
    for story in stories:
        article = story.article
        assert article.source
        assert article.published
        for question in story.questions:
            cited = [span.of(article.text) for _, span in question.must]
            assert bool(cited) == (question.kind in ("said", "fact")), question.id
            assert not question.short or any(question.short in text for text in cited), question.id
