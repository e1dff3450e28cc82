"""Words that two might have said go to the one who said them, or to nobody."""

import pytest

from index.document import read_document


def _said(text: str) -> set[tuple[str | None, str]]:
    """Who plainly said what in a text."""
    return {
        (s.speaker.name if s.speaker else None, " | ".join(p.of(text) for p in s.content))
        for s in read_document(text).statements
        if not s.modality
    }


def _speaker_of(text: str, words: str) -> list[str | None]:
    return [who for who, said in sorted(_said(text), key=str) if words in said]


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        pytest.param(
            "Ann Lee seemed cross: “It is a public letter! Just mail it,” Bo Orr wrote.",
            "Just mail it",
            "Bo Orr",
            id="a colon before, and who wrote it behind",
        ),
        pytest.param(
            "Ann Lee was clear: “It is over. We go.” Bo Orr disagreed.",
            "We go",
            "Ann Lee",
            id="a colon before, and nobody behind",
        ),
        pytest.param(
            "Ann Lee was talking about the nets when Bo Orr told the Gazette, “They are gone.”",
            "They are gone",
            "Bo Orr",
            id="the nearer of two verbs of saying",
        ),
        pytest.param(
            "Ann Lee signed it, while Bo Orr, the former mayor, proposed we “smell the fish”.",
            "smell the fish",
            "Bo Orr",
            id="we behind a verb are not who proposes",
        ),
        pytest.param(
            "Ann Lee is old enough to remember Bo Orr going on the radio in 1977, declaring a war "
            "on waste.",
            "a war on waste",
            "Bo Orr",
            id="participles in a row",
        ),
        pytest.param(
            "Ann Lee also mentioned the pier, as several included on the list told the Gazette "
            "they were only leaning toward her.",
            "they were only leaning toward her",
            "several",
            id="a subject that a participle narrows",
        ),
        pytest.param(
            "Ann Lee the realist knows that the pier will never be built.",
            "never be built",
            "Ann Lee",
            id="a byname",
        ),
        pytest.param(
            "One pastor supporting Ann Lee, Bo Orr of the Tidal Church in Velsund, said he had "
            "made many calls.",
            "he had made many calls",
            "Bo Orr",
            id="a name behind a description with another's",
        ),
        pytest.param(
            "“The lamp is out,” said keeper Ann Lee.", "The lamp", "Ann Lee", id="any trade"
        ),
        pytest.param(
            "“The waves were huge,” said professional surfer Bo Orr of Velsund. “Never again.”",
            "Never again",
            "Bo Orr",
            id="any trade, and the quotation goes on",
        ),
        pytest.param(
            "“We go,” said running coach Ann Lee and left.",
            "We go",
            "Ann Lee",
            id="a trade that looks like a verb",
        ),
        pytest.param(
            "Ann Lee added that the talks go on.\n\n“Is it negotiable?” Hannes pressed. “Some of "
            "it?”",
            "Some of it",
            "Hannes",
            id="a verb that no list has behind a question",
        ),
        pytest.param(
            "The judge then turned to Ann Lee. “Mr. Dean?” She had prepared a short statement to "
            "read, but decided to speak freely.",
            "Mr. Dean",
            "the judge",
            id="who turns to somebody speaks",
        ),
        pytest.param(
            "“It tore,” said Ann Lee.\n\n“All of it?” Bo Orr, the harbour master, wanted to know.",
            "All of it",
            "Bo Orr",
            id="an aside behind a question",
        ),
        pytest.param(
            "“It tore,” said Ann Lee.\n\n“They were all we had,” Professor Bo Orr, whose team made "
            "them, shot back across the table.",
            "They were all we had",
            "Bo Orr",
            id="an aside before a verb that no list has",
        ),
        pytest.param(
            "“They tore, said Dr. Ann Lee, who mends them.\n\n“They were old,” Bo Orr said.",
            "They tore",
            "Ann Lee",
            id="a closing mark that was forgotten",
        ),
        pytest.param(
            "Ann Lee, chair of the board, didn't sign the plan, but Bo Orr did call for more care.",
            "for more care",
            "Bo Orr",
            id="a helper of another clause",
        ),
        pytest.param(
            "Ann Lee has indicated that the letters were secret; Bo Orr has indicated that nobody "
            "has read them.",
            "that nobody has read them",
            "Bo Orr",
            id="another's report behind a semicolon",
        ),
        pytest.param(
            "Some are upset, Ann Lee thinks.\n\nBecause of how the plan was made, explained Rosen, "
            "“it is over by March and there is little to do.”",
            "over by March",
            "Rosen",
            id="who is named behind the verb",
        ),
        pytest.param(
            "Orr was not one for “engaging his team,” said one former captain who asked for his "
            "name to be left out. “When he decided, that was that.”",
            "When he decided",
            "one former captain",
            id="a role behind the verb",
        ),
        pytest.param(
            "Petersen “was let off so lightly that there isn't a lot you can do,” said a former "
            "police officer who oversaw the inquiries.",
            "let off so lightly",
            "a former police officer",
            id="a name that the quotation goes on from",
        ),
        pytest.param(
            "A group of fishers called for a boycott of his speech, and the well-known civil "
            "rights organization the Net League strongly denounced the plan and said it would "
            "“redirect” all gifts.",
            "redirect",
            "Net League",
            id="a name right behind what it is",
        ),
        pytest.param(
            "Aides to Governor Bo Lee of Utopia, a former judge, and Governor Ann Hall of Velsund, "
            "who had a long career in the council, said their speeches would change.",
            "their speeches would change",
            "Aides to Governor Bo Lee of Utopia",
            id="whoever a relative clause is about inside the subject",
        ),
        pytest.param(
            "Polls did predict the vote – from Ann Lee: “Most of the pollsters fared better.”",
            "Most of the pollsters",
            "Ann Lee",
            id="from a name and a colon",
        ),
        pytest.param(
            "“Call the roll,” came shouts from the council, as Bo Orr left.",
            "Call the roll",
            "the council",
            id="whom shouts come from",
        ),
        pytest.param(
            "Reid said both Lee and Orr are fools, but Ann Hall gave the captain a compliment: "
            "“You never have to guess where he is.”",
            "never have to guess",
            "Ann Hall",
            id="who leads up to a quotation behind another's report",
        ),
        pytest.param(
            "When asked, Lee, the only member to vote no, said nothing to Orr, who complained "
            "loudly and who later told reporters that it was unfair.",
            "it was unfair",
            "Orr",
            id="and who",
        ),
        pytest.param(
            "Ann Lee played the jury a voicemail from the accused, Bo Orr: “Sink it tonight.”",
            "Sink it tonight",
            "Bo Orr",
            id="a text played to somebody",
        ),
        pytest.param(
            "Ann Lee played the jury Bo Orr's voicemail: “Sink it tonight.”",
            "Sink it tonight",
            "Bo Orr",
            id="somebody's text played to somebody",
        ),
        pytest.param(
            "Ann Lee read out a message from the victim's mother, Dot Orr: “He was my boy.”",
            "my boy",
            "Dot Orr",
            id="a text of whom an owner tells",
        ),
        pytest.param(
            "Ann Lee sent the Gazette a letter: “Sink it tonight.”",
            "Sink it tonight",
            "Ann Lee",
            id="a text of one's own sent to somebody",
        ),
        pytest.param(
            "The ferry's master, Per Orr, said the chart was old.",
            "the chart was old",
            "Per Orr",
            id="a first name that is a preposition",
        ),
        pytest.param(
            "Its captain, Will Orr, said the chart was old.",
            "the chart was old",
            "Will Orr",
            id="a first name that is a helper of verbs",
        ),
        pytest.param(
            "Hadlow said that its sales fell. Bo Hadlow, an heir of the founder, was not.",
            "its sales fell",
            "Hadlow",
            id="a firm that has a surname for its name",
        ),
        pytest.param(
            "Hadlow's sales fell. The company said it was sorry. Bo Hadlow did not reply.",
            "it was sorry",
            "Hadlow",
            id="a firm that the next sentence calls one",
        ),
        pytest.param(
            "Hadlow said he would resign. Bo Hadlow, 61, led the board.",
            "he would resign",
            "Bo Hadlow",
            id="somebody called by their surname first",
        ),
        pytest.param(
            "“It was money,” said the Rt. Rev. Ann Lee.",
            "money",
            "Ann Lee",
            id="titles with a full stop",
        ),
        pytest.param(
            "It was money, Prof. Ann Lee said.", "It was money", "Ann Lee", id="a title inside"
        ),
        pytest.param(
            "The pier will close, Ann Lee, who lives there, complained.",
            "The pier will close",
            "Ann Lee",
            id="an aside behind who reports",
        ),
        pytest.param(
            "The Committee to Protect Fishers told the Gazette that it was cross.",
            "it was cross",
            "Committee to Protect Fishers",
            id="a body with a verb in its name",
        ),
        pytest.param(
            "“It is over,” said Ann Lee.\n\nBo Orr disagreed.\n\n“It has just begun.”",
            "just begun",
            "Bo Orr",
            id="who disagrees in a paragraph of their own",
        ),
        pytest.param(
            "“It is over,” said Ann Lee. Bo Orr was ill. “He will be back.”",
            "be back",
            "Ann Lee",
            id="not who is spoken of",
        ),
        pytest.param(
            "Tom Orr left early. “Will you quit?” a reporter shouted. “No chance,” he said.",
            "No chance",
            "Tom Orr",
            id="who answers what a stranger asks",
        ),
        pytest.param(
            "Tom Orr was cleared. “You are free to go,” the judge told him. “Thanks,” he replied.",
            "Thanks",
            "Tom Orr",
            id="who replies to what he is told",
        ),
    ],
)
def test_words_go_to_one_speaker(text: str, words: str, speaker: str) -> None:
    assert set(_speaker_of(text, words)) == {speaker}


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        pytest.param(
            "Jonas Ek said the strike had cost “several million”.\n\nMoss said that his offer "
            "still stood. “The door is open,” he said.",
            "The door is open",
            "Moss",
            id="a report",
        ),
        pytest.param(
            "Ian Foley voted against. “No strike,” he said.\n\nStubbs, the kiln operator, "
            "disagreed. “They have a full order book,” he said.",
            "They have a full order book",
            "Stubbs",
            id="a trade beside it",
        ),
        pytest.param(
            "Ian Foley voted against.\n\nStubbs, the kiln operator who has become a face of the "
            "campaign, disagreed. “They have a full order book,” he said.",
            "They have a full order book",
            "Stubbs",
            id="who, behind a trade",
        ),
        pytest.param(
            "Tim Moor praised the team. Velm said its sales had fallen. “It is hard,” he said.",
            "It is hard",
            "Tim Moor",
            id="no firm",
        ),
        pytest.param(
            "Thornleigh Town 2 Castlegate United 1\n\nFor Thornleigh boss Jackie Rudge, who took "
            "over in August with the club bottom of the table, it was a fourth win in a row.\n\n"
            "“They said a woman could not manage,” she said.",
            "They said a woman could not manage",
            "Jackie Rudge",
            id="no club",
        ),
        pytest.param(
            "The mayor of Fenwick, Laura Stubbs, urged both sides to talk. The city pays Citylink "
            "£11 million a year to run the network, and she said that she would stop it.",
            "that she would stop it",
            "Laura Stubbs",
            id="no town beside the name",
        ),
    ],
)
def test_a_pronoun_is_the_nearest_person(text: str, words: str, speaker: str) -> None:
    assert _speaker_of(text, words) == [speaker]


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        pytest.param(
            "Inspectors have ordered the unit to close. A midwife who works there was not "
            "surprised. “There were three of us,” she said. Not everybody liked the order. Gillian "
            "Frost, who leads some mothers, said that the road was closed.",
            "There were three of us",
            "a midwife",
            id="others between",
        ),
        pytest.param(
            "Inspectors closed the unit. A midwife said it was time. “There were three of us,” she "
            "said. Gillian Frost said that the road was closed.",
            "There were three of us",
            "a midwife",
            id="behind the first sentence",
        ),
        pytest.param(
            "An e-mail of 13 October from a supervisor to Roadcare says that the motor was broken.",
            "that the motor was broken",
            "a supervisor to Roadcare",
            id="a date",
        ),
    ],
)
def test_who_has_no_name_speaks_without_one(text: str, words: str, speaker: str) -> None:
    assert _speaker_of(text, words) == [speaker]


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        pytest.param(
            "Lady Tessa Castle, the crossbench peer and former children's commissioner, who is no "
            "kin of the minister, said that a ban would do little.",
            "a ban would do little",
            "Tessa Castle",
            id="two offices behind a name",
        ),
        pytest.param(
            "Speaking to Velm London, a spokesperson from the Hall said that it was late.",
            "that it was late",
            "a spokesperson from the Hall",
            id="a name that is spoken to",
        ),
        pytest.param(
            "President Joe Biden, a senior administration official said, was unaware of the search "
            "of Mar-a-Lago until after it was reported on the news.",
            "was unaware of the search",
            "a senior administration official",
            id="a name that somebody speaks of",
        ),
        pytest.param(
            "Channel 6 bosses insist that it will go on.\n\nMore than 300 people came on Thursday "
            "as they voiced their opposition to it.",
            "their opposition to it",
            "More than 300 people",
            id="they for whom the sentence is about",
        ),
        pytest.param(
            "The National Association of Head Teachers' general secretary, Dominic Vale, called "
            "the plan a distraction.",
            "the plan a distraction",
            "Dominic Vale",
            id="an office of a body",
        ),
        pytest.param(
            "Pellworth, the UK's best-loved homeware retailer, today announced Rooms for Good.",
            "Rooms for Good",
            "Pellworth",
            id="a day before the verb",
        ),
        pytest.param(
            "Channel 6 bosses insist that filming of the show will go on.",
            "that filming of the show will go on",
            "Channel 6 bosses",
            id="a number in a name",
        ),
        pytest.param(
            "The hall was full as more than 300 people came to voice their opposition to it.",
            "their opposition to it",
            "more than 300 people",
            id="as before a number",
        ),
    ],
)
def test_the_whole_phrase_says_who_speaks(text: str, words: str, speaker: str) -> None:
    assert _speaker_of(text, words) == [speaker]


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        pytest.param(
            "Ragna Holt has just sat down. The opposition leader told them: “We must go.”",
            "We must go",
            "Ragna Holt",
            id="before a report",
        ),
        pytest.param(
            "Helga Aurdal is on her feet. “I did not run,” the transport minister tells them.",
            "I did not run",
            "Helga Aurdal",
            id="behind a quotation",
        ),
        pytest.param(
            "Captain Stefan Kral apologised. “It's on us,” the Czech defender said.",
            "It's on us",
            "Stefan Kral",
            id="a trade",
        ),
        pytest.param(
            "Helga Aurdal is on her feet. “She must go,” the opposition leader tells them.",
            "She must go",
            "the opposition leader",
            id="not who is spoken of",
        ),
        pytest.param(
            "Helga Aurdal was jailed. The justice minister said that it was late.",
            "that it was late",
            "the justice minister",
            id="not to whom something is done",
        ),
        pytest.param(
            "Helga Aurdal, 34, left. The justice minister said that it was late.",
            "that it was late",
            "the justice minister",
            id="not who is told of otherwise",
        ),
        pytest.param(
            "Helga Aurdal left. The prime minister said that it was late.",
            "that it was late",
            "the prime minister",
            id="not a prime minister",
        ),
        pytest.param(
            "Helga Aurdal met Bo Orr. The opposition leader said that it was late.",
            "that it was late",
            "the opposition leader",
            id="not one of two",
        ),
    ],
)
def test_an_office_is_told_right_behind_the_name(text: str, words: str, speaker: str) -> None:
    assert _speaker_of(text, words) == [speaker]


@pytest.mark.parametrize(
    "text",
    [
        "Ann Lee left after Bo Orr had spoken, saying that it was late.",
        "“Too forced?” Ann Lee tweeted when Bo Orr ended a debate, remarking, “It is late.”",
    ],
)
def test_where_two_speakers_fit_there_is_none(text: str) -> None:
    found = [who for words in ("t is late", "t was late") for who in _speaker_of(text, words)]
    assert not any(found)


def test_an_apostrophe_is_no_quotation_mark() -> None:
    text = (
        "The council issued a letter apologizing to the Lees’ children for the notes, which "
        "included staff members suggesting someone should test the Lees’ faith.\n\n“On behalf of "
        "everyone at the council, we are sorry.”"
    )
    assert _speaker_of(text, "we are sorry") in ([], ["the council"])


def test_who_is_described_before_a_helper_is_named() -> None:
    text = "Ann Lee said Bo Orr, her rival, had told her that the town would pay."
    assert set(_speaker_of(text, "that the town would pay")) == {"Ann Lee", "Bo Orr"}


@pytest.mark.parametrize(
    "text",
    [
        "Ann Lee, who defended her title in Velsund last year, will not run.",
        "Ann Lee dismissed the manager on Monday.",
        "Bo Orr boasts a fine left foot.",
        "Ann Lee slammed the ball into the net.",
        "Ann Lee called a meeting for Monday.",
        "Velsund conceded two late goals.",
        "The judge denied bail.",
        "Ann Lee welcomed forty guests to her house.",
    ],
)
def test_what_is_only_done_is_nobodys_words(text: str) -> None:
    assert read_document(text).statements == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ann Lee defended the council's decision.", "the council's decision"),
        ("Ann Lee dismissed the manager as a fool.", "the manager as a fool"),
        ("Ann Lee called the strike a farce.", "the strike a farce"),
        ("Bo Orr boasted of his left foot.", "of his left foot"),
        ("Ann Lee denied the charge.", "the charge"),
    ],
)
def test_what_is_spoken_of_is_somebodys_words(text: str, words: str) -> None:
    assert len(read_document(text).statements) == 1
    assert words in read_document(text).statements[0].content[0].of(text)
