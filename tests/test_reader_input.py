"""What the reader's network is given: tokens, their places, packed rows."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.selecting.reading.reader_input import TOKENS, ReadPassage, tokenize
from index.archive.embedding.minilm import read_tokenizer
from index.language.stems import had, in_the_words_of, stems

TOKENIZER = read_tokenizer()


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


def test_the_lead_and_the_title_are_read_but_are_no_place() -> None:
    plain = ReadPassage(None, ("No.",), (None,))
    under = ReadPassage("Norley", ("No.",), (None,), lead="The town voted.")
    (alone, below) = tokenize(TOKENIZER, "who?", [plain, under])
    assert (
        len(below.ids) == len(alone.ids) + len(TOKENIZER.encode("norley the town voted.").ids) - 1
    )
    assert [p for p in below.places if p] == [p for p in alone.places if p]


def test_the_asked_speakers_words_have_a_type_of_their_own() -> None:
    passage = ReadPassage(None, ("One.", "Two."), (None, "Ann Lee"), own=frozenset([1]))
    (row,) = tokenize(TOKENIZER, "who?", [passage])
    types = dict(zip(row.sentences, row.types, strict=True))
    assert types[0] != types[1]
    assert types[-1] == types[0]


def test_a_question_is_put_in_the_words_of_each_passage() -> None:
    passages = [ReadPassage(None, (word,), (None,)) for word in ("peacekeeping", "peacekeepers")]
    rows = tokenize(TOKENIZER, "peacekeepers", passages)
    for row, passage in zip(rows, passages, strict=True):
        word = TOKENIZER.encode(passage.sentences[0], add_special_tokens=False).ids
        assert list(row.ids[1 : 1 + len(word)]) == word


@pytest.mark.parametrize(
    ("question", "texts", "put"),
    [
        ("is the loo back", ["The toilet is gone."], "is the toilet back"),
        ("is the loo back", ["The loo is no toilet."], "is the loo back"),
        (
            "did lee mind shutting the bridge",
            ["It was suspended."],
            "did lee mind suspended the bridge",
        ),
        ("who scrapped it", ["To cancel is hard.", "It was cancelled."], "who cancelled it"),
        ("who passed the bill", ["Her death came first."], "who passed the bill"),
        ("how many cops came", ["The officer left."], "how many officer came"),
        ("how many came", ["Ten came."], "how many came"),
        ("is it heading there", ["Its head left."], "is it heading there"),
    ],
)
def test_everyday_words_are_put_in_those_of_a_newspaper(
    question: str, texts: list[str], put: str
) -> None:
    assert in_the_words_of(question, texts) == put


def test_a_topic_is_had_in_another_word_for_the_same() -> None:
    assert had(stems("the gold loo"), stems("a toilet of gold")) == stems("gold loo")
    assert had(stems("the gold toilet"), stems("a loo of gold")) == stems("gold")
