"""What is reported of somebody is cited with the quotation that completes it."""

import pytest

from bot.query.people.directory import Directory
from bot.selecting.article_view import ArticleView, Attribution, SentenceView
from bot.selecting.choosing.completing import with_quotations
from bot.selecting.choosing.evidence import Evidence
from bot.selecting.wanted_speaker import WantedSpeaker
from index.attribution.people.identities import Context
from index.schema import Article, Kind, Person, Sentence, Span

DIRECTORY = Directory.gathered(
    [("a", Person("Anna Lee")), ("a", Person("Tom Reed"))], {"a": Context()}
)
(LEE,) = (match.identity for match in DIRECTORY.match("Anna Lee"))
ASKED = WantedSpeaker("lee", (LEE,))
REPORT = "Lee called the ban a distraction."
Line = tuple[str, str, Kind, str]  # text, speaker, kind, frame
QUOTED: Line = ("“Most schools have one,” she said.", "Anna Lee", "direct", "she said.")


def cited(second: Line, wanted: WantedSpeaker | None = ASKED, kind: Kind = "indirect") -> list[int]:
    """The numbers of the sentences cited where the first of two is chosen."""
    lines: tuple[Line, Line] = ((REPORT, "Anna Lee", kind, "Lee called"), second)
    text, views = "", []
    for n, (line, by, how, frame) in enumerate(lines):
        span = Span(len(text), len(text) + len(line))
        spoken = (Attribution(by, DIRECTORY.identity("a", by), how),)
        views.append(SentenceView(Sentence(span, n), spoken, frame))
        text += f"{line}\n"
    view = ArticleView(Article("a", text), tuple(views))
    return [each.n for each in with_quotations([Evidence(view, 0, 1.0)], wanted)]


def test_a_report_is_cited_with_the_quotation_after_it() -> None:
    assert cited(QUOTED) == [0, 1]


@pytest.mark.parametrize(
    "second",
    [
        ("“No,” said Tom Reed.", "Tom Reed", "direct", "said Tom Reed."),
        ("She said that it was late.", "Anna Lee", "indirect", "She said that"),
        ("On gas, she said: “No.”", "Anna Lee", "direct", "On gas, she said:"),
        ("Asked about gas, she said: “No.”", "Anna Lee", "direct", "Asked about gas, she said:"),
    ],
    ids=["of another", "no quotation", "of another matter", "asked of another matter"],
)
def test_what_does_not_complete_a_report_is_not_cited_with_it(second: Line) -> None:
    assert cited(second) == [0]


def test_a_quotation_is_whole_without_the_next() -> None:
    assert cited(QUOTED, kind="direct") == [0]


def test_nobodys_words_are_completed_where_a_fact_is_asked_for() -> None:
    assert cited(QUOTED, None) == [0]
