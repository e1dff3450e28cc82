"""How much articles are about a topic."""

from bot.selecting.article_view import ArticleView, SentenceView
from bot.selecting.overviews.topicality import (
    in_passing,
    is_of_event,
    names_of,
    story_sentences,
    told_by_the_hour,
)
from index.schema import Article, Sentence, Span

LINES = (
    "Talks went on in Lisle.",
    "A foreign yacht came in.",
    "The harbour holds the Aurora, a yacht.",
    "It rained.",
)


def view(title: str, *lines: str) -> ArticleView:
    """An article of a sentence a line."""
    sentences, start = [], 0
    for n, line in enumerate(lines):
        sentences.append(SentenceView(Sentence(Span(start, start + len(line)), n), ()))
        start += len(line) + 1
    return ArticleView(Article("a", "\n".join(lines), title), tuple(sentences))


def test_the_names_of_a_topic_are_what_an_article_capitalises_everywhere() -> None:
    told = view("Bridge falls", "The Bridge collapse in Tarn killed two.", "A bridge fell at Tarn.")
    assert names_of("the bridge collapse of Tarn", told) == {"tarn"}
    assert [is_of_event(f"the bridge {what}") for what in ("collapse", "toll")] == [True, False]


def test_what_an_article_has_in_passing_is_told_where_all_of_the_topic_is_there() -> None:
    talks = view("Talks", *LINES)
    assert in_passing(talks, "foreign yacht aurora", 4) == [1, 2]
    assert in_passing(talks, "the foreign yacht", 4) == [1, 2]
    assert in_passing(talks, "the aurora's captain", 4) == []
    assert in_passing(talks, "the aurora", 4) == []


def test_a_live_report_is_told_by_its_entries_to_its_end() -> None:
    lines = (
        "09.12 Good morning.",
        "**10.03** The mayor is expected to speak on the steps at noon.",
        "10.40 It rains on the steps.",
        "11.10 The union took the offer and called off the strike.",
        "12.20 Tolls will go up by a third in May.",
        "13.00 The ferry sails again at six.",
        "15.20 That's it from us.",
    )
    live = view("Strike called off", *lines)
    assert told_by_the_hour(live) == [1, 2, 3, 4, 5]
    assert story_sentences(live, "", 4) == [1, 2, 3, 5]
    assert not told_by_the_hour(view("Tolls", *lines[:2], "It rained.", "It fell by 3.20 a day."))
