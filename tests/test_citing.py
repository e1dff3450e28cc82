"""Chosen sentences as an answer."""

from bot.query.directory import Directory
from bot.query.question import understand
from bot.selecting.asked import Asked
from bot.selecting.chooser import Choice
from bot.selecting.citing import cite
from bot.selecting.evidence import Evidence
from bot.selecting.views import ArticleView, Attribution, SentenceView
from index.schema import Article, Person, Sentence, Span

PEOPLE = [("a", Person("Anna Lee")), ("b", Person("Anna Lee")), ("b", Person("Ruth Lee"))]
DIRECTORY = Directory(PEOPLE, {"a": frozenset(), "b": frozenset()})
WIRE = "“The harbour of Port Lisle will close for a whole year,” Anna Lee said on Monday."


def choice(article: str, text: str, by: str | None = "Anna Lee", score: float = 1.0) -> Choice:
    spoken = (Attribution(by, DIRECTORY.identity(article, by), "direct"),) if by else ()
    view = ArticleView(
        Article(article, text), (SentenceView(Sentence(Span(0, len(text)), 0), spoken, None),)
    )
    return Choice(Evidence(view, 0, score, 0.0, 0.0, None), score, score)


def test_every_sentence_of_the_answer_is_its_citation_word_for_word() -> None:
    choices = [choice("a", "Ferries sail."), choice("b", "Trains run.", by=None)]
    answer = cite("how?", understand("how?"), None, choices)
    assert [s.text for s in answer.sentences] == ["Ferries sail.", "Trains run."]
    assert [c.number for c in answer.citations] == [1, 2]
    assert [(c.speaker, c.kind) for c in answer.citations] == [("Anna Lee", "direct"), (None, None)]
    assert answer.message == "2 sentences from 2 articles."


def test_wire_copy_is_shown_once_with_all_that_carry_it() -> None:
    other = choice("b", "Trains run.", score=0.9)
    choices = [choice("a", WIRE), other, choice("b", WIRE.replace("whole ", ""), score=0.8)]
    answer = cite("when?", understand("when?"), None, choices)
    assert [s.text for s in answer.sentences] == [WIRE, "Trains run."]
    assert [[c.number for c in s.citations] for s in answer.sentences] == [[1, 2], [3]]
    assert [c.article.id for c in answer.citations] == ["a", "b", "b"]


def test_the_same_words_of_two_speakers_are_two_sentences() -> None:
    choices = [choice("a", WIRE), choice("b", WIRE, by="Ruth Lee")]
    assert len(cite("?", understand("who?"), None, choices).sentences) == 2


def test_of_several_people_the_answer_names_who_was_meant() -> None:
    people = tuple(match.identity for match in DIRECTORY.match("Lee"))
    asked = Asked("Lee", people, frozenset("ab"))
    answer = cite("?", understand("what did Lee say about ferries"), asked, [choice("a", WIRE)])
    assert answer.message == "1 sentence from 1 article. Lee: Anna Lee, not Ruth Lee."
    assert answer.understood == "Anna Lee · on ferries"
