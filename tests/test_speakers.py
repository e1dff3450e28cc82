import pytest

from index.document import read_document


def people(text: str) -> dict[str, tuple[str, ...]]:
    """The people of a text with their roles."""
    return {p.name: p.roles for p in read_document(text).people}


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("Emergencies Minister Yevgeny Orlov left.", "Yevgeny Orlov", "Emergencies Minister"),
        ("Jean Roy, the French president, left.", "Jean Roy", "the French president"),
        ("Ann Lee, a spokesperson for the court, left.", "Ann Lee",
         "a spokesperson for the court"),
        ("The mayor of Lyon, Ann Lee, left.", "Ann Lee", "The mayor of Lyon"),
        ("Ann Lee, who is a lawyer, left.", "Ann Lee", "a lawyer"),
        ("Ann Lee, 61, a retired judge, left.", "Ann Lee", "a retired judge"),
        ("Mexico's Foreign Minister Ann Lee left.", "Ann Lee", "Mexico's Foreign Minister"),
        ("Prime Minister Dr. Ann Lee left.", "Ann Lee", "Prime Minister"),
        ("Deputy Mayor Rev. Dr. Bob Orr left.", "Bob Orr", "Deputy Mayor"),
        ("They met Samoan Prime Minister Ann Lee there.", "Ann Lee", "Samoan Prime Minister"),
        ("Kremlin spokesman Dmitry Orlov left.", "Dmitry Orlov", "Kremlin spokesman"),
        ("Ambassador to Germany Ann Lee left.", "Ann Lee", "Ambassador to Germany"),
        ("Ann Lee of Boston University, a chemist and judge, left.", "Ann Lee", "a chemist"),
        ("Ann Lee, the US president, left.", "Ann Lee", "the US president"),
        ("Geologist Ann Lee left.", "Ann Lee", "Geologist"),
        ("Gov. Ann Lee left.", "Ann Lee", "Gov."),
        ("Ohio Lt. Gov. Ann Lee left.", "Ann Lee", "Ohio Lt. Gov."),
        ("GOP Sen. Ann Lee left.", "Ann Lee", "GOP Sen."),
        ("They met Lt. Col. Ann Lee there.", "Ann Lee", "Lt. Col."),
        ("Rep. Ann Lee, R-Ohio, left.", "Ann Lee", "R-Ohio"),
        ("Sen. Ann Lee (D-W.Va.) left.", "Ann Lee", "D-W.Va."),
        ("They met Sen. Ann Lee, I-Maine.", "Ann Lee", "I-Maine"),
    ],
)  # fmt: skip
def test_role_is_given_in_the_articles_words(text: str, name: str, role: str) -> None:
    assert role in people(text)[name]


@pytest.mark.parametrize("title", ["Dr.", "Mrs", "Sir", "Rev.", "King"])
def test_a_form_of_address_is_no_role(title: str) -> None:
    assert set(people(f"{title} Alan Lee left.").values()) == {()}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param("Putin left. Vladimir Putin came. Mr Putin sat.", "Vladimir Putin", id="Mr"),
        pytest.param("Donald Trump left. Donald J. Trump came.", "Donald Trump", id="initial"),
        pytest.param("Now L. King Dupree left. Mr Dupree came.", "L. King Dupree", id="King"),
        pytest.param("Recep Erdoğan left. Mr Erdogan came.", "Recep Erdoğan", id="accents"),
        pytest.param("Jørn Møller left. Mr Moller came.", "Jørn Møller", id="other letters"),
        pytest.param("Yahya Sarea left. Mr Saree came.", "Yahya Sarea", id="a slip of the pen"),
        pytest.param("Wanda Vázquez Garced left. Ms Vázquez came.", "Wanda Vázquez Garced",
                     id="two surnames"),
        pytest.param("Pope Francis left. Francis came.", "Pope Francis", id="a pope"),
    ],
)  # fmt: skip
def test_forms_of_a_name_are_one_person(text: str, name: str) -> None:
    assert list(people(text)) == [name]


def test_people_of_one_surname_stay_apart() -> None:
    found = people("Bill Orr left. Mary Orr came. Mrs Orr sat, and Mr Orr stood.")
    assert list(found) == ["Bill Orr", "Mary Orr"]


def speakers(text: str) -> list[str]:
    """Who said each statement of a text."""
    return [s.speaker.name for s in read_document(text).statements if s.speaker]


@pytest.mark.parametrize(
    "passing",
    [
        "Lee, the daughter of the late Mayor Bo Lee, has long waited.",
        "Lee, who was Bo Lee's deputy, has long waited.",
        "Lee, once a lawyer for Bo Lee, has long waited.",
    ],
)
def test_who_only_tells_who_another_is_does_not_take_the_surname(passing: str) -> None:
    assert speakers(f"Ann Lee is the mayor. {passing}\n\nLee said it was late.") == ["Ann Lee"]


def test_who_is_named_after_another_of_the_surname_takes_it() -> None:
    text = "Ann Lee is the mayor. Bo Lee, her brother, came.\n\nLee said it was late."
    assert speakers(text) == ["Bo Lee"]


def test_an_office_with_a_place_is_whoever_the_text_spoke_of_last() -> None:
    """Where nothing says of which state a senator is."""
    told = "The Ohio senator said it was late."
    assert speakers(f"Sen. Ann Lee left. She was tired.\n\n{told}") == ["Ann Lee"]
    both = f"Sen. Ann Lee met Bo Reed. Reed was tired.\n\n{told}"
    assert speakers(both) == ["the Ohio senator"]


def test_only_bodies_that_speak_are_listed() -> None:
    found = people("The Coast Guard said the boat sank near Rhode Island.")
    assert list(found) == ["Coast Guard"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Although it rained, officials waited.",
        "ALL CAPITALS IN THIS HEADLINE",
        "“Ann Lee left.”",
    ],
)
def test_nobody_is_made_up(text: str) -> None:
    assert people(text) == {}


def test_verb_before_a_name_is_no_role() -> None:
    assert people("He came to host Ann Lee there.") == {"Ann Lee": ()}


def test_a_time_before_an_office_is_no_part_of_it() -> None:
    assert people("Last year US President Ann Lee left.") == {"Ann Lee": ("US President",)}


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        pytest.param("Tom and Ann Lee lost it. Tom wept.", ["Tom Lee", "Ann Lee"], id="couple"),
        pytest.param("Sisters Orla and Niamh Keane left. Orla waved.",
                     ["Orla Keane", "Niamh Keane"], id="sisters"),
        pytest.param("Tom Kelly left with Ann Lee. Kelly and Ann Lee wept.",
                     ["Tom Kelly", "Ann Lee"], id="a surname before 'and'"),
        pytest.param("The Vorland Weather Agency (VoWeA) said it rained. VoWeA said it would stop.",
                     ["Vorland Weather Agency"], id="short form in brackets"),
        pytest.param("Bay Water Quality District said the lake was clean.",
                     ["Bay Water Quality District"], id="a bay's authority"),
        pytest.param("The Harbour Board declined to comment.", [], id="no words of theirs"),
        pytest.param("The Harbour Board denied that it had slept.", ["Harbour Board"],
                     id="words of theirs"),
        pytest.param("Ann Lee stars as Jane Orr, who robs trains.", ["Ann Lee"],
                     id="a character"),
        pytest.param("Tom Orr sang in the role of Hugo Quint.", ["Tom Orr"], id="a role"),
        pytest.param("They drank Captain Ruddock rum and read a Hugo Quint novel.", [],
                     id="of which kind a thing is"),
        pytest.param("Dame Ann Lee has died. Born Ann Sue Orr in Lyon, she was 91.", ["Ann Lee"],
                     id="a name at birth"),
        pytest.param("Coral Harvest plc and Hale & Sons left. Coral Harvest plc said it had sunk.",
                     ["Coral Harvest plc"], id="a company's form"),
        pytest.param("Baroness Thorn of Ely said no. Lady Thorn said it was late.",
                     ["Thorn of Ely"], id="a peer's place"),
        pytest.param("They wore Captain Utopia masks and sold Star Quarrels toys.", [],
                     id="titles of things"),
        pytest.param("“We left,” said Ann Lee and Will Kelly.", ["Ann Lee", "Will Kelly"],
                     id="a name that looks like a helper"),
        pytest.param("PC Ann Lee and Alhaji Musa Orr left. Churchwarden Bo Quint stayed.",
                     ["Ann Lee", "Musa Orr", "Bo Quint"], id="titles"),
    ],
)  # fmt: skip
def test_everybody_is_listed_once_and_nothing_else(text: str, listed: list[str]) -> None:
    assert list(people(text)) == listed


def test_of_two_who_speak_together_both_do_and_none_who_is_only_spoken_of() -> None:
    found = read_document(
        "“We won,” said directors Adil Orr and Ann Lee. "
        "Bo Quint and Eve Hall said they had met the Tram Board."
    ).people
    assert {p.name for p in found if p.speaks} == {"Adil Orr", "Ann Lee", "Bo Quint", "Eve Hall"}


@pytest.mark.parametrize(
    ("work", "name"),
    [
        ("Nora Dray sings. A painting that Tom Lee chose hangs in her room. He is 9", "Tom Lee"),
    ],
)
def test_what_somebody_made_is_nobody(work: str, name: str) -> None:
    who = "she" if name == "Nora Dray" else "he"
    assert speakers(f"{work}. “I slept through it,” {who} said.") == [name]


def test_a_legal_form_with_a_stroke_and_a_ticker_are_no_speakers() -> None:
    text = (
        "ODENSE - Lyngby A/S (CPH: LYN), a leader in insulin, today announced that it will "
        "invest. Lyngby A/S today said it will hire. Write to lyngby at press@lyngby.example."
    )
    assert speakers(text) == ["Lyngby A/S"] * 2


def test_a_ward_in_brackets_is_nobody_who_speaks_next() -> None:
    text = (
        "Cllr Owen Barrett (Con, Marsh North) said it was late.\n\nBut Cllr Judith Barr "
        "(Lib Dem, Mill Row) said it was early.\n\n“It is dark,” she said."
    )
    assert speakers(text) == ["Owen Barrett", "Judith Barr", "Judith Barr"]


@pytest.mark.parametrize(
    "lead",
    [
        "Here is what Ines Halford said in full:",
        "Ines Halford, the minister, has tweeted.",
    ],
)
def test_what_stands_below_a_lead_is_whose_that_sends_it(lead: str) -> None:
    text = f"Bo Orr said it was late.\n\n{lead}\n\n“Now is not the time. I am staying.”"
    assert speakers(text) == ["Bo Orr", "Ines Halford"]


def test_what_only_differs_from_somebody_is_not_theirs() -> None:
    text = "Bo Orr said no.\n\nThis is different from Ann Lee.\n\n“Now is not the time for it.”"
    assert "Ann Lee" not in speakers(text)
