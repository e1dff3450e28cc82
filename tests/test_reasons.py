"""What answers "why": not the event over again, but what gives its reason."""

import pytest

from bot.query.grammar.question import understand
from bot.selecting.article_view import ArticleView, Attribution, SentenceView
from bot.selecting.choosing.chooser import choose, is_sure, setting_of
from bot.selecting.choosing.evidence import Evidence
from bot.selecting.choosing.reasons import asked_why, gives_reason, only_repeats
from index.language.folding import fold
from index.schema import Article, Sentence, Span

EVENT = "Regulators denied a permit for the quarry on Monday."


def article(*lines: str) -> ArticleView:
    starts = [sum(len(line) + 1 for line in lines[:n]) for n in range(len(lines))]
    spans = [Span(a, a + len(line)) for a, line in zip(starts, lines, strict=True)]
    views = tuple(SentenceView(Sentence(span, n), ()) for n, span in enumerate(spans))
    return ArticleView(Article("a", "\n".join(lines)), views)


def answers(question: str, *lines: tuple[str, float]) -> tuple[list[str], bool]:
    """The sentences that are chosen of an article whose lines have these scores; are they sure?"""
    view, setting = article(*(line for line, _ in lines)), setting_of(understand(question))
    found = [Evidence(view, n, score, 0.0, 0.5) for n, (_, score) in enumerate(lines)]
    choices = choose(None, found, setting)
    return [choice.text for choice in choices], is_sure(choices, setting)


def test_the_reason_after_an_event_answers_for_it() -> None:
    why = "They gave two reasons: dust and the risk to a river."
    assert answers("why was the quarry denied a permit", (EVENT, 2.6), (why, 0.1)) == ([why], True)


def test_an_event_whose_reason_is_not_given_is_no_answer() -> None:
    assert answers("why was the quarry denied a permit", (EVENT, 2.6)) == ([], False)


def test_what_was_read_with_an_event_and_gives_no_reason_is_doubted() -> None:
    beside = ("Mayor Ann Lowe left.", 1.5)
    found = answers("why was the quarry denied a permit", (EVENT, 2.6), beside)
    assert found == (["Mayor Ann Lowe left."], False)


def test_words_without_a_reason_go_behind_one_that_follows_the_event() -> None:
    others = (("It followed a row over dust.", -1.0), ("The owner stays.", 2.8))
    found = answers("why was the quarry denied a permit", (EVENT, 2.6), *others)
    assert found == (["It followed a row over dust."], True)


def test_an_event_answers_what_asks_for_no_reason() -> None:
    assert answers("was the quarry denied a permit", (EVENT, 2.6)) == ([EVENT], True)


@pytest.mark.parametrize(
    ("question", "sentence", "repeats"),
    [
        ("why is Lee closing the mill", "Lee will close the mill in May, it said.", True),
        ("why was the mill refused", "There were tears after planners refused the mill.", True),
        ("why was Lee sacked", "The club sacked Lee, months after he won the title.", True),
        ("what reason did Lee give for leaving", "Lee is leaving on Friday.", True),
        ("why was Lee sacked", "The club sacked Lee after a defeat.", False),
        ("why was Lee sacked", "Lee was sacked, weeks into a row over pay.", False),
        ("why did Lee win the prize", "Lee won the prize last week for a novel.", False),
        ("why is Lee closing the mill", "Lee, who blamed gas, will close the mill.", False),
        ("why is Lee closing the mill", "The mill has lost money.", False),
        ("is Lee closing the mill", "Lee will close the mill.", False),
    ],
)
def test_a_sentence_repeats_what_is_asked_if_nothing_in_it_may_be_why(
    question: str, sentence: str, repeats: bool
) -> None:
    assert only_repeats(tuple(fold(sentence)), asked_why(understand(question))) is repeats


def test_what_somebody_says_of_themselves_repeats_nothing() -> None:
    text = "Lee, who had two years left, said he was tired."
    said = (Attribution("Lee", None, "indirect"),)
    frame = "Lee, who had two years left, said"
    view = SentenceView(Sentence(Span(0, len(text)), 0), said, frame)
    found = [Evidence(ArticleView(Article("a", text), (view,)), 0, 2.0, 0.0, 0.5)]
    assert choose(None, found, setting_of(understand("why did Lee leave")))


@pytest.mark.parametrize(
    "sentence",
    [
        "The group blamed the price.",
        "It is meant to save a million.",
        "It is due to it.",
        "We disagreed, and therefore I asked for his resignation.",
    ],
)
def test_a_reason_is_told_by_its_words(sentence: str) -> None:
    assert gives_reason(tuple(fold(sentence)))
