"""Whom a mention stands for: names beside descriptions, peoples, ranks, names that end early."""

import pytest

from index.document import read_document


def speakers(text: str, words: str) -> set[str | None]:
    """Whose the words are; None for nobody's."""
    start = text.index(words)
    return {
        s.speaker.name if s.speaker else None
        for s in read_document(text).statements
        if any(p.start <= start and start + len(words) <= p.end for p in s.content)
    }


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        ("The barn held 14 people. One of them, Samira, said she had walked for two days.",
         "had walked", "Samira"),
        ("Outside court, Dr Iman Pell’s solicitor, Ruth Stone, said her client was glad.",
         "her client", "Ruth Stone"),
        ("In a note, Velm Foods’ chief, Bo Orr, said it was sorry.", "was sorry", "Bo Orr"),
    ],
)  # fmt: skip
def test_a_name_beside_a_description_is_its_own(text: str, words: str, speaker: str) -> None:
    assert speakers(text, words) == {speaker}


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        ("“A fair man,” Akers-Lyle recalled in his memoirs, Notes in Margins.", "fair",
         "Akers-Lyle"),
        ("“No,” according to Detective Constable Lorna Moss of Sedbury Police.\n\nDC Moss said: "
         "“They kept her waiting.”", "kept", "Lorna Moss"),
        ("Rents rose, according to the property website Gaffer.ie.", "Rents", "Gaffer.ie"),
        ("Una Achieng wept. Una and Jane Mutua were parted at birth. “I laughed,” says Una.",
         "laughed", "Una Achieng"),
        ("Independent Margit Holm has won by three votes.\n\n“Three!” the 44-year-old swimming "
         "teacher told supporters.", "Three!", "Margit Holm"),
    ],
)  # fmt: skip
def test_a_name_ends_and_begins_where_it_does(text: str, words: str, speaker: str) -> None:
    assert speakers(text, words) == {speaker}


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        ("Fly-half Beau Tipene has signed.\n\n“I want to learn,” the New Zealander said.",
         "to learn", "Beau Tipene"),
        ("Coach Ivan Lanz resigned. “I was tired,” said the Sri Lankan.", "tired", "Ivan Lanz"),
        ("Ministry spokesman Colonel Yun Jae said no.\n\nThey sail at dawn, according to the "
         "ministry.", "sail", "the ministry"),
        ("Council leader Bo Orr left. The council said it would pay.", "would pay", "the council"),
    ],
)  # fmt: skip
def test_a_description_means_whom_it_describes(text: str, words: str, speaker: str) -> None:
    assert speakers(text, words) == {speaker}


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        ("“We sell,” said Lorne Pell.\n\nEconomist Harpreet Sandhu said the minister was weak. "
         "“They buy it elsewhere,” he said.", "elsewhere", "Harpreet Sandhu"),
        ("Three have sold. The fourth, Dewi Probert, said he would not.\n\n“They can bury me,” he "
         "said.", "bury me", "Dewi Probert"),
        ("“It is quiet,” says Erik Ness, the keeper.\n\nNess came with his wife, Siv Ness.\n\n"
         "“It sank twice,” Siv says. “It is out of tune.”\n\nIn spring it closes. The town will "
         "buy it. No keeper will stay.\n\nTheir daughter Kari thinks they will miss it. “Dad is "
         "slow,” she says. “He is old.”\n\n“I am not,” he says.", "I am not", "Erik Ness"),
        ("Sister Mary Nwachu left in May. When an officer demanded to know whose side she was on, "
         "she replied that she was on nobody's.", "nobody's", "Mary Nwachu"),
        ("The family of the driver, Kevin Marsh, said they were sad.", "were sad",
         "the family of the driver"),
        ("The family of the patient, Colin Bard, said they were lost.", "were lost",
         "the family of the patient"),
        ("Shares in Tarn Shipping fell after the company warned that sales were weak.",
         "sales were", "Tarn Shipping"),
        ("Bo Akers lost the savings of Carl Orr.\n\nThe former banker spoke to Orr’s sons. “I am "
         "sorry,” he said.", "sorry", "Bo Akers"),
        ("Bo Akers of Velm came. The judge spoke to Carl Orr’s sons. “I am sorry,” he said.",
         "sorry", "the judge"),
        ("Mia Royd lost to Lena Orr. “No,” the former mayor’s aide said.", "No",
         "the former mayor’s aide"),
    ],
)  # fmt: skip
def test_he_and_they_mean_who_was_spoken_of_last(text: str, words: str, speaker: str) -> None:
    assert speakers(text, words) == {speaker}


def test_a_first_name_is_not_given_up_for_somebody_who_comes_later() -> None:
    text = "Ben Cass said no. When she was a judge, Lora Lind said that it was lawful."
    assert speakers(text, "it was lawful") == {"Lora Lind"}


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        ("Half the pupils now walk, according to its head teacher.\n\n“It smells of wet coats,” "
         "Moira Lund said.", "Half the", "Moira Lund"),
        ("The country's fisheries minister said the quota would shrink.\n\n“It is not pleasant,” "
         "Ragna Moe told reporters.", "shrink", "Ragna Moe"),
        ("The head of Velm's biggest union has accused the mayor of “gaslighting”.\n\nGeneral "
         "secretary Ann Pett told members: “They owe us.”", "gaslighting", "Ann Pett"),
        ("A PENSIONER has planted flowers in a hole after reporting it “nine times”.\n\nRetired "
         "inspector Reg Dabb, 80, said: “It is deep enough.”", "nine times", "Reg Dabb"),
    ],
)  # fmt: skip
def test_a_beginning_speaks_of_who_is_named_next(text: str, words: str, speaker: str) -> None:
    assert speakers(text, words) == {speaker}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("A driver who saw it said the van had skidded.\n\nLee Marsh, 43, died there.", "skidded"),
        ("A judge has said that a killer felt nothing.\n\nLee Marsh, 43, denied it.", "nothing"),
        ("The health minister said wards would open.\n\n“No,” Finance Minister Ann Lee said.",
         "would open"),
        ("The leader of the opposition said it was over.\n\n“No,” President Bo Orr said.", "over"),
        ("The mayor said it would close.\n\nResidents were angry. “No,” Ann Lee said.", "close"),
    ],
)  # fmt: skip
def test_a_beginning_may_speak_of_nobody_who_is_named(text: str, words: str) -> None:
    (speaker,) = speakers(text, words)
    assert speaker is not None
    assert not {"Lee", "Orr"} & {*speaker.split()}


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        ("That did not satisfy Lena Royd, whose sons are at the school.\n\n“Honest would be nice,” "
         "the mother of two said.", "nice", "Lena Royd"),
        ("Vice-captain Bo Akers said Velm would attack.\n\n“They’ll come,” said the hooker.",
         "come", "Bo Akers"),
        ("“We got a call,” said Lena Royd.\n\n“Give me money,” the attacker said.", "Give me",
         "the attacker"),
        ("Bo Akers, 40, was hit by a car. “I was asleep,” said the neighbour.", "asleep",
         "the neighbour"),
        ("“We got a call,” said Bo Akers. The boy said he had run away.", "run away", "the boy"),
        ("“They rang twice,” said Lena Royd.\n\nThe former goalkeeper said she would write.",
         "would write", "Lena Royd"),
        ("Bo Akers met the press.\n\n“It is over,” the senator said.", "over", "the senator"),
        ("Lena Orr, a lawyer, said it was loud. The witness shook her head. “It never ran.”",
         "never ran", "the witness"),
        ("Bo Akers met the press.\n\n“It is over,” the letter said.", "over", "the letter"),
        ("Angler Bo Akers said there was nothing.\n\n“I came at six,” said the 49-year-old tree "
         "surgeon.", "came", "Bo Akers"),
    ],
)  # fmt: skip
def test_only_a_trade_an_age_or_children_mean_whoever_was_spoken_of_last(
    text: str, words: str, speaker: str
) -> None:
    assert speakers(text, words) == {speaker}


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        ("Teenager Mia Royd said she was glad.\n\nLena Orr, the fourth seed, was gracious.\n\n“She "
         "was fearless,” said the 28-year-old.", "fearless", "Lena Orr"),
        ("Mayor Lena Orr spoke. Bo Akers, 34, was arrested.\n\nPolice had freed the 34-year-old, "
         "the mayor said.", "had freed", "Lena Orr"),
        ("John Akers, 34, was jailed. A woman was hurt.\n\n“I feared it,” the 34-year-old woman "
         "said.", "feared", "the 34-year-old woman"),
        ("Bo Akers, 18, was jailed.\n\n“He is good,” the 18-year-old's mother said.", "good",
         "the 18-year-old's mother"),
        ("Lena Orr, 72, began it.\n\nBo Akers, 40, took it. “We listen,” Akers said.\n\nThe "
         "72-year-old replied that he should go.", "should go", "Lena Orr"),
    ],
)  # fmt: skip
def test_a_description_with_an_age_means_whoever_is_as_old(
    text: str, words: str, speaker: str
) -> None:
    assert speakers(text, words) == {speaker}


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        ("“We had tips,” Beckwith said.", "tips", "Beckwith"),
        ("“It is unlike her,” Const. Bo Akers said in a release.", "unlike", "Bo Akers"),
        ("“I owe it. How do I pay?” the mother of five asked.", "owe", "the mother of five"),
        ("“I had slept,” the actor, 37, recalls.", "slept", "the actor"),
        ("The animal, a female, walked into a cage at 3.40am, said range officer Mia Royd.",
         "cage", "Mia Royd"),
        ("Velm Chairman and CEO Bo Akers said it was sold.", "was sold", "Bo Akers"),
        ("Vice President Lena Orr met President Bo Akers.\n\nThe Vice President and President "
         "Akers met, and the Vice President and President Akers stressed that it was late.",
         "was late", "the Vice President and President Akers"),
        ("Finance Minister Lena Orr and Foreign Minister Ivo Lund said it was late.", "was late",
         "Finance Minister Lena Orr and Foreign Minister Ivo Lund"),
        ("Dr Ivo Lund of Velm Hospital said it was new. “Rest,” he added.", "Rest", "Ivo Lund"),
        ("“He is ill,” said Ann Lee. The United Nations says millions have fled.", "fled",
         "United Nations"),
        ("It was old, coast guard spokesman Bo Akers said. It sank, according to the coast guard.",
         "It sank", "the coast guard"),
        ("Mia Royd and her aides reported it in the journal Reef Science. They say it may last.",
         "may last", "Mia Royd and her aides"),
    ],
)  # fmt: skip
def test_who_speaks_is_told_by_where_words_stand(text: str, words: str, speaker: str) -> None:
    assert speakers(text, words) == {speaker}


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        ("Velm boss Mia Royd was less happy. “We threw it away,” she said.", "threw", "Mia Royd"),
        ("Accepting it at a dinner in Velsund, Royd, 63, said she had been turned down.",
         "turned down", "Royd"),
        ("A fire killed Bo Orr, 63, said Ann Lee, a neighbour.", "fire killed", "Ann Lee"),
        ("“It was a mess,” Lee’s spokesman insists.", "mess", "Lee’s spokesman"),
        ("The portrait could be worth up to £2 million, said auctioneer Bo Akers.", "portrait",
         "Bo Akers"),
        ("Mia Royd lives there. Her landlord, Velm Homes, said it was sorry.\n\n“We found it,” it "
         "said.", "found", "Velm Homes"),
        ("Bo Akers said he slept.\n\n“And that died with him?” asked Lena Orr, the prosecutor.\n\n"
         "“I never thought so,” the defendant answered.", "never thought", "the defendant"),
        ("A woman says she pulled out her own tooth.\n\nLena Orr, 52, from Velm, rang 38 offices. "
         "“I had a drink,” she said.", "pulled out", "Lena Orr"),
    ],
)  # fmt: skip
def test_what_is_read_wrongly_beside_a_name_is_told_by_where_it_stands(
    text: str, words: str, speaker: str
) -> None:
    assert speakers(text, words) == {speaker}


@pytest.mark.parametrize(
    "text",
    [
        "Let Us Tram had told ill the , a which.",
        "Let Children Dam had , ran when said who.",
        "Make Dam known rain pier it Orr Orr ran which who of.",
        "Rovers boss Bo Akers felt that the winning goal was offside.",
        f"Ann Lee, {'1' * 5000}, said so. “No,” said the {'1' * 5000}-year-old.",
    ],
)
def test_a_sentence_that_is_none_is_read_to_its_end(text: str) -> None:
    assert read_document(text).text == text
