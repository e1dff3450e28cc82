"""Training end to end, in small: a checkpoint, going on from it, weights that the reader loads."""

from dataclasses import replace
from pathlib import Path

import torch
from safetensors.torch import load_file

from bot.selecting.reading.reader import Reader
from bot.selecting.reading.reader_input import ReadPassage
from bot.training.reader_lessons import Example
from bot.training.train_reader import ReaderCourse, fit, write_weights

PASSAGE = ReadPassage("Rivers", ("The Wend is long.", "It is 40 miles long."), (None, None))
LESSONS = [(Example("how long is it", PASSAGE, (0.0, 1.0), (1, 6, 14)),)] * 64


def test_what_was_cut_short_goes_on_and_ends_as_weights(tmp_path: Path) -> None:
    course = ReaderCourse(LESSONS, 1e-4, None, tmp_path / "course.pt", seed=0)
    fit(replace(course, share=0.25), workers=1)  # of four steps, that two workers take in two
    first = torch.load(course.saved)
    assert first["step"] == 1
    fit(course, workers=2)
    last = torch.load(course.saved)
    assert last["step"] == 2
    write_weights(tmp_path / "weights", course)
    reading = Reader.load(tmp_path / "weights").read("how long is it", [PASSAGE])[0]
    assert len(reading.scores) == 2
    written = load_file(tmp_path / "weights" / "reader.safetensors")["sentence.weight"]
    before, learned = (state["network"]["sentence.weight"] for state in (first, last))
    assert not torch.equal(before, learned)
    assert torch.allclose(written.float(), learned, atol=1e-3)
