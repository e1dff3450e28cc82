import pytest

from index.attribution.layout.sentences import split_sentences
from index.attribution.layout.transcripts import find_turns


def turns(text: str, *names: str) -> list[tuple[str | None, str]]:
    """The turns of a text: name and words, paragraphs parted by a stroke."""
    found = find_turns(text, split_sentences(text), names)
    return [(turn.name, " | ".join(p.of(text) for p in turn.content)) for turn in found]


def test_labels_in_capitals_stand_for_people_of_the_article() -> None:
    text = "TAPPER: Why now?\nLEE: It was time.\nTAPPER: Was it?"
    assert turns(text, "Ann Lee") == [
        ("TAPPER", "Why now?"),
        ("Ann Lee", "It was time."),
        ("TAPPER", "Was it?"),
    ]


def test_initials_and_names_without_a_colon_are_labels_in_an_interview() -> None:
    text = "((Wikinews))  Why?\nAnn Lee I wanted to.\n((WN)) Still?\nAL We do.\nMore of it."
    assert turns(text, "Ann Lee") == [
        ("Wikinews", "Why?"),
        ("Ann Lee", "I wanted to."),
        ("Wikinews", "Still?"),
        ("Ann Lee", "We do. | More of it."),
    ]


def test_two_turns_are_a_transcript_where_they_are_all_there_is() -> None:
    text = "Ann Lee: We are closing the pier.\nBO ORR: Nobody asked the fishers."
    assert turns(text) == [
        ("Ann Lee", "We are closing the pier."),
        ("BO ORR", "Nobody asked the fishers."),
    ]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Ms. QUELL. Mr. President, it leaks.\n\nThe PRESIDING OFFICER. The Senator from Sund."
            "\n\nMr. ORR. It stands.",
            ["Ms. QUELL", "The PRESIDING OFFICER", "Mr. ORR"],
        ),
        ("Ms. QUELL. Madam Speaker, it leaks. I saw it.\n\nIt always did.", ["Ms. QUELL"]),
        (
            "00:00:01.000 --> 00:00:04.000\n<v Ida Quell>It leaks.\n\n<v Bo Orr>Where?\n\n"
            "<v Ida Quell>Everywhere.",
            ["Ida Quell", "Bo Orr", "Ida Quell"],
        ),
        (
            "<Ida Quell> It leaks.\n<Bo Orr> Where?\n<Ida Quell> Here.",
            ["Ida Quell", "Bo Orr", "Ida Quell"],
        ),
        (
            "ANN QUELL\nIt leaks.\n\nBEN ORR\nWhere?\n\nANN QUELL\nHere.",
            ["ANN QUELL", "BEN ORR", "ANN QUELL"],
        ),
        ("10:02 Ida Quell\nIt leaks.\n\n10:03 Bo Orr\nWhere?", ["Ida Quell", "Bo Orr"]),
        ("Speaker 1  0:03\nIt leaks.\n\nSpeaker 2  0:07\nWhere?", ["Speaker 1", "Speaker 2"]),
    ],
)
def test_labels_of_records_subtitles_and_chats(text: str, names: list[str]) -> None:
    assert [name for name, _ in turns(text)] == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Ann Quell, Greens: I would mend it.\n\nBen Orr, Reform: I would sell it.\n\n"
            "Rosa Holm, 34, teacher: I would ask.",
            ["Ann Quell", "Ben Orr", "Rosa Holm"],
        ),
        ("The Gazette: Is it safe?\n\nAnn Quell: It is.", ["The Gazette", "Ann Quell"]),
        (
            "Ann Quell (AQ): It is.\nBen Orr (BO): Is it?\nAQ: Yes.\nBO: Ah.",
            ["Ann Quell", "Ben Orr"] * 2,
        ),
        (
            "Chairman QUELL. The committee will rise.\n\nMr. ORR. I thank the Chair.",
            ["Ann Quell", "Ben Orr"],
        ),
        (
            "Ann Quell spoke to us.\n\nQ: Is it safe?\n\nWe walked it.\n\nQ: When?\n\nI forget.",
            [None, "Ann Quell", None, "Ann Quell"],
        ),
    ],
)
def test_people_who_speak_once_each_talk_all_the_same(text: str, names: list[str | None]) -> None:
    assert [name for name, _ in turns(text, "Ann Quell", "Ben Orr")] == names


@pytest.mark.parametrize(
    "text",
    [
        "Ann Quell: mayor since 2003.\nBen Orr: treasurer since 2011.\nRosa Holm: vicar.",
        "Washington: We saw rain.\nParis: We saw snow.\nRome: We saw sun, and you?",
        "Ann Quell, the mayor, said: I go.\nBen Orr, the vicar, replied: You do.\n"
        "Ann Quell, the mayor, said: I do.",
    ],
)
def test_lists_and_reports_are_no_talk(text: str) -> None:
    assert turns(text, "Ann Quell", "Ben Orr") == []


def test_headings_in_capitals_are_no_labels() -> None:
    assert turns("THE PIER\nIt leaks.\n\nTHE SEA\nIt is cold.\n\nTHE PIER\nIt still leaks.") == []


def test_question_after_which_nobody_is_named_has_no_answer() -> None:
    text = "((WN)) Why?\nIt was late.\n((WN)) Still?\nYes."
    assert turns(text) == [("WN", "Why?"), ("WN", "Still?")]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The Latest: It rained.\nHe said: No.",
        "Image: Ann Lee.\nImage: Bo Orr.\nPhoto: Ann Lee.",
        "Washington: It rained.\nParis: It snowed.\nRome: It shone.",
        "He used ((two)) brackets once.",
        "Ann Lee: Velsund, 41, baker.\nBo Orr: Bellport, 39, sailor.",
        "Ann Lee: We are closing the pier.\nBo Orr: No.\nThe council met on Monday at noon.",
    ],
)
def test_other_articles_have_no_turns(text: str) -> None:
    assert turns(text, "Ann Lee") == []


def test_brackets_with_nothing_in_them_are_no_label() -> None:
    text = "(( )) Why?\n(( )) We had to.\n(( )) Did you?"
    assert find_turns(text, split_sentences(text), ["Ann Lee"]) == ()


def test_a_letter_is_whose_name_stands_below_it() -> None:
    text = (
        "Dear Editor,\n\nThe pier is rotten.\n\nBo Orr said it was not.\n\nYours,\nAnn Lee\nOxmere"
    )
    assert turns(text) == [("Ann Lee", "The pier is rotten.")]


def test_a_circular_without_a_name_below_is_nobodys() -> None:
    assert turns("Dear all,\n\nThe pier is rotten.\n\nYours,\nthe secretary") == []
    assert turns("Dear all,\n\nThe pier is rotten.\n\nAnn Lee left.") == []


def test_an_office_behind_a_dash_belongs_to_the_label() -> None:
    text = (
        "Ann Lee: Can you talk about prices?\n\nBo Orr – Chief Officer: We don't guide on them."
        "\n\nAnn Lee: And the tariffs?\n\nBo Orr – Chief Officer: About a tenth."
    )
    assert [name for name, _ in turns(text, "Ann Lee")] == ["Ann Lee", "Bo Orr"] * 2


def test_who_answers_readers_questions_is_a_label() -> None:
    text = (
        "Q: Is it safe to stop? – Jean, Sund\n\nDr Ann Lee answers: It depends on the tablet."
        "\n\nQ: Do you agree? – Per, Velm\n\nDr Lee: As a slogan, yes."
    )
    assert [name for name, _ in turns(text, "Ann Lee")] == [None, "Ann Lee"] * 2


def test_answers_between_questions_in_bold_need_not_say_i() -> None:
    text = (
        "Ann Lee runs a mill.\n\n**Why now?**\n\nYou have to.\n\n**And the price?**\n\n"
        "We wait.\n\n**Any advice?**\n\nPick one rule and leave it alone."
    )
    assert [name for name, _ in turns(text, "Ann Lee")] == [None, "Ann Lee"] * 3
