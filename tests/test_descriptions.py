"""Whom a description, half a name or a plural means, and that nobody is meant where two fit."""

import pytest

from index.document import read_document
from tests.whose import whose

_COUPLE = (
    "Lars and Edith Blom keep a ferry on the Orne. “We never take Mondays off,” the couple say. "
    "Edith, a retired nurse, sells the tickets. Her husband steers. “I know each rock,” he says."
)
_MINISTERS = (
    "The trade ministers of Bellona and Kestria met on Monday. “We talked,” Bellona's Ilse Moor "
    "said. Her Kestrian colleague, Pavel Dorn, left early. The Bellonan minister said it would "
    "rain. The Kestrian minister said it would not."
)
_HEARING = (
    "The CHAIR (Senator Ada Brill): Order. You have sworn to tell us all.\n\n"
    "Mr TOLL: I have, and I will.\n\nSenator PRYCE: When did you see it?\n\n"
    "Mr TOLL: I saw it in May.\n\nThe CHAIR: We will rise."
)


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        # A trade that nobody else can have.
        (
            "Captain Moses Hale came off with a limp. “We were lucky,” the midfielder said.",
            "We were lucky",
            "Moses Hale",
        ),
        (
            "Nobody had told Abeba Tolla that she led. “I wear no watch,” the winner said.",
            "I wear no watch",
            "Abeba Tolla",
        ),
        (
            "Ines Aldo collapsed at the line. “I saw stars,” the mother-of-two said.",
            "I saw stars",
            "Ines Aldo",
        ),
        # By their age, or by what their trade is one of.
        (
            "The novelist Thora Quill moved. “Too many stairs,” says the 71-year-old.",
            "Too many stairs",
            "Thora Quill",
        ),
        (
            "Soprano Ida Aubry lost her voice. Vasil Renk, the cook, laughed. “I mimed,” the "
            "singer said.",
            "I mimed",
            "Ida Aubry",
        ),
        (
            "Father Paul Ikwu came late. The mayor, Ada Brill, had left. “I ran,” the priest said.",
            "I ran",
            "Paul Ikwu",
        ),
        (
            "Goalkeeper Nuno Dalt signed first. The board met. “He is family,” said the keeper.",
            "He is family",
            "Nuno Dalt",
        ),
        (
            "Mr Justice Hallem gave judgment on Friday. “The lease is clear,” the judge said.",
            "The lease is clear",
            "Hallem",
        ),
        (
            "Pascal Dialle had never sailed. “I was sick,” says the 27-year-old driver.",
            "I was sick",
            "Pascal Dialle",
        ),
        # An office that nobody else has, behind who has just acted or spoken.
        (
            "Darnell Pope, who came last, said he slept. “It rang,” Pope, a retired cook, said.",
            "It rang",
            "Darnell Pope",
        ),
        ("Darnell Abbott woke at four. Abbott said it was late.", "it was late", "Darnell Abbott"),
        (
            "Suresh Rane said the sums were wrong. The Commissioner, Arun Kale, denied it. “They "
            "add up,” he said.",
            "They add up",
            "Arun Kale",
        ),
        # Where somebody is from.
        (
            "Swedish minister Elsa Nyborg met her Qatari counterpart, Hamad Thani. “The weather "
            "helps,” the Swede said.",
            "The weather helps",
            "Elsa Nyborg",
        ),
        (_MINISTERS, "it would rain", "Ilse Moor"),
        (_MINISTERS, "it would not", "Pavel Dorn"),
        # Those who are named together, and kin.
        (_COUPLE, "We never take Mondays off", "Lars and Edith Blom"),
        (_COUPLE, "I know each rock", "Lars Blom"),
        (
            "Ruth and Clara Munn have shared a room for years. On one point the sisters agree. "
            "“Never buy a dog,” they say together.",
            "Never buy a dog",
            "Ruth and Clara Munn",
        ),
        (
            "Bride Keira Mallone and groom Tunde Bell were late. “We had cake,” the newlyweds "
            "said.",
            "We had cake",
            "Keira Mallone and Tunde Bell",
        ),
        (
            "Dame Ottilie March won. “I had waited,” the physicist said. Her husband answered. "
            "“It rang,” he said.",
            "It rang",
            "her husband",
        ),
        (
            "“They would have laughed,” said Lind's mother, Brita. Bo Wahl's mother nodded. "
            "“Aloud,” she said.",
            "Aloud",
            "Bo Wahl's mother",
        ),
        (
            "Her husband, Ted Moss, kept the books. It rained. “It was hard,” her husband said.",
            "It was hard",
            "Ted Moss",
        ),
        (
            "Elizabeth 'Betty' Crowe turned 105. “Gin,” Betty said when asked.",
            "Gin",
            "Elizabeth 'Betty' Crowe",
        ),
        # Trades, letters and places beside a name, and names of other tongues.
        (
            "Opening the case against Bo Gale, prosecutor Zara Whitt KC said it was cold. “He "
            "left,” she told the court.",
            "He left",
            "Zara Whitt",
        ),
        (
            "“Best hands I ever saw,” wrote his former team-mate Luca Perri on Sunday.",
            "Best hands I ever saw",
            "Luca Perri",
        ),
        (
            "The rest were found by Hugo Lind of Malmo, who adds that the baron died.",
            "the baron died",
            "Hugo Lind",
        ),
        (
            "The owner, Tanaka Emiko, closed the bath. “I am old,” Tanaka-san told us.",
            "I am old",
            "Tanaka Emiko",
        ),
        (
            "Sigrún Helga Jónsdóttir was at home. “I heard it,” Sigrún said. “It was loud.”",
            "I heard it",
            "Sigrún Helga Jónsdóttir",
        ),
        ("Ann Baker left on Monday. Baker said it was late.", "it was late", "Ann Baker"),
        # Who is spoken of.
        (
            "Tilda Marsh flew for years. When the harbourmaster told her that “the sea is no "
            "place”, she laughed. “I wanted to be paid,” she told the BBC.",
            "I wanted to be paid",
            "Tilda Marsh",
        ),
        (
            "I rang the firm today. He is a Mr Daf Prosser and he says the grease is late.",
            "the grease is late",
            "Daf Prosser",
        ),
        (
            "I wrote to Hale Homes. Their answer, from a Ms Greta Strob, was short: “No.”",
            "No.",
            "Greta Strob",
        ),
        (_HEARING, "We will rise.", "Ada Brill"),
        # A name that may be anything's is a person's where "she" can be nobody else.
        (
            "Fourteen-year-old Mia did not hear it. “I had water in my ears,” she said.",
            "I had water in my ears",
            "Mia",
        ),
        (
            "For Amsatou Cissoko, of the labour office, it is late. “It costs more,” she said.",
            "It costs more",
            "Amsatou Cissoko",
        ),
        (
            "The head of the Semarang rescue agency, Sumaryati, said that all were safe.",
            "all were safe",
            "Sumaryati",
        ),
        # "Her" tells that Senara is a woman, so that "he" is another.
        (
            "Paul Orr drove up. “It shakes,” said Senara Tregear. Her barn stood open. “It is "
            "loud,” he said.",
            "It is loud",
            "Paul Orr",
        ),
        (
            "According to the contractor, Tarrow Paving, it takes a week. The gates, they promise, "
            "will be clear.",
            "will be clear",
            "Tarrow Paving",
        ),
        (
            "Developer Castell Homes says flats will follow. “Progress is noisy”, it tells people.",
            "Progress is noisy",
            "Castell Homes",
        ),
        (
            "The hospital said it was sorry. The trust that runs it said a review was under way.",
            "a review was under way",
            "the trust",
        ),
        (
            "See the show with Lupe Arrend. Thallmann's own choice: she told us she had seen it. "
            "Ingeborg Thallmann painted it.",
            "she had seen it",
            "Ingeborg Thallmann",
        ),
        # Nobody and nothing are nobody of whom the next sentence speaks.
        (
            "Ada Brill left at noon. Nobody said why. “I was ill,” she said later.",
            "I was ill",
            "Ada Brill",
        ),
        ("“I left.” — Baron Otto von Trebb, at his birthday.", "I left.", "Otto von Trebb"),
    ],
)
def test_who_is_meant(text: str, words: str, speaker: str) -> None:
    assert whose(text, words) == [speaker]


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        # Two may be that.
        (
            "Moses Hale tackled Ivo Brand on the line. “I slipped,” the midfielder said.",
            "I slipped",
            "the midfielder",
        ),
        # It is told of them that they are something else, or they are of another gender.
        (
            "Ivo Brand, a surgeon, opened the show. “I was ill,” said the actress.",
            "I was ill",
            "the actress",
        ),
        (
            "The goalkeeper Moses Hale left in tears. “I slipped,” the winger said.",
            "I slipped",
            "the winger",
        ),
        # Two have trades of the kind, or one who has no name has.
        (
            "Soprano Ida Aubry and baritone Vasil Renk sang. “I mimed,” the singer said.",
            "I mimed",
            "the singer",
        ),
        (
            "A singer fell off the stage. Soprano Ida Aubry went on. “I mimed,” the singer said.",
            "I mimed",
            "the singer",
        ),
        (
            "One former clerk feared it. Walt Hewell, a clerk of ACME, left. “It rained,” one "
            "former clerk said. “It snowed,” the former ACME clerk said.",
            "It snowed",
            "one former clerk",
        ),
        # No name in place of a trade: others may come into a story so.
        (
            "Ann Lee was hit by a bus. “I never saw her,” the driver said.",
            "I never saw her",
            "the driver",
        ),
        # The office may be of another: of a body that is named, or of somebody told something else.
        (
            "Ottilie March sued Norvik Foods. “It is old,” the Norvik Foods chief executive said.",
            "It is old",
            "the Norvik Foods chief executive",
        ),
        (
            "Ivo Brand, a surgeon, was cross. “It is old,” the Norvik chief executive said.",
            "It is old",
            "the Norvik chief executive",
        ),
        (
            "Ada Brill, general secretary of the Federation of Bakers, said no. The opposition "
            "leader said it was time.",
            "it was time",
            "the opposition leader",
        ),
        # Two couples.
        (
            "Lars and Edith Blom met Bo and Mary Orr on a boat. “We were ill,” the couple say.",
            "We were ill",
            "the couple",
        ),
        # They have no surname in common.
        (
            "Ann Lee and Bo Orr wrote a book. “I am proud,” her husband said.",
            "I am proud",
            "her husband",
        ),
        (
            "A clerk who stole from a school told police she “meant to pay it back”, a court heard."
            "\n\nLorna Pell, 58, spent it on cruises.",
            "meant to pay it back",
            "a clerk",  # who, and who was robbed, is told by what words mean
        ),
        (
            "A neighbour who rang the bell said she “saw smoke”.\n\nLorna Pell, 58, was saved.",
            "saw smoke",
            "a neighbour",
        ),
    ],
)
def test_nobody_is_meant_where_that_is_not_told(text: str, words: str, speaker: str) -> None:
    assert whose(text, words) == [speaker]


def test_letters_and_suffixes_are_no_part_of_a_name() -> None:
    text = "The owner, Tanaka Emiko, left. Tanaka-san was ill, Zara Whitt KC said."
    assert {p.name for p in read_document(text).people} == {"Tanaka Emiko", "Zara Whitt"}
