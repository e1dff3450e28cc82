"""Training end to end, in small: a checkpoint, going on from it, weights that the reader loads."""

import shutil
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
    saved = tmp_path / "course.pt"
    part = ReaderCourse(LESSONS, 1e-4, None, saved, seed=0, share=0.25)
    fit(part, workers=1)  # of four steps, that two workers take in two
    assert torch.load(saved)["step"] == 1
    early = replace(part, saved=tmp_path / "early.pt")
    shutil.copy(saved, early.saved)
    whole = ReaderCourse(LESSONS, 1e-4, None, saved, seed=0)
    fit(whole, workers=2)
    assert torch.load(saved)["step"] == 2
    write_weights(tmp_path / "weights", early, whole)
    reading = Reader.load(tmp_path / "weights").read("how long is it", [PASSAGE])[0]
    assert len(reading.scores) == 2
    first, last = (
        torch.load(course.saved)["network"]["sentence.weight"] for course in (early, whole)
    )
    written = load_file(tmp_path / "weights" / "reader.safetensors")["sentence.weight"]
    assert not torch.equal(first, last)
    assert torch.allclose(written.float(), (first + last) / 2, atol=1e-3)
