"""Names that look like other words, and what belongs to one."""

import pytest

from index.document import read_document


def names(text: str) -> list[str]:
    """Who says what in a text, in its order."""
    return [s.speaker.name for s in read_document(text).statements if s.speaker]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Human Rights Watch said the law was cruel.", "Human Rights Watch"),
        ("The spokeswoman, Pham Thu Hang, said it was governed by law.", "Pham Thu Hang"),
        ("Minh's wife, Do Thi Lan, said he was innocent.", "Do Thi Lan"),
        ("St. Mary's Hospital said it was sorry.", "St. Mary's Hospital"),
        ("St Thomas’ Hospital said it was sorry.", "St Thomas’ Hospital"),
        ("St. John Ambulance said it was late.", "St. John Ambulance"),
        ("Mum Kayleigh Dunn says the school is wrong.", "Kayleigh Dunn"),
    ],
)
def test_a_name_is_whole_whatever_its_words_mean_elsewhere(text: str, name: str) -> None:
    assert names(text) == [name]


def test_an_office_behind_letters_is_no_person() -> None:
    text = "“It works,” said Ana Ruiz, M.D., Ph.D., Chief Medical Officer of Halden."
    assert [p.name for p in read_document(text).people] == ["Ana Ruiz"]


@pytest.mark.parametrize(
    "text",
    [
        "Theresa May resigned on Friday. May said she was sorry.",
        "Theresa May resigned on Friday. It may rain. “I am sorry,” May said.",
        "Theresa May resigned on Friday. It was a deal that May had called “fair”.",
    ],
)
def test_a_surname_that_is_a_helper_elsewhere_is_somebodys_who_acts(text: str) -> None:
    assert names(text) == ["Theresa May"]


def test_a_helper_that_opens_a_question_is_nobody() -> None:
    text = "Theresa May resigned on Friday. May Orr stay? May we?"
    assert "Theresa May" not in names(text)


def test_a_surname_that_is_an_adverb_elsewhere_is_whose_verb_follows() -> None:
    text = "Manager Steve Prior was glad. It was a free kick that Prior described as “filthy”."
    assert names(text) == ["Steve Prior"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("“I am digital,” a young man called Tristan told me.", "Tristan"),
        ("Her husband, a retired chemist called Faisal, sat. “I said so,” he says.", "Faisal"),
        ("The man, who was identified as Trent Voss, said: “I'm sorry.”", "Trent Voss"),
        ("Mary Boyle was killed. Her daughter, also called Mary, said: “No.”", "Mary"),
        ("“No,” said one source who identified Bo Orr.", "one source"),
        ("The man, who was identified online as Trent Voss, said: “I'm sorry.”", "Trent Voss"),
        ("His engineer, who was introduced only as Mr. Lowe, said it was late.", "Lowe"),
    ],
)
def test_who_is_called_something_has_that_name(text: str, name: str) -> None:
    assert names(text)[-1] == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("He took it, according to the watchdog group Open Ledger.", "Open Ledger"),
        ("He ran, according to German magazine Der Spiegel.", "Der Spiegel"),
        ("Reader Maeve Cullen emails from Ennis: “It is now in our garden.”", "Maeve Cullen"),
        ("Tom Bell tweets from Cork: “No buses.”", "Tom Bell"),
        ("Aoife Brennan left. “Work from home,” she told RTV's Morning Call.", "Aoife Brennan"),
    ],
)
def test_what_stands_beside_a_source_or_a_verb_is_no_speaker(text: str, name: str) -> None:
    assert names(text) == [name]


def test_they_may_be_one_spokesperson() -> None:
    text = "A spokesperson for the council said it was safe. They added: “We are sorry.”"
    assert names(text) == ["a spokesperson for the council"] * 2


@pytest.mark.parametrize(
    "text",
    [
        "His Republican colleague from Ohio, Sen. Joyce Tillman, disagreed.",
        "His apprentice for 20 years, Colin Dunstan, remembered being sacked 11 times.",
        "One of her neighbours, Bill Hale, agreed.",
    ],
)
def test_what_somebody_is_is_not_what_they_say(text: str) -> None:
    assert names(text) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Gary Moult is the Rovers manager. “Poor,” the Rovers boss said.", "Gary Moult"),
        ("Ann Lee said no. Tom's dad Bo wept. “He's good,” the proud dad said.", "Bo"),
        ("Labour's Dewi Rowlands said no. “It is bad,” the shadow environment secretary told MPs.",
         "Dewi Rowlands"),
        ("Ann Lee said no. “I am,” the environment secretary told MPs.",
         "the environment secretary"),
    ],
)  # fmt: skip
def test_a_role_is_whoever_was_told_to_have_it_in_other_words(text: str, name: str) -> None:
    assert names(text)[-1] == name


def test_who_is_told_of_as_himself_is_a_person() -> None:
    text = "Headteacher Brian Stott said no.\n\nAlfie himself was glad.\n\n“I am glad,” he grinned."
    assert names(text)[-1] == "Alfie"
