"""The words of one who is compared, beside those that another is cited for."""

from bot.answer import Answer
from bot.query.grammar.question import understand
from bot.query.people.directory import Directory
from bot.selecting.article_view import ArticleView, Attribution, SentenceView
from bot.selecting.choosing.evidence import Evidence
from bot.selecting.choosing.study import Studied
from bot.selecting.citing.citing import cite, with_words_beside
from bot.selecting.wanted_speaker import WantedSpeaker
from index.attribution.people.identities import Context
from index.schema import Article, Person, Sentence, Span

DIRECTORY = Directory.gathered(
    [("a", Person("Anna Lee")), ("a", Person("Tom Reed"))], {"a": Context()}
)
(LEE,) = (match.identity for match in DIRECTORY.match("Anna Lee"))
(REED,) = (match.identity for match in DIRECTORY.match("Tom Reed"))
LINES = (
    ("Reed said the ferry is safe.", REED),
    ("Lee shot back that it was a game.", LEE),
    ("It rained.", None),
    ("Nobody came.", None),
    ("Lee said she likes cake.", LEE),
)


def article() -> ArticleView:
    sentences, start = [], 0
    for n, (line, who) in enumerate(LINES):
        by = (Attribution(who.name, who, "indirect"),) if who else ()
        sentences.append(SentenceView(Sentence(Span(start, start + len(line)), n), by))
        start += len(line) + 1
    return ArticleView(Article("a", "\n".join(line for line, _ in LINES)), tuple(sentences))


def test_who_is_silent_is_shown_with_what_stands_beside_the_others_words() -> None:
    view, wanted = article(), WantedSpeaker("lee", (LEE,))
    of_lee = understand("what did lee say about the ferry")
    of_reed = understand("what did reed say about the ferry")
    read = [Evidence(view, n, -9.0) for n in range(len(LINES))]
    silent = Studied(of_lee, wanted, read, read, ())
    answer = cite("reed", of_reed, WantedSpeaker("reed", (REED,)), (Evidence(view, 0),))
    (_, first), (_, second) = with_words_beside([(of_reed, answer), (of_lee, silent)])
    assert first is answer
    assert isinstance(second, Answer)
    assert [c.text for c in second.citations] == ["Lee shot back that it was a game."]
    assert not second.is_sure
    assert with_words_beside([(of_lee, silent)]) == [(of_lee, silent)]
