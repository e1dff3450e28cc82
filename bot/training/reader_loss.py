"""One training step of the reader: targets and loss.

Batches are whole lessons, so that a question's sentences compete with one another. Knows nothing of
files or data sets.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from bot.selecting.reading.reader_input import TokenRow, tokenize
from bot.training.reader_lessons import IGNORED, Example, Lesson
from bot.training.reader_network import PackedPassages, TrainingLogits, lay_out

FORGOTTEN = -1


@dataclass(frozen=True, slots=True)
class Batch:
    """Packed sequences and their targets.

    `read` marks the sentences within the length limit whose target is known; `lesson` numbers each
    sentence's question; `starts` and `ends` are positions in each sequence (0: no short answer; -1:
    unknown).
    """

    packed: PackedPassages
    targets: Tensor
    read: Tensor
    lesson: Tensor
    answers: Tensor
    starts: tuple[int, ...]
    ends: tuple[int, ...]


def make_batch(lessons: Sequence[Lesson], tokenizer: Tokenizer) -> Batch:
    """Tokenize every example of the lessons and pack them."""
    examples = [example for lesson in lessons for example in lesson]
    numbers = [number for number, lesson in enumerate(lessons) for _ in lesson]
    cut = [tokenize(tokenizer, e.question, [e.passage])[0] for e in examples]
    pack = lay_out(cut)
    targets = torch.tensor([t for e in examples for t in e.targets])
    inside = torch.bincount(pack.segments[pack.segments >= 0], minlength=pack.sentences) > 0
    spans = [_short_tokens(e, c) for e, c in zip(examples, cut, strict=True)]
    return Batch(
        pack,
        targets,
        inside & (targets >= 0),
        torch.tensor([n for n, e in zip(numbers, examples, strict=True) for _ in e.targets]),
        torch.tensor([_answers(e.targets) for e in examples]),
        tuple(start for start, _ in spans),
        tuple(end for _, end in spans),
    )


def _answers(targets: Sequence[float]) -> float:
    if max(targets) > 0:
        return 1.0
    return IGNORED if min(targets) < 0 else 0.0


def _short_tokens(example: Example, cut: TokenRow) -> tuple[int, int]:
    if example.spanless:
        return FORGOTTEN, FORGOTTEN
    if example.short is None:
        return 0, 0
    sentence, start, end = example.short
    inside = [
        number
        for number, place in enumerate(cut.places)
        if place and place.sentence == sentence and place.start < end and place.end > start
    ]
    return (inside[0], inside[-1]) if inside else (FORGOTTEN, FORGOTTEN)


def loss(logits: TrainingLogits, batch: Batch) -> Tensor:
    """The sum of the losses: per sentence, between sentences, per passage, and of the span."""
    read = batch.read
    wrong = functional.binary_cross_entropy_with_logits(
        logits.sentences[read], batch.targets[read], reduction="sum"
    ) / max(int(read.sum()), 1)
    known = batch.answers >= 0
    passage = functional.binary_cross_entropy_with_logits(
        logits.answers[known], batch.answers[known], reduction="sum"
    ) / len(known)
    return wrong + 0.5 * _ranking(logits, batch) + 0.4 * passage + 0.2 * _spans(logits, batch)


def _ranking(logits: TrainingLogits, batch: Batch) -> Tensor:
    """The loss of a question's sentences against one another, and against "none" at logit 0."""
    losses = []
    for number in range(int(batch.lesson.max()) + 1):
        inside = (batch.lesson == number) & batch.read
        wanted = functional.pad(batch.targets[inside], (1, 0))
        wanted[0] = float(wanted.max() == 0)
        chances = functional.log_softmax(functional.pad(logits.sentences[inside], (1, 0)), dim=0)
        losses.append(-(wanted * chances).sum() / wanted.sum())
    return torch.stack(losses).mean()


def _spans(logits: TrainingLogits, batch: Batch) -> Tensor:
    losses = []
    lengths = list(batch.packed.lengths)
    for wanted, every in ((batch.starts, logits.starts), (batch.ends, logits.ends)):
        for place, tokens in zip(wanted, torch.split(every, lengths), strict=True):
            if place != FORGOTTEN:
                losses.append(functional.cross_entropy(tokens, torch.tensor(place)))
    return torch.stack(losses).mean() if losses else logits.starts.sum() * 0
