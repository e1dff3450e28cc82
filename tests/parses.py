"""Sentences as a parser would have them, written out: tests need no parser."""

from bot.training.parsed import Parsed, ParsedWord


def parsed(table: str) -> Parsed:
    """A sentence from lines of `text lemma tag role head [name]`; no space after "text_"."""
    words = []
    for line in table.strip().splitlines():
        text, lemma, tag, role, head, *name = line.split()
        space = "" if text.endswith("_") else " "
        words.append(ParsedWord(text.rstrip("_"), space, lemma, tag, role, int(head), *name))
    return Parsed(tuple(words))


# "Ann Lee said that the old mayor may close the harbour."
SAID = parsed("""
    Ann ann NNP compound 1 PERSON
    Lee lee NNP nsubj 2 PERSON
    said say VBD ROOT 2
    that that IN mark 8
    the the DT det 6
    old old JJ amod 6
    mayor mayor NN nsubj 8
    may may MD aux 8
    close close VB ccomp 2
    the the DT det 10
    harbour_ harbour NN dobj 8
    ._ . . punct 2
""")
# "Lee visited Orr in Utopia after 12 ships sank."
VISITED = parsed("""
    Lee lee NNP nsubj 1 PERSON
    visited visit VBD ROOT 1
    Orr orr NNP dobj 1 PERSON
    in in IN prep 1
    Utopia utopia NNP pobj 3 GPE
    after after IN mark 8
    12 12 CD nummod 7 CARDINAL
    ships ship NNS nsubj 8
    sank_ sink VBD advcl 1
    ._ . . punct 1
""")
