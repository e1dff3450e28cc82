"""The reader on its real weights: what it scores, under load too, and what it refuses to load."""

import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from bot.network_weights import WEIGHTS
from bot.selecting.reading.reader import (
    FLOOR,
    SHORT_TOKENS,
    PassageReading,
    Reader,
    once,
    short_answer,
)
from bot.selecting.reading.reader_input import ReadPassage, TokenPlace, TokenRow
from index.archive.embedding.minilm import ModelUnavailable
from tests.counting_reader import CountingReader

FLOOD = ReadPassage(
    "Flood in Norley",
    (
        "The river Wend burst its banks on Monday.",
        "Mayor Ann Lee said the town would rebuild every bridge.",
        "Engineer Tom Marsh blamed a pump that failed at 3 a.m.",
        "Some 412 people were taken to a school in Aldham.",
        "The last flood was in 1998.",
    ),
    (None, "Ann Lee", "Tom Marsh", None, None),
)
CHESS = ReadPassage(
    "Chess final drawn",
    ("The final ended in a draw.", "Both players shook hands.", "The hall was full."),
    (None, None, None),
)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader.load()


def best(reading: PassageReading) -> int:
    return max(range(len(reading.scores)), key=reading.scores.__getitem__)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("how many people were taken to the school", 3),
        ("what did the mayor say about the bridges", 1),
        ("tom marsh on the pump", 2),
        ("When was the last flood?", 4),
    ],
)
def test_the_sentence_that_answers_scores_highest(
    reader: Reader, question: str, sentence: int
) -> None:
    assert best(reader.read(question, [FLOOD])[0]) == sentence


def test_a_passage_that_answers_scores_above_one_that_does_not(reader: Reader) -> None:
    flood, chess = reader.read("how many people were taken to the school", [FLOOD, CHESS])
    assert flood.answers > chess.answers
    assert max(flood.scores) > max(chess.scores)


def test_the_short_answer_is_characters_of_its_sentence(reader: Reader) -> None:
    short = reader.read("how many people were taken to a school", [FLOOD])[0].short
    assert short is not None
    sentence, start, end = short
    assert "412" in FLOOD.sentences[sentence][start:end]


def test_the_short_answer_is_the_best_of_all_spans_of_a_sentence() -> None:
    chance = np.random.default_rng(7)
    for _ in range(50):
        numbers = sorted(chance.integers(-1, 4, 60).tolist())
        places = [TokenPlace(n, i, i + 1) if n >= 0 else None for i, n in enumerate(numbers)]
        starts, ends = chance.normal(size=(2, 60)).round(1).astype(np.float32)
        spans = [
            (starts[a] + ends[b], -a, -b)
            for a in range(60)
            for b in range(a, min(a + SHORT_TOKENS, 60))
            if numbers[a] == numbers[b] >= 0
        ]
        score, first, last = max(spans)
        best = (numbers[-first], -first, 1 - last) if score > starts[0] + ends[0] else None
        row = TokenRow((0,) * 60, (0,) * 60, tuple(numbers), tuple(places), 4)
        assert short_answer(row, starts, ends) == best


def test_there_is_no_short_answer_where_nothing_answers(reader: Reader) -> None:
    assert reader.read("who won the cup in cricket", [CHESS])[0].short is None


def test_the_speaker_in_front_decides_whose_words_a_sentence_carries(reader: Reader) -> None:
    words = ("The plan will ruin farmers.",)
    hers = ReadPassage("Farm plan", words, ("Ann Lee",))
    his = ReadPassage("Farm plan", words, ("Tom Marsh",))
    right, wrong = reader.read("what did ann lee say about farmers", [hers, his])
    assert right.scores[0] > wrong.scores[0] + 1


def test_every_sentence_gets_a_score_in_its_place(reader: Reader) -> None:
    readings = reader.read("what happened", [FLOOD, CHESS, FLOOD])
    assert [len(reading.scores) for reading in readings] == [5, 3, 5]
    assert readings[0].scores == pytest.approx(readings[2].scores, abs=0.01)


def test_what_else_is_read_does_not_change_a_score(reader: Reader) -> None:
    alone = reader.read("tom marsh on the pump", [FLOOD])[0]
    beside = reader.read("tom marsh on the pump", [CHESS, FLOOD, CHESS])[1]
    assert beside.scores == pytest.approx(alone.scores, abs=0.25)  # 16 bits round by shape


def test_a_passage_is_read_once_with_a_question(reader: Reader) -> None:
    counting = CountingReader.load()
    read = once(counting.read)
    first = read("tom marsh on the pump", [FLOOD, CHESS, FLOOD])
    assert first[0] is first[2]
    assert read("tom marsh on the pump", [CHESS, FLOOD]) == [first[1], first[0]]
    assert read("who won", [FLOOD]) == reader.read("who won", [FLOOD])
    assert counting.rows == [2, 1]


def test_words_beyond_the_limit_score_the_floor(reader: Reader) -> None:
    long = ReadPassage(None, ("word " * 600, "The end came at noon."), (None, None))
    reading = reader.read("when did the end come", [long])[0]
    assert reading.scores[0] > FLOOR
    assert reading.scores[1] == FLOOR


@pytest.mark.parametrize(
    "sentence", ["🙂", "“", "漢字が書かれた。", "e\u0301te\u0301 " * 400, "\u200b", "a" * 5000]
)
def test_awkward_sentences_are_read(reader: Reader, sentence: str) -> None:
    reading = reader.read("who?", [ReadPassage(None, (sentence,), (None,))])[0]
    assert len(reading.scores) == 1
    if reading.short:
        assert 0 <= reading.short[1] < reading.short[2] <= len(sentence)


@pytest.mark.parametrize("question", ["", "?", "why " * 500])
def test_awkward_questions_are_read(reader: Reader, question: str) -> None:
    assert len(reader.read(question, [FLOOD])[0].scores) == 5


def test_nothing_to_read_gives_nothing(reader: Reader) -> None:
    assert reader.read("who?", []) == []


def test_threads_share_a_reader(reader: Reader) -> None:
    alone = reader.read("tom marsh on the pump", [FLOOD, CHESS])
    with ThreadPoolExecutor(4) as pool:
        for readings in pool.map(
            lambda _: reader.read("tom marsh on the pump", [FLOOD, CHESS]), range(8)
        ):
            assert readings[0].scores == pytest.approx(alone[0].scores, abs=0.01)


def test_missing_weights_are_reported_with_their_place(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match=str(tmp_path)):
        Reader.load(tmp_path)


def test_changed_weights_are_refused(tmp_path: Path) -> None:
    folder = shutil.copytree(WEIGHTS, tmp_path / "weights")
    path = folder / "reader.safetensors"
    changed = bytearray(path.read_bytes())
    changed[-1] ^= 1
    path.write_bytes(changed)
    with pytest.raises(ModelUnavailable, match="SHA-256"):
        Reader.load(folder)


@pytest.mark.parametrize("manifest", ["{", "{}", "[]", json.dumps({"format": 99, "sha256": ""})])
def test_a_broken_manifest_is_refused(tmp_path: Path, manifest: str) -> None:
    folder = shutil.copytree(WEIGHTS, tmp_path / "weights")
    (folder / "reader.json").write_text(manifest)
    with pytest.raises(ModelUnavailable, match="cannot be used"):
        Reader.load(folder)


def test_the_weights_stay_small_enough_to_ship() -> None:
    assert (WEIGHTS / "reader.safetensors").stat().st_size < 45_000_000


def test_a_passage_with_missing_speakers_is_refused() -> None:
    with pytest.raises(ValueError, match="2 sentences, 1 speakers"):
        ReadPassage(None, ("One.", "Two."), (None,))
