"""Chosen sentences as an answer: in blocks, each word for word."""

from dataclasses import replace

import pytest

from bot.answer import Block
from bot.query.grammar.question import understand
from bot.query.people.directory import Directory
from bot.selecting.article_view import ArticleView, SentenceView, attributions
from bot.selecting.choosing.evidence import Evidence
from bot.selecting.citing.citing import cite, cited
from bot.selecting.wanted_speaker import WantedSpeaker
from index.attribution.people.identities import Context
from index.document import analyse
from index.schema import Article, Person

PEOPLE = [("a", Person("Anna Lee")), ("b", Person("Anna Lee")), ("b", Person("Ruth Lee"))]
DIRECTORY = Directory.gathered(PEOPLE, {"a": Context(), "b": Context()})
WIRE = "“The harbour of Port Lisle will close for a whole year,” Anna Lee said on Monday."
TWEET = (
    "It was a quiet day in Port Lisle. Anna Lee wrote on Twitter: “The harbour stays open. "
    "Literally. Nobody will lose a job. We have a plan. You will see it on Monday.” "
    "The council meets in March. Tom Reed left early. The mayor was pleased."
)


def view(article_id: str, text: str) -> ArticleView:
    article = Article(article_id, text)
    analysis = analyse(article)
    sentences = tuple(
        SentenceView(s, attributions(s.span, analysis.statements, DIRECTORY, article))
        for s in analysis.sentences
    )
    return ArticleView(article, sentences, analysis.statements)


def choose(seen: ArticleView, *numbers: int, score: float = 1.0) -> list[Evidence]:
    """These sentences, best first."""
    return [Evidence(seen, n, score - place / 10) for place, n in enumerate(numbers)]


def numbers(block: Block) -> list[int]:
    return [citation.number for citation in block.run.citations]


def test_every_sentence_of_the_answer_is_its_citation_word_for_word() -> None:
    choices = [*choose(view("a", WIRE), 0), *choose(view("b", "It rained. Trains run."), 1)]
    answer = cite("how?", understand("how?"), None, choices)
    assert [s.text for s in answer.sentences] == [WIRE, "Trains run."]
    assert [c.number for c in answer.citations] == [1, 2]
    assert [(c.speaker, c.kind) for c in answer.citations] == [("Anna Lee", "direct"), (None, None)]
    assert answer.message == "2 sentences from 2 articles."


@pytest.mark.parametrize("is_sure", [True, False])
def test_what_may_not_be_what_was_asked_says_so(is_sure: bool) -> None:
    choices = choose(view("a", WIRE), 0)
    answer = cite("how?", understand("how?"), None, choices, is_sure=is_sure)
    assert answer.is_sure == is_sure
    assert answer.message.endswith("1 sentence from 1 article.")
    assert answer.message.startswith("Perhaps") != is_sure


def test_a_quotation_is_one_block_in_the_articles_order_however_its_sentences_are_ranked() -> None:
    choices = choose(view("a", TWEET), 5, 1, 4, 2, 3)
    (block,) = cited(choices, None)
    assert block.run.text == TWEET[TWEET.index("Anna") : TWEET.index(" The council")]
    assert (numbers(block), block.marks) == ([1, 2, 3, 4, 5], "[1-5]")
    ranks = {citation.rank: citation.number for citation in block.citations}
    assert [ranks[n] for n in sorted(ranks)] == [5, 1, 4, 2, 3]


@pytest.mark.parametrize("chosen", [1, 2, 3, 5])
def test_a_quotation_is_shown_whole_whichever_sentence_of_it_was_chosen(chosen: int) -> None:
    seen = view("a", TWEET)
    answer = cite("?", understand("?"), None, choose(seen, chosen))
    assert [s.text for s in answer.sentences] == [seen.text(n) for n in range(1, 6)]
    assert answer.citations[0].text == seen.text(chosen)
    assert all(citation.score <= answer.citations[0].score for citation in answer.citations)


def test_what_follows_in_the_article_is_one_block_and_the_best_block_comes_first() -> None:
    text = "One fell. Two fell. It was dark. Three fell.\nMore rain came. Four fell."
    answer = cite("?", understand("?"), None, choose(view("a", text), 5, 1, 3, 0))
    assert [block.run.text for block in answer.blocks] == [
        "Four fell.",
        "One fell. Two fell.",
        "Three fell.",
    ]
    assert [block.marks for block in answer.blocks] == ["[1]", "[2-3]", "[4]"]
    assert [c.number for c in answer.citations] == [1, 3, 4, 2]


def test_a_heading_parts_what_follows() -> None:
    text = "One fell.\nMore rain\nTwo fell."
    assert len(cited(choose(view("a", text), 0, 2), None)) == 2


def test_a_block_keeps_apart_whose_words_are_in_it() -> None:
    (block,) = cited(choose(view("a", TWEET), 6, 2), None)
    voices = [(voice.speaker, voice.kind, voice.mark) for voice in block.run.voices]
    assert voices == [("Anna Lee", "direct", "[1-5]"), (None, None, "[6]")]
    assert (block.run.speaker, block.run.kind) == (None, None)


def test_of_a_quotation_that_is_too_long_a_part_is_shown_as_cut() -> None:
    sentences = " ".join(f"Number {n} fell." for n in range(20))
    text = f"Anna Lee said: “{sentences}\n“{sentences}”"
    seen = view("a", text)
    (block,) = cited(choose(seen, 24), None)
    assert block.run.text == "Number 4 fell."
    assert (block.begins_inside, block.ends_inside) == (True, True)
    (block,) = cited(choose(seen, 35, 36), None)
    assert block.run.text == "Number 15 fell. Number 16 fell."
    (block,) = cited(choose(seen, 0), None)
    assert (block.begins_inside, block.ends_inside) == (False, True)


def test_wire_copy_is_shown_once_with_all_that_carry_it() -> None:
    other = view("b", f"{WIRE.replace('whole ', '')} It rained. Trains run.")
    choices = [*choose(view("a", WIRE), 0), *choose(other, 2, 0, score=0.9)]
    answer = cite("when?", understand("when?"), None, choices)
    assert [s.text for s in answer.sentences] == [WIRE, "Trains run."]
    assert [[c.number for c in s.citations] for s in answer.sentences] == [[1, 2], [3]]
    assert answer.blocks[0].marks == "[1][2]"
    assert {c.number: c.article.id for c in answer.citations} == {1: "a", 2: "b", 3: "b"}


def test_what_a_copy_has_more_is_not_lost() -> None:
    other = view("b", f"{WIRE} Trains run.")
    choices = [*choose(view("a", WIRE), 0), *choose(other, 0, 1, score=0.9)]
    assert [b.run.text for b in cited(choices, None)] == [WIRE, f"{WIRE} Trains run."]


def test_the_same_words_of_two_speakers_are_two_sentences() -> None:
    choices = [*choose(view("a", WIRE), 0), *choose(view("b", WIRE.replace("Anna", "Ruth")), 0)]
    assert len(cite("?", understand("who?"), None, choices).sentences) == 2


def test_of_several_people_the_answer_names_who_was_meant() -> None:
    people = tuple(match.identity for match in DIRECTORY.match("Lee"))
    asked = WantedSpeaker("Lee", people, frozenset("ab"))
    choices = choose(view("a", WIRE), 0)
    answer = cite("?", understand("what did Lee say about ferries"), asked, choices)
    assert answer.message == "1 sentence from 1 article. Lee: Anna Lee, not Ruth Lee."
    described = replace(people[0], name="the lawyer for the Lees")
    low = replace(asked, phrase="lee", people=(described, *people))
    message = cite("?", understand("what did lee say about ferries"), low, choices).message
    assert message == "1 sentence from 1 article. Lee: Anna Lee, not Ruth Lee."
    assert answer.understood == "Anna Lee · on ferries"
