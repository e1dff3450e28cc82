import pytest

from index.attribution.layout.sentences import split_sentences
from index.attribution.layout.transcripts import find_turns
from index.document import read_document
from tests.whose import whose


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


_BOATS = (
    "Lotte Hendry, 52, makes boats in Fife. We met on her slipway.\n\nWhy did you give up teaching?"
    "\n\nI never gave it up.\n\nDid you make money?\n\nAbout £300 in the first year.\n\n{}"
    "Will you ever move to London?\n\nNo. Never. I was asked twice.\n\n"
    "What would your last boat be?\n\nA coracle."
)
_ASKED = [None, "Lotte Hendry"]


@pytest.mark.parametrize(
    ("between", "below", "exchanges"),
    [
        ("", "", 4),
        ("", "Oak & Tar: A Life in Boats is published on 4 May.", 4),
        ("", "Lotte Hendry's boats are shown in Leith.\n\nTickets cost £4.", 4),
        ("", "Neil Farrow said in a statement: 'I wish her well. The plane was mine.'", 4),
    ],
)
def test_an_interview_has_prompts_and_ends_where_the_paper_goes_on(
    between: str, below: str, exchanges: int
) -> None:
    found = turns(_BOATS.format(between) + "\n\n" + below, "Lotte Hendry")
    assert [name for name, _ in found] == _ASKED * exchanges
    assert found[-1][1] == "A coracle."


def test_an_answer_goes_on_in_a_second_paragraph() -> None:
    long = "How was Oslo?\n\nCold.\n\nYou have to wait there.\n\nI had no coat.\n\n"
    found = turns(_BOATS.format(long), "Lotte Hendry")
    assert ("Lotte Hendry", "Cold. | You have to wait there. | I had no coat.") in found


def test_questions_over_what_several_people_said_are_no_interview() -> None:
    text = (
        "Fuel is dear in Norland.\n\nWhy now?\n\n“I see no end to it,” said Bo Orr.\n\n"
        "Who pays?\n\n“We all do,” said Ann Lee.\n\nWhat next?\n\n“My guess is rain,” Orr said."
    )
    assert turns(text, "Norland") == []


def test_below_labels_the_paper_goes_on_with_what_others_say() -> None:
    text = (
        "PRIOR: Why did you stop?\n\nHENDRY: I never stopped.\n\nPRIOR: Farrow says you lie.\n\n"
        "HENDRY: Neil says a lot.\n\nNeil Farrow said in a statement: 'I lent her the plane.'"
    )
    assert turns(text, "Lotte Hendry")[-1] == ("Lotte Hendry", "Neil says a lot.")


@pytest.mark.parametrize(
    "lead",
    [
        "Mira Bost, 58, takes over the choir in May. She spoke to Ivor Penn between two shows.",
        "Ivor Penn met the conductor Mira Bost, 58, before a rehearsal.",
        "Mira Bost takes over the choir in May. Bost told Ivor Penn why.",
    ],
)
def test_who_asks_is_not_who_is_asked(lead: str) -> None:
    text = (
        f"{lead}\n\nQ: You said no in 2016. Why?\n\nA: My father was ill.\n\n"
        "Q: What has changed?\n\nA: The manager. And I have."
    )
    assert whose(text, "My father was ill") == ["Mira Bost"]
    assert whose(text, "What has changed") == [None]


def test_two_plain_questions_are_an_interview_where_it_is_told_that_somebody_met() -> None:
    asked = "Why now?\n\nMy mother died.\n\nWill you tour?\n\nOnly by train."
    met = read_document(f"Singer Ann Lee spoke to the Gazette.\n\n{asked}").statements
    assert [s.speaker and s.speaker.name for s in met] == [None, "Ann Lee", None, "Ann Lee"]
    assert read_document(f"Singer Ann Lee is back.\n\n{asked}").statements == ()
