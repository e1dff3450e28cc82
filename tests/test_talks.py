"""Talks over stories that go on: what a turn takes from those before it.

Each has the turns of a talk, and what the answer to the last one shows first; None for a refusal.
"""

from collections.abc import Iterator

import pytest

from bot.answer import Answer
from bot.answerer import Answerer
from bot.selecting.finding.scenes import scene_of
from index.archive.embedding.embedder import Embedder
from index.schema import Article
from tests.answering import answering

_TEXTS = {
    # A story in two reports.
    ("Rescuers dig for three men in Orle tunnel", "2024-01-09"): (
        "Three workers were trapped on Tuesday when part of a road tunnel collapsed at Orle. "
        "Rescuers are drilling from both sides. “We can hear them knocking,” said fire chief Eva "
        "Lind. The work is led by the builder Haldane."
    ),
    ("Leak blamed for Orle tunnel collapse", "2024-03-15"): (
        "The collapse of the Orle road tunnel in January was caused by a leaking water main, "
        "investigators said on Friday. Two of the three trapped workers died. The builder, "
        "Haldane, was fined £2 million. It will appeal."
    ),
    # Who had an office, and who has it.
    ("Ferry sinks off Quay", "2024-02-11"): (
        "The ferry Saint Oda sank off Quay on Sunday. Transport Minister Paul Drew promised an "
        "inquiry. “The families deserve answers,” he said."
    ),
    ("Ferry manager jailed", "2024-11-21"): (
        "A manager was jailed on Thursday over the sinking of the ferry Saint Oda. Transport "
        "Minister Leah Brand, who succeeded Paul Drew in July, said a bill on inspections would "
        "be put before parliament. The captain, Dav Renn, was acquitted."
    ),
    # What was true at first, and what is now.
    ("Truce agreed in the Lornel valley", "2024-04-18"): (
        "Vorland and Teskia agreed a ceasefire in the Lornel valley on Thursday, where 2,300 "
        "people have been killed. Vorland's foreign minister, Elena Marko, said the truce was "
        "painful. It begins on Saturday."
    ),
    ("Lornel truce over", "2024-05-11"): (
        "Shells hit a hospital in the Lornel valley on Saturday and ended the ceasefire between "
        "Vorland and Teskia. In all 2,710 people have been killed. Vorland's new foreign "
        "minister, Jonas Kell, blamed Teskia. His predecessor, Elena Marko, resigned in protest "
        "at the budget."
    ),
    # Those who are only told by what they are.
    ("Solvay leaves Brann", "2024-06-10"): (
        "Ingrid Solvay is leaving Brann with immediate effect. She is replaced as chief executive "
        "by Henrik Alto, the former head of Rauta. Mr Alto said he did not close plants for a "
        "living. Analyst Meera Pill said the change was late."
    ),
    ("Foreign minister of Norrland goes", "2024-04-08"): (
        "The foreign minister of Norrland, Elena Mark, resigned on Monday. She said the truce was "
        "painful. Norrland denied that it had pushed her."
    ),
    # Who disagrees, and who else spoke.
    ("Old bridge in Dellow to go", "2024-02-02"): (
        "Dellow's old bridge will be torn down in June, the council decided on Monday. The mayor, "
        "Otto Crane, said it was not safe. “I would not walk my dog over it,” he said. Engineer "
        "Lil Moss disagreed. “It will stand for a hundred years if somebody paints it,” she said."
    ),
    ("Zoo director quits", "2024-02-12"): (
        "The director of Marle zoo, Ana Ortiz, resigned on Monday after two lions escaped. “The "
        "gate was my job,” she said. The police said that they would not open an investigation. "
        "Judge Ann Farr closed her court. The prosecutor, Neil Ade, said he had swum to work."
    ),
    # Who is only called by a last name.
    ("Gardener jailed for fraud", "2024-03-16"): (
        "Declan Priest was jailed for nine years at Corrie on Thursday for stealing from a widow. "
        "Mrs Justice Tamble said he had repaid trust with theft. “You could have stopped,” she "
        "said. Priest will appeal against the sentence."
    ),
    # Nobody tells who "his" and "she" are but the talk.
    ("Pier owner arrested", "2024-05-02"): (
        "The owner of Corrie pier was arrested on Monday after it fell into the sea. His counsel, "
        "Sol Vade, told the court that he was ill. “He is a patient,” Mr Vade said. Each family "
        "was promised £4,000. So far only two families have been paid, said Ruth Amble, who chairs "
        "the relief fund. “It shook for days,” said Ada Quill, a swimmer."
    ),
    ("Marle opens its beach", "2024-02-20"): (
        "The mayor of Marle, Ina Ross, said the beach was open again. “Bring a towel,” she said."
    ),
}


@pytest.fixture(scope="module")
def answerer(embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Answerer]:
    articles = [
        Article(f"a{n}", text, title, published=day)
        for n, ((title, day), text) in enumerate(_TEXTS.items())
    ]
    with answering(tmp_path_factory.mktemp("talks") / "archive", embedder, articles) as opened:
        yield opened


def hold(answerer: Answerer, turns: list[str]) -> Answer:
    answers = [answerer.answer(turn, turns[:n]) for n, turn in enumerate(turns)]
    return answers[-1]


@pytest.mark.parametrize(
    ("turns", "shown"),
    [
        # The later report of the story has the answer.
        (["how many workers were trapped at orle", "how many of them died"], "Two of the three"),
        (["how many workers were trapped at orle", "was the builder fined"], "The builder, Hal"),
        (
            ["when does the truce in the lornel valley begin", "how many people were killed"],
            "2,710",
        ),
        (
            [
                "when does the truce in the lornel valley begin",
                "who is the foreign minister of vorland",
            ],
            "Jonas Kell",
        ),
        (
            [
                "when does the truce in the lornel valley begin",
                "who is the foreign minister of vorland",
                "what did she say about the truce",
            ],
            "Elena Marko",
        ),
        # The office of the newest report.
        (["latest on the saint oda", "what did the minister say"], "Minister Leah Brand"),
        (
            ["latest on the saint oda", "what did the minister say", "and the one before her?"],
            "families deserve",
        ),
        (["what did the mayor say", "of marle"], "Bring a towel"),
        # Who is not surely found is called as they were asked for.
        (["who sailed the saint oda", "was he acquitted"], "was acquitted"),
        # An office tells whom "she" stands for, and the country in it is nobody.
        (
            ["why did the foreign minister of norrland resign", "what had she said of the truce"],
            "She said the truce",
        ),
        (["is ingrid solvay still the boss of brann", "what did her successor say"], "Mr Alto"),
        (["what did otto crane say about the bridge", "does anyone disagree?"], "hundred years"),
        (["was the owner of corrie pier arrested", "and what does his lawyer say"], "patient"),
        (
            ["how much was promised to the corrie pier families", "how many have been paid so far"],
            "only two",
        ),
        (
            [
                "how many of the corrie pier families have been paid",
                "was the owner arrested",
                "what did she say",
            ],
            "Ruth Amble",
        ),
        # What was asked before of one is no topic for another.
        (["why did ana ortiz resign", "and the police?"], "would not open"),
        (["why did ana ortiz resign", "what do the judge and the prosecutor say"], "swum to work"),
        (["what did otto crane say about the bridge", "who said that"], "walk my dog"),
    ],
)  # fmt: skip
def test_a_turn_is_read_in_the_story_of_the_talk(
    answerer: Answerer, turns: list[str], shown: str
) -> None:
    assert shown in hold(answerer, turns).citations[0].text


def test_a_doubtful_answer_makes_nobody_he(answerer: Answerer) -> None:
    answer = hold(answerer, ["who was the chief engineer of the saint oda", "was he convicted"])
    assert "Drew" not in answer.understood


def test_who_is_in_the_best_sentence_is_he_before_those_in_the_others(answerer: Answerer) -> None:
    turns = ["which man was let off over the ferry", "was he the captain"]
    cited = [citation.text for citation in answerer.answer(turns[0]).citations]
    assert "Dav Renn" in cited[0]
    assert "Paul Drew" in cited[1]
    assert "Dav Renn" in hold(answerer, turns).understood


def test_a_group_in_a_talk_is_that_of_its_story(answerer: Answerer) -> None:
    answer = hold(answerer, ["why did ana ortiz resign", "what do analysts say"])
    assert not any("Meera Pill" in citation.text for citation in answer.citations)


def test_what_else_somebody_said_is_all_of_it(answerer: Answerer) -> None:
    answer = hold(answerer, ["what did otto crane say about his dog", "what else has he said"])
    assert (answer.kind, len(answer.citations)) == ("all", 2)


def test_what_an_article_calls_who_speaks_in_it_tells_who_is_he(answerer: Answerer) -> None:
    article = next(f"a{n}" for n, (title, _) in enumerate(_TEXTS) if title.startswith("Gardener"))
    finder, generation = answerer._finder, answerer.archive.generation
    scene = scene_of(lambda: frozenset({article}), finder, generation)
    assert (scene.gender("Tamble"), scene.gender("Declan Priest"), scene.gender("Orr")) == (
        "f",
        "m",
        "",
    )
    assert scene.only(["Tamble", "Orr"], "m") == "Orr"


def test_a_story_is_told_by_articles_with_rare_names_in_common(answerer: Answerer) -> None:
    finder, generation = answerer._finder, answerer.archive.generation
    stories = {n: finder.story(generation, f"a{n}") for n in (0, 1, 6, 8)}
    assert stories == {
        0: frozenset({"a1"}),
        1: frozenset({"a0"}),
        6: frozenset(),
        8: frozenset(),
    }
