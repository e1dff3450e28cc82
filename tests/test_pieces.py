"""Questions that are several, and those that set persons side by side."""

import pytest

from bot.query.grammar.pieces import (
    MAX_PIECES,
    Comparison,
    read_comparison,
    split_names,
    split_questions,
    with_name_inside,
)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("did lee resign? what did reed say", ("did lee resign", "what did reed say")),
        ("who built it and how much was it", ("who built it", "how much was it")),
        ("did lee resign and why", ("did lee resign", "why")),
        ("who sank it, where and why", ("who sank it", "where", "why")),
        ("when asked about gas, what did lee say", None),
        (
            "on gas, what did lee say and what did reed say",
            ("on gas, what did lee say", "on gas, what did reed say"),
        ),
        (
            "what was said about gas in may and june",
            ("what was said about gas in may", "what was said about gas in june"),
        ),
        ("when and where did it sink", ("when did it sink", "where did it sink")),
        ("who died, and did anyone survive?", ("who died", "did anyone survive")),
        ("lee? reed? lee?", ("lee", "reed")),
        (
            "what did lee say about gas and about coal",
            ("what did lee say about gas", "what did lee say about coal"),
        ),
        ("what did lee say about how it began and why it ended", None),
        ("what did lee and reed say", None),
        (
            "how old is lee, what company does she own",
            ("how old is lee", "what company does she own"),
        ),
        ("did lee resign, also what did reed say", ("did lee resign", "what did reed say")),
        ("who was hurt plus how many died", ("who was hurt", "how many died")),
        ("who was hurt as well as how many died", ("who was hurt", "how many died")),
        ("who was hurt. what did reed say", ("who was hurt", "what did reed say")),
        ("did lee quit - and who follows her", ("did lee quit", "who follows her")),
        ("who won and by how much", ("who won", "by how much")),
        (
            "by how much did it fall and at what age did lee sell",
            ("by how much did it fall", "at what age did lee sell"),
        ),
        ("who shot him, why", ("who shot him", "why")),
        (
            "ferry fire: how many died and who is to blame",
            ("ferry fire: how many died", "ferry fire: who is to blame"),
        ),
        (
            "chat day - how many came and how much was it",
            ("chat day: how many came", "chat day: how much was it"),
        ),
        ("ferry fire: how many died", None),
        (
            "what did lee say on gas in 2020 vs 2022",
            ("what did lee say on gas in 2020", "what did lee say on gas in 2022"),
        ),
        (
            "compare what lee said in may and june on gas",
            ("what did lee say on gas in may", "what did lee say on gas in june"),
        ),
        (
            "what did lee say on gas in 2020 and now",
            ("what did lee say on gas in 2020", "what did lee say on gas now"),
        ),
        (
            "compare what lee said on gas in may with what she says now",
            ("what did lee say on gas in may", "what did lee say on gas now"),
        ),
        ("lee on gas in may and june", ("lee on gas in may", "lee on gas in june")),
        ("lee on gas. and reed?", ("lee on gas", "and reed")),
        (
            "compare what lee said on gas in may with what he said in june",
            ("what did lee say on gas in may", "what did lee say on gas in june"),
        ),
        ("lee on gas and what did reed say", ("lee on gas", "what did reed say")),
        ("how much was it, did he pay", ("how much was it", "did he pay")),
        ("how many people died and were hurt", None),
        ("what did lee say, if anything, about gas", None),
        ("did st. john say so", None),
        ("what does he know about who paid and who did not", None),
        ("bread and butter", None),
        ("did they meet and talk", None),
        ("", ()),
    ],
)
def test_several_questions_in_one_are_taken_apart(
    text: str, pieces: tuple[str, ...] | None
) -> None:
    assert split_questions(text) == ((text,) if pieces is None else pieces)


def test_no_more_pieces_are_answered_than_there_is_time_for() -> None:
    assert len(split_questions("? ".join(f"who is number {n}" for n in range(50)))) == MAX_PIECES


@pytest.mark.parametrize(
    ("text", "names", "topic"),
    [
        ("compare what lee and reed said on the ferry", ("lee", "reed"), "the ferry"),
        ("lee v reed on the ferry", ("lee", "reed"), "the ferry"),
        ("lee and reed on the ferry, how do they differ", ("lee", "reed"), "the ferry"),
        ("compare lee with reed", ("lee", "reed"), ""),
        ("do lee and reed tell the same story about the fire", ("lee", "reed"), "the fire"),
        ("did lee and reed give the same account of the fire", ("lee", "reed"), "the fire"),
        ("are lee and reed saying the same thing about gas", ("lee", "reed"), "gas"),
        ("lee and reed on gas, do they agree", ("lee", "reed"), "gas"),
        ("lee vs. reed: gas", ("lee", "reed"), "gas"),
        ("do lee and reed see eye to eye on gas", ("lee", "reed"), "gas"),
        ("compare lee, reed and the mayor on gas", ("lee", "reed", "the mayor"), "gas"),
        ("do lee and reed agree on the ferry", ("lee", "reed"), "the ferry"),
        ("how do lee and reed differ on gas", ("lee", "reed"), "gas"),
        ("where do lee and reed stand on gas", ("lee", "reed"), "gas"),
        ("lee vs reed on gas", ("lee", "reed"), "gas"),
        ("lee vs reed, what sank the ferry", ("lee", "reed"), "what sank the ferry"),
        ("how do lee and reed each take the ban", ("lee", "reed"), "the ban"),
        ("how did lee and reed react to the ban", ("lee", "reed"), "the ban"),
        ("what did lee say about gas, compared with reed", ("lee", "reed"), "gas"),
        (
            "how do lee and orr take reed's exit compared w the mayor",
            ("lee", "orr", "the mayor"),
            "reed's exit",
        ),
        ("lee versus reed", ("lee", "reed"), ""),
        ("what is the difference between lee and reed on gas", ("lee", "reed"), "gas"),
        ("are lee and reed at odds over gas", ("lee", "reed"), "gas"),
        ("compare what lee said on gas with what reed said", ("lee", "reed"), "gas"),
        ("how does lee's view on gas differ from reed's", ("lee", "reed"), "gas"),
        ("does lee agree with reed on gas", ("lee", "reed"), "gas"),
        ("is lee in agreement with reed about gas", ("lee", "reed"), "gas"),
        ("how do lee and reed see the vote", ("lee", "reed"), "the vote"),
        ("the difference between what lee and reed want on gas", ("lee", "reed"), "gas"),
        ("lee and reed before the vote, who says what", ("lee", "reed"), "before the vote"),
        ("lee vs reed on gas, what do they say", ("lee", "reed"), "gas"),
        ("lee compared to reed on gas", ("lee", "reed"), "gas"),
    ],
)
def test_those_who_are_compared_are_read_with_the_topic(
    text: str, names: tuple[str, ...], topic: str
) -> None:
    assert read_comparison(text) == Comparison(names, topic)


@pytest.mark.parametrize(
    "text",
    [
        "did lee and reed meet",
        "what did lee say about reed",
        "do they agree",
        "lee and reed",
        "lee on violence against women",
        "how many senators voted against the bill",
    ],
)
def test_who_is_only_named_together_is_not_compared(text: str) -> None:
    assert read_comparison(text) is None


def test_names_in_a_list_are_told_apart() -> None:
    assert split_names("lee's, reed and the mayor") == ["lee", "reed", "the mayor"]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("and the man who won, what did he say", "and what did the man who won say"),
        ("lee on gas, did he pay", "did lee pay on gas"),
        ("and lee? is she for it", "is lee for it"),
        ("the two pilots, when were they freed", "when were the two pilots freed"),
        ("after the vote, what did he say", "after the vote, what did he say"),
        ("did lee resign? what did he say", "did lee resign? what did he say"),
        ("lee, did he tell her", "lee, did he tell her"),
    ],
)
def test_a_name_that_stands_first_is_put_into_the_question(text: str, meant: str) -> None:
    assert with_name_inside(text) == meant
