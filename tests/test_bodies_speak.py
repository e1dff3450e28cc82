"""What a firm says is its own, also as "the company" and "it"; what is so by who says so."""

import pytest

from index.document import read_document
from tests.whose import whose


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        (
            "Norvik Ferries will cut its winter sailings. “We regret this,” the company said.",
            "We regret this",
            "Norvik Ferries",
        ),
        (
            "The Border Clarion was scathing. “It should not be trusted,” the paper wrote.",
            "It should not be trusted",
            "Border Clarion",
        ),
        (
            "Velm Police arrested two men on Sunday. Nobody was hurt, the force said.",
            "Nobody was hurt",
            "Velm Police",
        ),
        (
            "Hollin Bakeries is to close its shop in Marle. The firm said it was sorry. It blamed "
            "the price of flour.",
            "the price of flour",
            "Hollin Bakeries",
        ),
        (
            "Thornmere Water apologised for the leak. “We are sorry,” the company said.",
            "We are sorry",
            "Thornmere Water",
        ),
        (
            "The Tarn Valley Trust bought the mill. “We start in May,” the charity said.",
            "We start in May",
            "Tarn Valley Trust",
        ),
        (
            "Plans for Hagg Quarry were refused. Councillor Jean Tasker said no lane could take "
            "the lorries. “There are children there,” she said.",
            "There are children there",
            "Jean Tasker",
        ),
    ],
)
def test_a_body_speaks_as_the_firm_and_as_it(text: str, words: str, speaker: str) -> None:
    assert whose(text, words) == [speaker]


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        (
            "A spokesman for the council, Ivor Penn, said it was fine. The council said 26 houses "
            "had been built.",
            "26 houses had been built",
            "the council",
        ),
        (
            "The head of policy at the charity, Mira Bost, called it weak. The charity added that "
            "it would go to court.",
            "it would go to court",
            "the charity",
        ),
        (
            "A lawyer for the family, Mira Bost, called it weak. The family said they were tired.",
            "they were tired",
            "the family",
        ),
        (
            "A broker, Mira Bost, called it weak. The broker added that it would fall.",
            "it would fall",
            "Mira Bost",
        ),
    ],
)
def test_whom_somebody_speaks_for_is_not_that_person(text: str, words: str, speaker: str) -> None:
    assert whose(text, words) == [speaker]


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        (
            "The Federation of Ferrymen said it was late. The trust said 30 boats would go.",
            "30 boats would go",
            "the trust",
        ),
        (
            "Doctors at Marle Hospital went on strike. The trust said forty operations would wait.",
            "forty operations would wait",
            "the trust",
        ),
        (
            "The Federation of Ferrymen said it was late. “We are sorry,” the hospital trust said.",
            "We are sorry",
            "the hospital trust",
        ),
        (
            "The Tidal Safety Board said it was late. The company said 30 boats would go.",
            "30 boats would go",
            "the company",
        ),
        (
            "The Tidal Safety Board said it was late. The watchdog said 30 boats would go.",
            "30 boats would go",
            "Tidal Safety Board",
        ),
        (
            "The Duke of Marle is at home. The paper said 30 boats would go.",
            "30 boats would go",
            "the paper",
        ),
        (
            "The United Ferry Workers of Marle said it was late. The company said 30 boats "
            "would go.",
            "30 boats would go",
            "the company",
        ),
        (
            "Norvik Ferries said it was late. The union said it was early.",
            "it was early",
            "the union",
        ),
        (
            "Norvik Ferries said it was late. The Marle Clarion had said so. The paper added that "
            "30 boats would go.",
            "30 boats would go",
            "Marle Clarion",
        ),
        (
            "The Marle Food Administration said it was late. The company said 30 jars broke.",
            "30 jars broke",
            "the company",
        ),
    ],
)
def test_no_body_is_called_what_its_name_shows_it_is_not(
    text: str, words: str, speaker: str
) -> None:
    assert whose(text, words) == [speaker]


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        ("Per coach Bo Orr, the boats will start on Friday.", "the boats will start", "Bo Orr"),
        (
            "Ann Lee has a sore hip, per the team's trainer, Jo Anne Biggs.",
            "Ann Lee has a sore hip",
            "Jo Anne Biggs",
        ),
        (
            "The house is, in the words of its own architect, Bo Orr, “a shed with ambitions”.",
            "“a shed with ambitions”",
            "Bo Orr",
        ),
        ("The quay was, in the words of Mayor Ann Lee, a ruin.", "a ruin", "Ann Lee"),
        ("“Run, all of you!” Bo Orr could be heard shouting.", "Run, all of you", "Bo Orr"),
        ("“They are gone,” Bo Orr was caught on tape saying.", "They are gone", "Bo Orr"),
        ("“The boat is sold,” ran the postcard that Bo Orr sent.", "The boat is sold", "Bo Orr"),
    ],
)
def test_by_whose_words_something_is_so(text: str, words: str, speaker: str) -> None:
    assert whose(text, words) == [speaker]


@pytest.mark.parametrize(
    "text", ["Rents rose by 40 crowns per month.", "Rents rose, per the new contract, in May."]
)
def test_per_before_a_measure_names_nobody(text: str) -> None:
    assert read_document(text).statements == ()


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        (
            "The World Health Organization (WHO) met in Velmbridge. The WHO said it would wait.",
            "it would wait",
            "World Health Organization",
        ),
        (
            "Nobody who fell ill has died, according to the WHO. “We are glad,” it said.",
            "We are glad",
            "WHO",
        ),
        (
            "The World Health Organisation sent tents. “More will come,” WHO said.",
            "More will come",
            "World Health Organisation",
        ),
        (
            "WHO Director-General Imke Vold said the pumps were late. “Too late,” Vold said.",
            "Too late",
            "Imke Vold",
        ),
        (
            "Bo Orr owes money. The Coastal Aid Network (CAN) has sued. CAN said the quay leaks.",
            "the quay leaks",
            "Coastal Aid Network",
        ),
        (
            "The Office of Upland Roads (OUR) met. “It is shut,” OUR said. “It is our road.”",
            "It is our road",
            "Office of Upland Roads",
        ),
        ("WHO SAID SO? Orla Quist said it was she.", "it was she", "Orla Quist"),
        ("Orla Quist, who can see far, said THE END was near.", "was near", "Orla Quist"),
    ],
)
def test_letters_in_capitals_are_a_body_and_no_pronoun(text: str, words: str, speaker: str) -> None:
    assert whose(text, words) == [speaker]
