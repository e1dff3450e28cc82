"""Descriptions of whom the text names later, short names of bodies, and what is no speaker."""

import pytest

from tests.whose import whose


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        # Named later, beside the same words or as nobody else can be.
        (
            "Councillor Ivo Brandl, whom the mayor had called “a magpie in spectacles”, will sue."
            "\n\nThe mayor, Hedda Sallow, stood by it. “I like magpies,” she told the paper.",
            "a magpie in spectacles",
            "Hedda Sallow",
        ),
        (
            "A welder accused of leaving a valve open told the inquiry that he had closed it "
            "twice.\n\nOswin Petrak denied having slept. “I wrote it down,” Petrak said.",
            "he had closed it twice",
            "Oswin Petrak",
        ),
        (
            "A retired baker called the rooster “a menace in feathers” in a letter, a court heard."
            "\n\nGerda Mollen, 77, denied throwing a shoe at it.",
            "a menace in feathers",
            "Gerda Mollen",
        ),
        (
            "Talk of a move for Ugo Danfort is “hot air”, according to his agent.\n\n“Ugo has a "
            "garden here,” Ciro Bellante told Radio Sund on Friday.",
            "hot air",
            "Ciro Bellante",
        ),
        (
            "“Am I late?” the lodger, later named as Wanda Prost, asks.",
            "Am I late?",
            "Wanda Prost",
        ),
        # A description between commas is whose name stands before it.
        (
            "“She kept bees,” Anil Torre, a former neighbour’s son and now a beekeeper himself, "
            "recalled.",
            "She kept bees",
            "Anil Torre",
        ),
        # What somebody is called in general.
        (
            "The border stays shut, Foreign Ministry spokeswoman Irena Dolmat said. “We can wait,” "
            "the diplomat added.",
            "We can wait",
            "Irena Dolmat",
        ),
        (
            "Captain Rhodri Vance learned it by text. “It was short,” the flanker recalled.",
            "It was short",
            "Rhodri Vance",
        ),
        (
            "Auntie Mei's noodles\n\n“Knead it twice,” says Mei Tolan, who cooks.\n\nMei says "
            "that salt does not matter.",
            "salt does not matter",
            "Mei Tolan",
        ),
        # Bodies by half their names, or by "it".
        (
            "Shares in Velborg Foods fell on Monday.\n\nVelborg added that it would close a mill.",
            "it would close a mill",
            "Velborg Foods",
        ),
        (
            "Tarsil Hotels said that sales rose. Trade was brisk, it said, for the season.",
            "Trade was brisk",
            "Tarsil Hotels",
        ),
        (
            "Shares in Velborg Foods fell after the company said sales were “soft”.\n\nVelborg "
            "added that it would close a mill.",
            "sales were",
            "Velborg Foods",
        ),
        (
            "Guests should not expect rooms, Norvale has warned. The budget carrier said all beds "
            "were taken.",
            "all beds were taken",
            "Norvale",
        ),
        (
            "Norvale has warned of delays. Consumer group TripFair disagreed. It said all was "
            "well.\n\nThe airline said it was looking into that.",
            "it was looking into that",
            "Norvale",
        ),
        # Whom the writer met, on whose behalf somebody reads, and who is spoken of without a name.
        (
            "I met the builder, Ms Orla Dunn, today, and she told me that the beams are sound.",
            "the beams are sound",
            "Orla Dunn",
        ),
        (
            "A friend, Piet Vos, read out a few lines on behalf of the widow, Mila Rokos: “He "
            "loved that boat.”",
            "He loved that boat.",
            "Mila Rokos",
        ),
        (
            "“The gate was open,” Tessa Jory told the paper.\n\nThe bride took it well. She said: "
            "“It ate the flowers.”",
            "It ate the flowers.",
            "the bride",
        ),
        (
            "About 900 protesters marched along the shore. They chanted “Hands off!” all day.",
            "Hands off!",
            "About 900 protesters",
        ),
        (
            "Rolf Dorn died on the hill. His climbing partners, Ann Lee and Bo Orr, said he had "
            "been careful.",
            "he had been careful",
            "Ann Lee and Bo Orr",
        ),
        # A report may be the speaker, other than a note.
        (
            "Prices could fall by May, according to a report released on Friday.",
            "Prices could fall by May",
            "a report",
        ),
        # A newspaper that is called as somebody may be.
        (
            "“A fine book,” wrote Hana Oto. “Buy it for your aunt,” the Morning Star concluded.",
            "Buy it for your aunt",
            "the Morning Star",
        ),
        # Two who ask and answer in turn.
        (
            "“The ice reached that rock,” says Runa Dahl. Her student, Mats Bisi, squints. “And "
            "now?”\n\n“Now you would need a boat.”",
            "Now you would need a boat.",
            "Runa Dahl",
        ),
        (
            "“How far were you?” asked Mr Oduya.\n\n“Ten yards,” said Mrs Shaw.\n\n“And yet you "
            "are sure?”\n\n“I know his walk.”",
            "And yet you are sure?",
            "Oduya",
        ),
        (
            "“We met in May,” said Runa Dahl.\n\n“The dam leaks,” said Mats Bisi. “Who will pay "
            "for all of that?”\n\n“It cannot be the town.”",
            "It cannot be the town.",
            "Mats Bisi",
        ),
    ],
)
def test_a_description_is_whose_name_tells_it(text: str, words: str, speaker: str) -> None:
    assert whose(text, words) == [speaker]


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        # Who is named next is told to be somebody else, or was named before.
        (
            "Rae Sund kept quiet. Her agent said it was “hot air”. “It was not,” said Cy Tamm, a "
            "neighbour.",
            "hot air",
            "Cy Tamm",
        ),
        (
            "A clerk accused of theft said she was sorry.\n\nDetective Ora Finch denied it.",
            "she was sorry",
            "Ora Finch",
        ),
        # A ship and a greeting are nobody.
        (
            "It was dark when the Seadrifter sank off Holm. “I could hear it,” he said.",
            "I could hear it",
            "Seadrifter",
        ),
        (
            "Dear friends of the choir,\n\nour hall will close. I met the builder, and she told me "
            "that it leaks.",
            "it leaks",
            "Dear",
        ),
        # Nor is a text of which nobody is told to be the author.
        (
            "Hundreds marched behind a banner that read “The tide takes no bribes”.",
            "The tide takes no bribes",
            "a banner",
        ),
        (
            "Prices could fall by May, according to a note published on Friday.",
            "Prices could fall by May",
            "a note",
        ),
        # Another firm than the one that has spoken.
        (
            "Norvale and Brightlink are at odds. Norvale said it was cold. The rival carrier said "
            "that it was warm.",
            "it was warm",
            "Norvale",
        ),
    ],
)
def test_where_it_may_be_another_nobody_is_named(text: str, words: str, speaker: str) -> None:
    assert speaker not in whose(text, words)
