"""Typing errors put right against the archive's own words."""

from collections import defaultdict

import pytest

from bot.answer import Respelling
from bot.query.typed.spelling import Speller, distance, is_alike
from index.archive.register import Register
from index.attribution.people.identities import Context
from index.schema import Person


def vocabulary(counts: dict[str, int], *names: str) -> Register:
    """Articles that have these words, and people of these names."""
    having: dict[str, set[str]] = defaultdict(set)
    for word, count in counts.items():
        for n in range(count):
            having[f"a{n}"].add(word)
    context = {article: Context(frozenset(words)) for article, words in having.items()}
    return Register.gathered([("a0", Person(name)) for name in names], context)


SPELLER = Speller(
    vocabulary({
        "measles": 3, "erdogan": 2, "parliament": 9, "ferry": 4, "ferries": 1, "kurds": 1,
        "fire": 2, "care": 9, "carrie": 1, "lam": 1,
        "hagia": 1, "sophia": 1, "hezbollah": 2, "libya": 3, "watt": 2, "zelenskyy": 1,
        "mcconnell": 1, "merkel": 1, "markle": 4, "scone": 1, "head": 1,
    },
    "Carrie Lam", "Hagia Sophia"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("how mnay caught meazles", "how many caught measles"),
        ("merkle on gas", "merkel on gas"),
        ("scomo on gas", "scomo on gas"),
        ("what did edrogan say abuot the ferrry", "what did erdogan say about the ferry"),
        ("the parliment vote", "the parliament vote"),
        ("the fier in the ferry", "the fire in the ferry"),
        ("carie lam", "carrie lam"),  # and not "care"
        ("parliamnet?", "parliament?"),
        ("hagia sofia", "hagia sophia"),  # a word, but not beside that one
        ("erdogen's ferry", "erdogan's ferry"),
        ("waht did lam sya abuot the fire", "what did lam say about the fire"),
        ("who is lam", "who is lam"),
        ("wath did teh ferry carry", "what did the ferry carry"),
        (
            "hwo many ferries, hwo long and hwo said so",
            "how many ferries, who long and who said so",
        ),
        ("whta hsa lam siad agianst it", "what has lam said against it"),
        ("didd lam calim taht", "did lam claim that"),
        ("zelnesskyys ferry", "zelenskyys ferry"),
        ("hezbola in lybia", "hezbollah in libya"),  # as it sounds
        ("zelensky and mcconell", "zelenskyy and mcconnell"),
        ("the ferry cheif and the laywer", "the ferry chief and the laywer"),  # compared as "head"
        ("faith in hagai sofhia", "faith in hagia sophia"),
    ],
)
def test_an_unknown_word_is_taken_for_one_that_is_near(question: str, meant: str) -> None:
    assert SPELLER.correct(question)[0] == meant


@pytest.mark.parametrize(
    "question",
    [
        "what did Sanders say about the ferry",  # everyday English has the name
        "what dose did the volcano get",
        "what dose of it is safe",
        "how may the volcano help",
        "the volcano",  # and the word, though the archive has not
        "kurds and parliaments",
        "summarise what they apologised for in the labour centre",  # British
        "what they organise and harbour",
        "who is Bernadette",
        "what did MEAS say",  # an acronym
        'the word "meazles"',  # as it was typed
        "the levees, a hinge and the shoppers who were hijacked in Kampala",  # rarer words
        "are they cleverer, and is she quitting",
        "zzzzxqq",  # like nothing
        "the travellers who cancelled",  # British, and American without one l
        "what did Sya say, and who is HSA",  # names
        "what did mya say",  # and no word that is a name, too
        "what did watt say from the form",
        "marie lam",  # another person
        "the speech at sophea",  # a place that no article has
        "hagia sophias",
        "meas",  # too short to tell
        "see ferrry.example",
        "1234",
        "",
    ],
)
def test_a_word_that_is_known_or_like_none_is_left(question: str) -> None:
    assert SPELLER.correct(question) == (question, ())


def test_what_was_taken_for_what_is_told() -> None:
    _, corrections = SPELLER.correct("what about meazles")
    assert corrections == (Respelling("meazles", "measles"),)


@pytest.mark.parametrize(
    ("one", "other", "most", "wanted"),
    [
        ("measles", "meazles", 1, 1),
        ("many", "mnay", 1, 1),
        ("ferry", "ferrry", 1, 1),
        ("ferry", "fery", 1, 1),
        ("ferry", "ferry", 1, 0),
        ("ferry", "farce", 2, 0),
        ("parliament", "parlaimant", 2, 2),
        ("a", "", 1, 1),
    ],
)
def test_letters_put_in_left_out_changed_or_swapped_are_counted(
    one: str, other: str, most: int, wanted: int
) -> None:
    assert distance(one, other, most) == distance(other, one, most) == wanted


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("carry", "carrie", True),
        ("jonson", "johnson", True),
        ("pelozi", "pelosi", True),
        ("filip", "phillip", True),
        ("mark", "marc", True),  # a letter
        ("callas", "kalas", True),
        ("lomaks", "lomax", True),
        ("lamb", "lumber", False),
        ("lee", "lee", False),
        ("marie", "carrie", False),
    ],
)
def test_words_are_alike_by_a_letter_or_by_their_sound(one: str, other: str, alike: bool) -> None:
    assert is_alike(one, other) == is_alike(other, one) == alike


def test_a_name_of_the_archive_is_left_but_where_a_question_begins() -> None:
    speller = Speller(vocabulary({"siad": 2, "waht": 1}, "Siad Barre"))
    assert speller.correct("waht did siad barre say")[0] == "what did siad barre say"
    assert speller.correct("who is waht")[0] == "who is waht"
