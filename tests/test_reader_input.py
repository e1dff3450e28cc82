"""What the reader's network is given: tokens, their places, packed rows."""

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.selecting.reader_input import TOKENS, ReadPassage, lay_out, read_tokenizer, tokenize
from index.archive.embedder import default_folder

TOKENIZER = read_tokenizer(default_folder())


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80), st.lists(st.text(max_size=60), min_size=1, max_size=5))
def test_every_place_lies_inside_its_sentence(question: str, sentences: list[str]) -> None:
    passage = ReadPassage("A title", tuple(sentences), ("Ann Lee",) * len(sentences))
    row = tokenize(TOKENIZER, question, [passage])[0]
    assert len(row.ids) == len(row.types) == len(row.sentences) == len(row.places) <= TOKENS
    for place, number in zip(row.places, row.sentences, strict=True):
        if place:
            assert place.sentence == number
            assert 0 <= place.start <= place.end <= len(sentences[number])


def test_places_point_at_the_words_behind_accents_and_a_speaker() -> None:
    sentence = "“Čeština” isn’t 🙂 easy, says José."
    row = tokenize(TOKENIZER, "who?", [ReadPassage(None, (sentence,), ("José Núñez",))])[0]
    words = [sentence[p.start : p.end] for p in row.places if p]
    assert "".join(words) == "".join(sentence.split())


def test_the_speaker_is_read_but_is_no_place() -> None:
    plain = tokenize(TOKENIZER, "who?", [ReadPassage(None, ("No.",), (None,))])[0]
    tagged = tokenize(TOKENIZER, "who?", [ReadPassage(None, ("No.",), ("Ann Lee",))])[0]
    assert len(tagged.ids) == len(plain.ids) + 3
    assert [p for p in tagged.places if p] == [p for p in plain.places if p]


def test_rows_are_laid_end_to_end_with_their_sentences_numbered_through() -> None:
    passages = [
        ReadPassage(None, ("One.", "Two."), (None, None)),
        ReadPassage("T", ("Three.",), (None,)),
    ]
    rows = tokenize(TOKENIZER, "who?", passages)
    pack = lay_out(rows, [2, 1])
    assert pack.lengths == tuple(len(row.ids) for row in rows)
    assert pack.sentences == 3
    assert set(pack.segments.tolist()) == {-1, 0, 1, 2}
    assert pack.positions[pack.lengths[0]] == 0
