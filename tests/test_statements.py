from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from index.document import read_document
from index.schema import Statement

SEED = Path(__file__).resolve().parent.parent / "seeds" / "putin-peacekeepers.txt"

# What the grammar of reporting is made of, so that hypothesis meets its corners often.
_PIECES = st.sampled_from(
    [
        *(" said", " told", " that ", " according to ", " saying", " and warned", " accused of"),
        *("Mr. Orr", "Ann Lee", "he", " she", "The mayor", " who", " the US", "(AP) — ", "Q: "),
        *".,:;!?—–-\n()[]\"“”‘’'«»„`",
        *("''", "``", "’s", "'s", " ", " ", "İ", "ß", "e\u0301", "🙂", "\u2028", "((WN)) "),
    ]
)
TEXTS = st.lists(_PIECES | st.text(max_size=2), max_size=30).map("".join)


def statements(text: str) -> tuple[Statement, ...]:
    """The statements of a text."""
    return read_document(text).statements


def said(text: str) -> list[tuple[str | None, str]]:
    """Who said what in a text, the pieces of broken speech parted by a stroke."""
    return [
        (s.speaker.name if s.speaker else None, " | ".join(p.of(text) for p in s.content))
        for s in statements(text)
    ]


@settings(max_examples=500, deadline=None)
@given(TEXTS)
@example("")
@example("“Said Mr. Orr, who")
@example("said said said, he said")
@example("According to")
@example("'s 's ’ told")
@example(" saying.")
@example(" said.Mr. OrrQ: ")
def test_statements_lie_within_any_text(text: str) -> None:
    """Whatever the text: no failure, spans inside it, content in order and apart."""
    for statement in statements(text):
        spans = list(statement.content)
        if statement.speaker is not None:
            assert statement.speaker.name
            spans.append(statement.speaker.mention)
        if statement.cue is not None:
            spans.append(statement.cue)
        assert all(0 <= span.start < span.end <= len(text) for span in spans)
        assert all(one.end <= two.start for one, two in pairwise(statement.content))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "“We are done,” Ann Lee said.", [("Ann Lee", "“We are done,”")], id="after a quotation"
        ),
        pytest.param(
            "“We are done,” said Ann Lee, the mayor.",
            [("Ann Lee", "“We are done,”")],
            id="inverted with an aside",
        ),
        pytest.param(
            "Ann Lee said, “We are done.”", [("Ann Lee", "“We are done.”")], id="comma, quotation"
        ),
        pytest.param(
            "Ann Lee was clear: “We are all done here.”",
            [("Ann Lee", "“We are all done here.”")],
            id="colon",
        ),
        pytest.param(
            "“The plan,” Ann Lee said, “is dead.”",
            [("Ann Lee", "“The plan,” | “is dead.”")],
            id="interrupted quotation",
        ),
        pytest.param(
            "“It is dead,” Ann Lee said. “We buried it. Nobody came.”",
            [("Ann Lee", "“It is dead,” | “We buried it. Nobody came.”")],
            id="second quotation without a cue",
        ),
        pytest.param(
            "Ann Lee said: “It is dead.\n“We buried it.”\nBo Orr left.",
            [("Ann Lee", "“It is dead. | “We buried it.”")],
            id="reopened in the next paragraph",
        ),
        pytest.param(
            "Ann Lee said that the plan was dead.",
            [("Ann Lee", "that the plan was dead")],
            id="indirect with that",
        ),
        pytest.param(
            "The plan was dead, Ann Lee said on Friday.",
            [("Ann Lee", "The plan was dead")],
            id="indirect, cue at the end",
        ),
        pytest.param(
            "The plan, Ann Lee said, would never work.",
            [("Ann Lee", "The plan | would never work")],
            id="indirect, interrupted",
        ),
        pytest.param(
            "According to Ann Lee, the plan is dead.",
            [("Ann Lee", "the plan is dead")],
            id="according to, in front",
        ),
        pytest.param(
            "The plan is dead, according to Ann Lee.",
            [("Ann Lee", "The plan is dead")],
            id="according to, behind",
        ),
        pytest.param(
            "Ann Lee told reporters in Lyon on Friday that it was dead.",
            [("Ann Lee", "that it was dead")],
            id="told whom, where and when",
        ),
        pytest.param(
            "Ann Lee, who left office in May, said it was dead.",
            [("Ann Lee", "it was dead")],
            id="aside before the cue",
        ),
        pytest.param(
            "Ann Lee rejected the plan, saying on Friday that it was dead.",
            [("Ann Lee", "the plan"), ("Ann Lee", "that it was dead")],
            id="participle",
        ),
        pytest.param(
            "Ann Lee accused Bo Orr of lying and warned that she would sue.",
            [("Ann Lee", "Bo Orr of lying"), ("Ann Lee", "that she would sue")],
            id="two cues, one subject",
        ),
        pytest.param(
            "Ann Lee has long argued that it is “a joke” on voters.",
            [("Ann Lee", "that it is “a joke” on voters")],
            id="auxiliaries and a quoted fragment",
        ),
        pytest.param(
            "Bo Orr was told by Minister Ann Lee that it was dead.",
            [("Ann Lee", "that it was dead")],
            id="told by",
        ),
        pytest.param(
            "Nobody believed Ann Lee's claim that it was dead.",
            [("Ann Lee", "that it was dead")],
            id="noun of speech",
        ),
        pytest.param(
            'Ann Lee wrote on Twitter, "It is dead."',
            [("Ann Lee", '"It is dead."')],
            id="straight quotes",
        ),
        pytest.param(
            "''It is dead,'' Ann Lee said.", [("Ann Lee", "''It is dead,''")], id="doubled quotes"
        ),
        pytest.param(
            "‘It’s the players’ fault,’ Ann Lee said.",
            [("Ann Lee", "‘It’s the players’ fault,’")],
            id="single quotes and apostrophes",
        ),
        pytest.param("«It is dead», said Ann Lee.", [("Ann Lee", "«It is dead»")], id="guillemets"),
        pytest.param(
            "Ann Lee said “it is dead and left.\nBo Orr stayed.",
            [("Ann Lee", "“it is dead and left.")],
            id="unclosed mark keeps to its paragraph",
        ),
        pytest.param(
            "PARIS (AP) — The mayor, Ann Lee, said it was dead.",
            [("Ann Lee", "it was dead")],
            id="dateline, role before the name",
        ),
        pytest.param(
            "• Mayor Ann Lee says the boat stops on 1 June\n* “No,” says Bo Orr, the chair",
            [("Ann Lee", "the boat stops on 1 June"), ("Bo Orr", "“No,”")],
            id="items of a list without full stops",
        ),
        pytest.param(
            "“We are glad. It is May.” – Ann Lee, chief executive, Orr Lines",
            [("Ann Lee", "“We are glad. It is May.”")],
            id="signed in its own line",
        ),
        pytest.param("“We are glad.”\n\n— Ann Lee", [("Ann Lee", "“We are glad.”")], id="signed"),
        pytest.param(
            "“A sad day,” – Bo Orr, driver",
            [("Bo Orr", "“A sad day,”")],
            id="signed, in a sentence",
        ),
        pytest.param("“We are glad.” — Associated Press", [], id="an agency signs no words"),
        pytest.param(
            "Statement from Mayor Ann Lee on the boat:\n\n“I am sorry.”",
            [("Ann Lee", "“I am sorry.”")],
            id="a statement announced",
        ),
        pytest.param("From Chair Bo Orr:\n\n“Go.”", [("Bo Orr", "“Go.”")], id="from whom"),
        pytest.param("Comment by Bo Orr:\n\n“Go.”", [("Bo Orr", "“Go.”")], id="by whom"),
        pytest.param("The mayor of Lisle:\n\n“Go.”", [("the mayor of Lisle", "“Go.”")], id="who"),
        pytest.param("Ann Lee bought a book called “Dust”.", [], id="a title is no speech"),
        pytest.param("The new plans were a mess.", [], id="a noun is no cue"),
        pytest.param("It means that the pier is wet.", [], id="what something means is no speech"),
    ],
)
def test_statement_has_its_speaker_and_content(
    text: str, expected: list[tuple[str | None, str]]
) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # The noun right behind what opens a clause is its subject.
        (
            "As Donald Krill and Rep. Ned Bruce (R-Utah) lamented the catch, Linton left.",
            ("Donald Krill and Rep. Ned Bruce", "the catch"),
        ),
        (
            "A week after Mara Brannock announced that the pier would stay, soldiers shut it.",
            ("Mara Brannock", "that the pier would stay"),
        ),
        (
            "It was a year in which Sand blamed banks and Mr. Orr has disparaged farmers.",
            ("Orr", "farmers"),
        ),
        (
            "The firm, who Ann Heck on Wednesday called a disgrace, resigned.",
            ("Ann Heck", "a disgrace"),
        ),
        # What "and" joins.
        (
            "He said his attacks on Orr have given him votes and said that Orr would lose.",
            ("He", "that Orr would lose"),
        ),
        (
            "Rand Pole said Lund's plan would give money to farmers, and called him a fool.",
            ("Rand Pole", "him a fool"),
        ),
        (
            "The crowd cheered when Sefa Lund rose and promised that no berth would close.",
            ("Sefa Lund", "that no berth would close"),
        ),
        # Participles behind what is reported.
        (
            "Orr told the Star that Lund “had a plan which was mad,” adding, “He lost all.”",
            ("Orr", "“He lost all.”"),
        ),
        (
            "Lee repeated accusations that Orr recites the same lines, calling him a “parrot”.",
            ("Lee", "him a “parrot”"),
        ),
        # Who does something right before them.
        (
            "Lund won, with Fox News and the BBC calling it a landslide.",
            ("Fox News and the BBC", "it a landslide"),
        ),
        (
            "Few were pleased, with Sen. Joan McKane saying it was too late.",
            ("Joan McKane", "it was too late"),
        ),
        (
            "The town split, with the widow, Anneke Dorn, calling it “a mockery”.",
            ("Anneke Dorn", "it “a mockery”"),
        ),
        (
            "The fire has led many officers to question whether it was planned.",
            ("many officers", "whether it was planned"),
        ),
        (
            "They have spoken to the groups that brought them in and say they are late.",
            ("They", "they are late"),
        ),
        # All that is tied to the noun, past what is set off.
        (
            "While groups like the Guild complained that it was late, they left.",
            ("groups like the Guild", "that it was late"),
        ),
        (
            "Kirsten Gill (D-NY), a supporter of Lund from Oxmere told the Star that it was over.",
            ("Kirsten Gill", "that it was over"),
        ),
        (
            "Heather Johns, a clerk, said before leaving the hall that Orr asked her to stay.",
            ("Heather Johns", "that Orr asked her to stay"),
        ),
        (
            "The contrast with Krill, said Doyle and others, would be clear.",
            ("Doyle and others", "The contrast with Krill | would be clear"),
        ),
        (
            "The paradox, says Carl Anton, historian at the Library, is that she was rich.",
            ("Carl Anton", "The paradox | is that she was rich"),
        ),
        (
            "“It will not help,” Ann Rich, secretary for trade, crime, and tax, said on the call.",
            ("Ann Rich", "“It will not help,”"),
        ),
        (
            "Plans “will not help, but are fun,” Ann Rich, aide for trade, crime, and tax, said.",
            ("Ann Rich", "Plans “will not help, but are fun,”"),
        ),
        (
            "Lund was right; the State Board has indicated that it will pay.",
            ("State Board", "that it will pay"),
        ),
        (
            "Fans also chanted, “Build it,” referring to the wall, the Oxmere Tribune reports.",
            ("Oxmere Tribune", "Fans also chanted, “Build it,” referring to the wall"),
        ),
        (
            "Mike Huck, the mayor, proposed we “wake up and smell it”.",
            ("Mike Huck", "we “wake up and smell it”"),
        ),
        (
            "ALL POLLS AGREE - Carl Bialik: “The lessons are simple.”",
            ("Carl Bialik", "“The lessons are simple.”"),
        ),
        (
            "In May, US President Don Krill said Hamza Laden, son of the late Osama, has died.",
            ("Don Krill", "Hamza Laden, son of the late Osama, has died"),
        ),
        (
            "Hungary licensed a rifle and started making it, then agreed with Orr to sell it.",
            ("Hungary", "to sell it"),
        ),
        # Names with verbs inside.
        ("Save the Tram said the vote was fixed.", ("Save the Tram", "the vote was fixed")),
        (
            "“It is the ramp,” an aide for Let Them Climb told the Star.",
            ("an aide for Let", "“It is the ramp,”"),
        ),
        (
            "It lists firms that warn that it could hurt trade.",
            ("firms", "that it could hurt trade"),
        ),
        (
            "Stop the Barrage wants an inquiry and says ministers have promised one.",
            ("Stop the Barrage", "ministers have promised one"),
        ),
        (
            "The Mill Must Stay replied that she had never seen it.",
            ("the Mill Must Stay", "that she had never seen it"),
        ),
        (
            "Speaking after neighbours complained that it was loud, chairman Abel Ruiz left.",
            ("neighbours", "that it was loud"),
        ),
        (
            "Pohl was calm, while her opposite number, Uwe Lang, described it as “a field”.",
            ("Uwe Lang", "it as “a field”"),
        ),
        (
            "In the view of the Harbour Commission, the crane was sound.",
            ("Harbour Commission", "the crane was sound"),
        ),
        # Quotations behind and before who says them.
        (
            "“Scrap it,” said Ava Pell. For Greta Lowe it was simple. “I swim.”",
            ("Greta Lowe", "“I swim.”"),
        ),
        (
            "“Do not feed the swans,” read a notice signed by the warden, Ines Okpara.",
            ("Ines Okpara", "“Do not feed the swans,”"),
        ),
        (
            "Krill was talking of war when he told Chris Wall of Fox News, “Japan has a problem.”",
            ("Krill", "“Japan has a problem.”"),
        ),
        (
            "“Would you sell it?” Hannah Quist pressed. “I would,” said Bo Orr.",
            ("Hannah Quist", "“Would you sell it?”"),
        ),
        (
            "As Joel Poll of the Star observed, it was the stage:\n\n“The winner was the stage.”",
            ("Joel Poll", "“The winner was the stage.”"),
        ),
        (
            "Some asked whether it worked, while Chief Dev Pillai insisted they had been tested.",
            ("Dev Pillai", "they had been tested"),
        ),
        # Whose a text is.
        (
            "Lund's campaign sent out a press release saying Orr owes an answer.",
            ("Lund's campaign", "Orr owes an answer"),
        ),
        (
            "The pilots hit back with an open letter calling the claim a fairy tale.",
            ("the pilots", "the claim a fairy tale"),
        ),
        # A report at the end of its sentence.
        (
            "The money was spent in May, the Oxmere Tribune first reported.",
            ("Oxmere Tribune", "The money was spent in May"),
        ),
        (
            "Her friends have mocked Orr, calling him “a clown,” Susan Bode said as she left.",
            ("Susan Bode", "Her friends have mocked Orr, calling him “a clown,”"),
        ),
        (
            "A week ago, as the Tribune reported, Thor Heck was in Rome.",
            ("Tribune", "A week ago | Thor Heck was in Rome"),
        ),
    ],
)
def test_words_are_the_subjects_of_their_own_clause(text: str, expected: tuple[str, str]) -> None:
    assert expected in said(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param("Ann Lee said Bo Orr had agreed.", "Ann Lee", id="nested, outer speaks"),
        pytest.param("Ann Lee met Bo Orr. She said no deal was near.", "Ann Lee", id="she"),
        pytest.param("Ann Lee met Bo Orr. He said no deal was near.", "Bo Orr", id="he, unknown"),
        pytest.param(
            "“No,” said Ann Lee, the mayor; she said it was late.", "Ann Lee", id="same sentence"
        ),
        pytest.param(
            "Ann Lee, the mayor, left. The mayor said it was late.", "Ann Lee", id="by her role"
        ),
        pytest.param(
            "French President Jean Roy left. France's president said it was late.",
            "Jean Roy",
            id="role by country",
        ),
        pytest.param("Ann Lee left. Ms Lee said it was late.", "Ann Lee", id="Ms"),
        pytest.param(
            "Officials said it was late.", "Officials", id="the mention's own words otherwise"
        ),
        pytest.param(
            "A spokesman for Ann Lee said it was late.",
            "a spokesman for Ann Lee",
            id="a spokesman is not his principal",
        ),
        pytest.param(
            "Ann Lee's lawyer said it was late.", "Ann Lee's lawyer", id="nor is a lawyer"
        ),
        pytest.param(
            "Speaking to Jim Roy of PBS after Ann Lee left, she said it was late.",
            "Ann Lee",
            id="not whom she spoke to",
        ),
        pytest.param(
            "“It will hold,” shot back her deputy, Ann Lee, who built it.",
            "Ann Lee",
            id="a name between commas behind an office",
        ),
        pytest.param(
            "Judge Ann Lee-Orr sat down. “It is dead,” the judge observed.",
            "Ann Lee-Orr",
            id="an office that was a title",
        ),
        pytest.param(
            "“It is late,”\nwrote Ann Lee\nfrom the station.",
            "Ann Lee",
            id="lines broken around the verb",
        ),
    ],
)
def test_speaker_is_never_somebody_else(text: str, name: str) -> None:
    assert {speaker for speaker, _ in said(text)} == {name}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Lee said the pier was safe and warned that it was slippery.", ["Lee", "Lee"]),
        ("Lee said eleven people were hurt and added that more would be.", ["Lee", "Lee"]),
        ("Lee says the ferry is late and warns that more will be.", ["Lee", "Lee"]),
        ("Lee said Orr was angry and warned that he would sue.", ["Lee", "Lee"]),
        ("Lee said Orr rang her and told her that it was safe.", ["Lee", "Orr"]),
        ("Police say Orr told buyers that their money was in gold.", ["Police", "Orr"]),
        ("Lee said the company rang her and said that it was safe.", ["Lee", "the company"]),
    ],
)
def test_a_second_verb_of_saying_is_not_of_what_the_first_reports(
    text: str, names: list[str]
) -> None:
    text = f"Ann Lee met Tom Orr. {text}"
    full = {"Lee": "Ann Lee", "Orr": "Tom Orr"}
    found = [s.speaker.name for s in read_document(text).statements if s.speaker]
    assert found == [full.get(name, name) for name in names]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("PC Ann Lee said it was too late. “It is over,” the officer said.", "Ann Lee"),
        ("Quint insisted that he would stay.\n\n“Ask them,” the Velm coach said.", "Quint"),
        ("Ann Lee said Tom Orr had signed. “I did,” the witness said.", None),
        (
            "Velm sank it. The Dock Workers' Congress said so. “It did,” the union said.",
            "Dock Workers' Congress",
        ),
        ("A ferryman waved. Tom Orr said it was late. “Jump,” the ferryman said.", None),
        ("Tom Orr said it was late. “We know,” the mayor said.", None),
    ],
)
def test_who_spoke_last_is_whom_the_words_behind_a_quotation_describe(
    text: str, name: str | None
) -> None:
    last = read_document(text).statements[-1].speaker
    assert last is not None
    assert (last.name if name else last.name in ("Ann Lee", "Tom Orr")) == (name or False)


def test_nobody_talking_and_tears_are_no_statements() -> None:
    text = "The stove is lit, the pies are warm and nobody is talking about money."
    assert not any(statement.is_own for statement in statements(text))
    assert statements("Ann Lee's widow, Helen, wept as the findings were read.") == ()


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Ann Lee disputed that: “There is no line.”", None),
        ("Ann Lee denied it: “I was at home.”", None),
        ("Ann Lee rejected the claim: “It is a lie.”", None),
        ("Ann Lee denied that it was “a lie”.", "denied"),
    ],
)
def test_what_a_denial_leads_up_to_is_said(text: str, modality: str | None) -> None:
    assert [s.modality for s in statements(text)] == [modality]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The inquiry began after a manager, Ann Lee, wrote to the board to say that all was "
            "lost.",
            [("Ann Lee", "that all was lost")],
        ),
        ("Bo Orr, whose books persuaded a public to eat tripe, has died.", []),
    ],
)
def test_an_articles_own_words_are_nobodys(text: str, expected: list[tuple[str, str]]) -> None:
    assert said(text) == expected


def test_what_is_said_behind_a_denial_is_not_denied() -> None:
    found = read_document("Ann Lee denied that the pier was shut and said ships had moored.")
    assert [(s.speaker and s.speaker.name, s.modality) for s in found.statements] == [
        ("Ann Lee", "denied"),
        ("Ann Lee", None),
    ]


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Ann Lee denies two counts of fraud and one of theft.", "denied"),
        ("His wife, Ann Lee, denied this.", "denied"),
        ("Ann Lee rejected reports that the pier was shut.", "denied"),
        ("Mayor Ann Lee dismissed accusations of bullying.", "denied"),
        ("Ann Lee dismissed the claims as a joke.", None),
        ("Ann Lee rejected the plan.", None),
        ("Ann Lee admitted two counts of fraud.", None),
    ],
)
def test_a_claim_that_is_spoken_against_is_denied(text: str, modality: str | None) -> None:
    assert [s.modality for s in statements(text)] == [modality]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The deal is off, people familiar with the matter said.", "people familiar"),
        ("Talks have stalled, a person familiar with the matter told Reuters.", "a person"),
        ("The deal is off, a source close to the board told Sky News.", "a source close"),
        ("The deal is off, sources close to the board have told the Herald.", "sources close"),
        ("The deal is off, two people who asked not to be named said.", "two people"),
        ("The deal was off, a source who spoke out of turn told the BBC.", "a source"),
        ("Prices would rise, people in the town said.", "people in the town"),
        ("The deal is off, said a person familiar with the talks.", "a person familiar"),
        ("The deal was dead, said aides who asked not to be named.", "aides"),
        ("It fell in May, said the director of the firm.", "the director"),
        ("It was late, said a person close to Ann Lee.", "a person"),
        ("It may collapse, said one of the people, who left because it rained.", "one of the"),
    ],
)
def test_a_source_may_be_described_at_length_at_the_end(text: str, speaker: str) -> None:
    name, words = said(text)[0]
    assert name is not None
    assert name.startswith(speaker)
    assert words == text[: text.index(",")]


@pytest.mark.parametrize(
    "text",
    [
        "He won by a majority of regular, pledged delegates.",
        "It was built by Ann Lee, a friend of the mayor who has advised Orr.",
        "In the end, people in the town said nothing.",
        "Mr Hale, who chairs the board, disagreed.",
    ],
)
def test_a_description_without_a_report_says_nothing(text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "“It was loud,” said Ann Lee of her first album, “Paper Moon.”",
        "“It was loud,” Ann Lee told the podcast “Old Vinyl”.",
        "“It was loud,” Ann tells her husband in the last scene of “The Lighthouse Keeper.”",
        "“It was loud,” Ann Lee wrote in her memoir, “Tough Choices.”",
        "“It was loud,” Ann Lee said on “The Late Show” on Sunday.",
        "“It was loud,” said Ann Lee, who is also a host on the TV show “Shark Tank.”",
    ],
)
def test_the_title_of_a_work_is_no_part_of_what_is_said(text: str) -> None:
    assert [words for _, words in said(text)] == ["“It was loud,”"]


@pytest.mark.parametrize(
    "text",
    [
        "Asked about it, Ann Lee replied with “Never.”",
        "Ann Lee wrote in a column, “Never.”",
        "Ann Lee said on the show, “Never.”",
    ],
)
def test_one_word_that_somebody_says_is_no_title(text: str) -> None:
    assert said(text) == [("Ann Lee", "“Never.”")]


def test_who_asks_when_inside_anothers_words_has_no_part_of_these() -> None:
    text = "Ann Lee said that in May, Bo Orr asked Cy Roe how he was doing."
    assert said(text)[0] == ("Ann Lee", "that in May, Bo Orr asked Cy Roe how he was doing")
    assert [words for who, words in said(text) if who == "Bo Orr"] == ["how he was doing"]


def test_what_somebody_is_accused_of_is_also_said_by_who_accuses() -> None:
    found = said("Bo Orr responded to Ann Lee's accusations that the pier was shut.")
    assert ("Ann Lee", "that the pier was shut") in found


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ann Lee says the school has 'lost the plot'.", "the school has 'lost the plot'"),
        ("Ann Lee said he was “flabbergasted”.", "he was “flabbergasted”"),
        ("Ann Lee says not everyone is “beholden” to it.", "not everyone is “beholden” to it"),
        ("Ann Lee told police he was ill, the court heard.", "he was ill"),
        ("Ann Lee said that he fell, the inquest in Hull heard on Monday.", "that he fell"),
        ("Ann Lee told police it was “a gift” when caught, jurors were told.", "it was “a gift”"),
        ("Ann Lee said the deal was off, it is understood.", "the deal was off"),
        ("Ann Lee told the club she would stay, it has been claimed.", "she would stay"),
    ],
)
def test_a_clause_is_reported_with_its_subject_and_without_who_heard_it(
    text: str, words: str
) -> None:
    ((name, found),) = said(text)
    assert name == "Ann Lee"
    assert found.removesuffix(" when caught") == words


@pytest.mark.parametrize(
    ("text", "words", "via"),
    [
        ("Ann Lee told friends she was ill, according to the Gazette.", "she was ill", "Gazette"),
        (
            "Ann Lee warned them that he was “a clock,” according to a memo seen by the Gazette.",
            "that he was “a clock,”",
            "a memo",
        ),
        ("“It leaks,” Ann Lee told them, according to a memo.", "“It leaks,”", "a memo"),
    ],
)
def test_who_a_sentence_is_from_at_its_end_only_passes_on_what_is_said_in_it(
    text: str, words: str, via: str
) -> None:
    own = [s for s in statements(text) if s.modality != "relayed"]
    assert [(s.speaker and s.speaker.name, s.via and s.via.name) for s in own] == [("Ann Lee", via)]
    assert [p.of(text) for p in own[0].content] == [words]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Ann Lee told the court in her final words that she was “ashamed”.",
            [("Ann Lee", "that she was “ashamed”")],
        ),
        (
            "Ann Lee wrote in her final report that the boy “would amount to nothing”.",
            [("Ann Lee", "that the boy “would amount to nothing”")],
        ),
        (
            "A clerk who suggested a motor was told that he might have a choir.",
            [("a clerk", "a motor")],
        ),
        ("Her manager, Ann Lee, laughed when told of that.", []),
        (
            "“Mr Speaker,” began Ann Lee, and there was a groan, for everyone knew what was on.",
            [("Ann Lee", "“Mr Speaker,”"), ("everyone", "what was on")],
        ),
        (
            "The plan, as Ann Lee told the Gazette, is dead.",
            [("Ann Lee", "The plan | is dead")],
        ),
        ("Words such as “believe,” “expect” and “may” identify such statements.", []),
        ("The company apologised to passengers.", []),
        ("Ann Lee said when asked that it was late.", [("Ann Lee", "that it was late")]),
        ("Ann Lee said when the pier would open.", [("Ann Lee", "when the pier would open")]),
    ],
)
def test_what_is_said_is_found_once_and_nothing_else(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert said(text) == expected


def test_nobody_passes_on_their_own_words() -> None:
    text = "Ann Lee told them that the pier was “unsafe,” adding that it had “holes”."
    assert [(s.speaker and s.speaker.name, s.via) for s in statements(text)] == [
        ("Ann Lee", None),
        ("Ann Lee", None),
    ]


def test_words_after_a_day_after_belong_to_who_said_them() -> None:
    text = "Russia rejected the plan a day after Ann Lee said the troops were ready."
    assert said(text) == [("Russia", "the plan"), ("Ann Lee", "the troops were ready")]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("“It is dead,” Ann Lee said.", "direct"),
        ("Ann Lee said it was dead.", "indirect"),
        ("Ann Lee said it was a “dead duck” for all.", "mixed"),
    ],
)
def test_kind_follows_the_quotation_marks(text: str, kind: str) -> None:
    assert [s.kind for s in statements(text)] == [kind]


def test_a_verb_that_reads_as_a_noun_is_none_of_the_mention() -> None:
    text = "Deals of 7% would add a lot to the bill, reckons Dorcas Finch of Velm."
    (found,) = statements(text)
    assert found.speaker is not None
    assert found.speaker.mention.of(text) == "Dorcas Finch of Velm"


def test_mention_and_cue_are_the_words_of_the_text() -> None:
    text = "Ann Lee left. “Never,” she told reporters."
    (statement,) = statements(text)
    assert statement.speaker is not None
    assert statement.cue is not None
    assert statement.speaker.mention.of(text) == "she"
    assert statement.cue.of(text) == "told"


def test_turns_of_an_interview_are_their_speakers() -> None:
    text = (
        "Biologist Ann Lee spoke to us.\n((Wikinews)) Why birds?\nAnn Lee: I love them.\n"
        "((WN)) Still?\nAL: Yes, I said so."
    )
    assert said(text) == [
        ("Wikinews", "Why birds?"),
        ("Ann Lee", "I love them."),
        ("Wikinews", "Still?"),
        ("Ann Lee", "Yes, I said so."),
    ]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("peacekeeping forces deployed", "Vladimir Putin"),
        ("26 of Ukraine’s allies", "Emmanuel Macron"),
        ("“If some troops appear there", "Vladimir Putin"),
        ("if a peace deal was struck", "Vladimir Putin"),
        ("“If decisions are reached", "Vladimir Putin"),
        ("one of the reasons for launching", "Vladimir Putin"),
        ("security guarantees, backed by", "Kyiv"),
        ("Washington will not put troops", "Donald Trump"),
        ("security guarantees must be set", "Vladimir Putin"),
        ("no one has discussed this", "Vladimir Putin"),
        ("it will be practically impossible", "Vladimir Putin"),
        ("an offer he made earlier", "Vladimir Putin"),
        ("please, come, we will", "Vladimir Putin"),
        ("these are simply excessive requests", "Vladimir Putin"),
        ("especially European and American", "Dmitry Peskov"),
        ("Ukraine’s allies were ready to commit troops in a “reassurance force” to protect it "
         "from Russia", "Emmanuel Macron"),
        ("this is the first such serious", "Volodymyr Zelensky"),
        ("prevent any new major aggression", "Emmanuel Macron"),
        ("another major pillar", "Emmanuel Macron"),
        ("doing nothing other than", "Emmanuel Macron"),
        ("additional sanctions", "Emmanuel Macron"),
    ],
)  # fmt: skip
def test_seed_article_gives_every_sentence_its_speaker(words: str, name: str) -> None:
    text = SEED.read_text(encoding="utf-8")
    place = text.index(words)
    speakers = {
        s.speaker.name if s.speaker else None
        for s in statements(text)
        for piece in s.content
        if piece.start <= place and place + len(words) <= piece.end
    }
    assert speakers == {name}


def test_headings_and_sign_offs_are_nobodys_words() -> None:
    text = SEED.read_text(encoding="utf-8")
    for words in ("‘No serious security guarantees’", "Head of Investigations", "Frustration has"):
        place = text.index(words)
        assert not any(p.start <= place < p.end for s in statements(text) for p in s.content)


def test_what_a_condition_supposes_is_nobodys_words() -> None:
    found = statements("If Ann Lee says it is safe, the bridge will open.")
    assert all(not statement.is_own for statement in found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Ann Lee spoke last.\n\n“I came.\n\n“I saw it all.\n\n“I left,” Bo Orr said.",
                     [("Bo Orr", "“I came. | “I saw it all. | “I left,”")], id="marks left open"),
        pytest.param("Captain Ann Lee was less forgiving: “We slept, all of us.”",
                     [("Ann Lee", "“We slept, all of us.”")], id="what somebody is like"),
        pytest.param("“One in nine,” counters virologist Ann Lee.",
                     [("Ann Lee", "“One in nine,”")], id="a verb that is a noun besides"),
        pytest.param("Her old tutor, Tom Orr, is not so sure: the tests, he notes, were short.",
                     [("Tom Orr", "the tests | were short")], id="put beside the subject"),
        pytest.param("Their neighbour, retired driver Tom Orr, agreed. “It is,” he said.",
                     [("Tom Orr", "“It is,”")], id="described twice"),
        pytest.param("Andy Kell lost in three sets. “It is sore,” the Briton said.",
                     [("Andy Kell", "“It is sore,”")], id="by their people"),
        pytest.param("He fought the union over pay, at one point calling the mayor a liar.",
                     [("He", "the mayor a liar")], id="when, behind a comma"),
        pytest.param("Tom Lee kept his wife, Eve, who had worked with him, from writing about it.",
                     [("his wife", "about it")], id="kept from it"),
        pytest.param("Tom Orr, who began it with a May speech denouncing Ann Lee, will stay away.",
                     [("Tom Orr", "Ann Lee")], id="in a speech"),
        pytest.param("Both sent a note, Lee saying he was glad and Orr saying it was late.",
                     [("Lee", "he was glad"), ("Orr", "it was late")], id="each their own"),
        pytest.param("A rift is left as a result of Velsund's refusal to acknowledge the theft.",
                     [("Velsund", "the theft")], id="whose refusal"),
        pytest.param("League president Ann Orr issued a statement saying his remark was low.",
                     [("Ann Orr", "his remark was low")], id="what is said is no author"),
        pytest.param("Ann Lee was adamant that she and the firm lead, saying they would wait.",
                     [("Ann Lee", "they would wait")], id="adamant"),
        pytest.param("It put pressure on the nominee to convince voters that she had a plan.",
                     [("the nominee", "that she had a plan")], id="made to"),
        pytest.param("The bill would rise, reckons Ann Lee of the Institute for Fares.",
                     [("Ann Lee", "The bill would rise")], id="a verb that may be a noun"),
        pytest.param("A deal is near, thinks Tom Orr. It is over, concedes Ann Lee.",
                     [("Tom Orr", "A deal is near"), ("Ann Lee", "It is over")],
                     id="who thinks it, behind it"),
        pytest.param("“Fine for eels,” was how captain Ann Lee saw it.",
                     [("Ann Lee", "“Fine for eels,”")], id="how somebody saw it"),
        pytest.param("He lost, as he put it, “most of a leg” doing so.",
                     [("he", "“most of a leg”")], id="as somebody put it"),
        pytest.param("Ann Lee, of the University of Lund, who was away, urged calm: “Wait.”",
                     [("Ann Lee", "“Wait.”")], id="whom a body stands beside"),
        pytest.param("Board head Ann Lee and Minister Tom Orr said in a statement they slept.",
                     [("Board head Ann Lee and Minister Tom Orr", "they slept")], id="two"),
    ],
)  # fmt: skip
def test_words_belong_to_whom_the_text_around_them_names(
    text: str, expected: list[tuple[str | None, str]]
) -> None:
    assert said(text) == expected
