"""Trains the judge's weights on the drafts of annotators and our own, and has its network in torch.

    python -m bot.training.train_judge --data ../shared/data --out build/judge

Writes OUT/weights, for `Judge.load`: a network of each course; courses differ in their seeds. A run
that was cut short goes on from its last checkpoint; `--seed N` in a process of its own runs one of
the courses beside the others. The levels are set on a fifth of the annotators' articles, which are
not learned. A course takes an hour of one quiet core.
"""

import random
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import click
import numpy as np
import torch
from safetensors.torch import load_file
from sklearn.metrics import roc_auc_score  # type: ignore[import-untyped]
from torch import Tensor, nn
from torch.nn import functional

from bot.drafting.checking.judge import FORMAT
from bot.drafting.checking.judge_input import Standing
from bot.network_weights import WEIGHTS, WORDS, save_weights
from bot.training.judge_lessons import OURS, JudgeLesson, Preparer, annotated, of_benchmark
from bot.training.progress import Progress, is_bfloat16_faster
from bot.training.reader_network import Encoder, Packed
from index.archive.embedding.encoder import WIDTH
from index.archive.embedding.minilm import default_folder, read_tokenizer

ROWS = 32  # a step
SAVE_EVERY = 40  # steps
# Of the true drafts, the share that the level, with the speakers, names, figures and quotations
# that are compared, removes. At less, more false ones pass than by the word lists that went before.
REMOVED = 0.16
SURELY = 0.05
_FRESH = ("carried.", "wrong.", "types.")
FOLDS = 5  # one of them sets the levels, and is not learned
_WORDS, _TWINS, _UNKNOWN = 0.5, 0.3, 0.2  # what each part of the loss counts beside the whole


_EPOCHS, _RATE = 2, 1e-4
SEEDS = (0, 1)
_TIMES = 2  # a course goes through the annotators' drafts, beside once through all others
_DROPOUT = 0.1
_EVIDENCE = (Standing.EVIDENCE, Standing.SHARED)


@dataclass(frozen=True, slots=True)
class JudgeLogits:
    """`carried`: one a row, higher is better. `wrong`: one a token, higher is worse."""

    carried: Tensor
    wrong: Tensor


class JudgeNetwork(Encoder):
    """BERT's encoder, whose types of tokens are standings, and two heads."""

    def __init__(self, dropout: float = 0.0) -> None:
        super().__init__(len(Standing), dropout)
        self.carried = nn.Linear(WIDTH, 1)
        self.wrong = nn.Linear(WIDTH, 1)

    def forward(self, packed: Packed) -> JudgeLogits:
        """Judge every row of the pack."""
        x, firsts = self.states(packed)
        return JudgeLogits(
            self.carried(self.dropout(firsts)).squeeze(-1).float(),
            self.wrong(self.dropout(x)).squeeze(-1).float(),
        )


def begin_from(weights: Mapping[str, Tensor]) -> JudgeNetwork:
    """A network with another encoder's layers, to learn from there; the heads begin at random.

    `weights` has the tensors of an encoder with two types of tokens: of a first and a second text.
    """
    network = JudgeNetwork(_DROPOUT)
    first, second = weights["types.weight"][0], weights["types.weight"][1]
    types = torch.stack([second if standing in _EVIDENCE else first for standing in Standing])
    known = {name: tensor for name, tensor in weights.items() if name in network.state_dict()}
    network.load_state_dict({**known, "types.weight": types}, strict=False)
    # The word vectors stay the embedder's own, so that they need not ship twice.
    network.words.weight.requires_grad_(False)
    return network


def _packed(lessons: Sequence[JudgeLesson]) -> Packed:
    rows = [lesson.row for lesson in lessons]
    return Packed.of([row.ids for row in rows], [row.standings for row in rows])


@dataclass(frozen=True, slots=True)
class JudgeCourse:
    """What to learn, and where to keep the outcome."""

    lessons: Sequence[JudgeLesson]
    saved: Path
    seed: int


def batches(course: JudgeCourse) -> list[list[JudgeLesson]]:
    """All steps of a course; drafts over the same sentences in one step, as far as may be."""
    chance = random.Random(course.seed)  # noqa: S311 (not a secret)
    steps = []
    for _ in range(_EPOCHS):
        groups = defaultdict(list)
        for lesson in course.lessons:
            groups[lesson.twins].append(lesson)
        mixed = list(groups.values())
        chance.shuffle(mixed)
        flat = [lesson for group in mixed for lesson in group]
        steps += [flat[n : n + ROWS] for n in range(0, len(flat), ROWS)]
    return steps


def fit(course: JudgeCourse, begin: dict[str, Tensor]) -> JudgeNetwork:
    """Go through a course; resumes from `saved` where it was cut short."""
    torch.manual_seed(course.seed)
    network = begin_from(begin)
    steps = batches(course)
    progress = Progress(network, _RATE, len(steps), _FRESH, course.saved)
    first = progress.done
    network.train()
    began = time.monotonic()
    for lessons in steps[first:]:
        wrong = loss(network, lessons)
        torch.autograd.backward(wrong)
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        progress.step()
        n = progress.done
        if n % SAVE_EVERY == 0 or n == len(steps):
            progress.save()
            left = (time.monotonic() - began) / (n - first) * (len(steps) - n) / 60
            click.echo(f"{n}/{len(steps)} loss {float(wrong.detach()):.3f}, {left:.0f} min left")
    return network.eval()


def loss(network: JudgeNetwork, lessons: Sequence[JudgeLesson]) -> Tensor:
    """Add up what is wrong: drafts one by one, true ones against their twins, word by word."""
    with torch.autocast("cpu", torch.bfloat16, enabled=is_bfloat16_faster()):
        logits = network(_packed(lessons))
    wanted = torch.tensor([float(lesson.is_true) for lesson in lessons])
    whole = functional.binary_cross_entropy_with_logits(logits.carried, wanted)
    return whole + _TWINS * _twins(logits, lessons) + _words(logits, lessons)


def _twins(logits: JudgeLogits, lessons: Sequence[JudgeLesson]) -> Tensor:
    pairs = [
        functional.softplus(logits.carried[false] - logits.carried[true])
        for true, a in enumerate(lessons)
        if a.is_true
        for false, b in enumerate(lessons)
        if a.twins == b.twins and not b.is_true
    ]
    return torch.stack(pairs).mean() if pairs else logits.carried.sum() * 0


def _words(logits: JudgeLogits, lessons: Sequence[JudgeLesson]) -> Tensor:
    """The loss by word if the wrong words are known; otherwise that none is found to be wrong."""
    known, unknown = [], []
    rows = torch.split(logits.wrong, [len(lesson.row.ids) for lesson in lessons])
    for lesson, row in zip(lessons, rows, strict=True):
        words = row[1 : 1 + len(lesson.row.places)]
        if lesson.wrong is not None:
            wanted = torch.tensor(lesson.wrong, dtype=torch.float32)
            known.append(functional.binary_cross_entropy_with_logits(words, wanted))
        else:
            unknown.append(functional.softplus(1.0 - torch.logsumexp(2 * words, dim=0) / 2))
    total = logits.wrong.sum() * 0
    if known:
        total = total + _WORDS * torch.stack(known).mean()
    return total + _UNKNOWN * torch.stack(unknown).sum() / len(lessons) if unknown else total


@dataclass(frozen=True, slots=True)
class JudgedLesson:
    """A lesson that was not learned, and the mean of the logits that the networks give it."""

    lesson: JudgeLesson
    logit: float

    @property
    def score(self) -> float:
        """The logit, unless what needs no judgement gives the draft away."""
        return -np.inf if self.lesson.is_plainly_false else self.logit


def judge_lessons(
    networks: Sequence[JudgeNetwork], lessons: Sequence[JudgeLesson]
) -> list[JudgedLesson]:
    """Let networks judge lessons together."""
    steps = [lessons[n : n + ROWS] for n in range(0, len(lessons), ROWS)]
    logits = [logit for step in steps for logit in _logits(networks, step)]
    return [JudgedLesson(*pair) for pair in zip(lessons, logits, strict=True)]


def levels_of(judged: Sequence[JudgedLesson]) -> dict[str, float]:
    """The supports from which drafts pass, `level`, and those that are doubted, `sure`.

    Below the first REMOVED of the true drafts fall, with what needs no judgement; from the second
    on SURELY of the false ones that are doubted pass.
    """
    true = [each.score for each in judged if each.lesson.is_true]
    false = [j.logit for j in judged if j.lesson.is_doubted and not j.lesson.is_true]
    level = float(np.sort(true)[int(REMOVED * len(true))])
    sure = float(np.quantile(false, 1 - SURELY)) if false else level
    return {"level": _chance(level), "sure": _chance(max(level, sure))}


def tell(judged: Sequence[JudgedLesson], levels: Mapping[str, float]) -> str:
    """How well true and false are told apart: by rank, and at the levels."""

    def removed(*, true: bool) -> float:
        bars = ((j, levels["sure" if j.lesson.is_doubted else "level"]) for j in judged)
        fallen = [_chance(j.score) < bar for j, bar in bars if j.lesson.is_true == true]
        return float(np.mean(fallen))

    area = roc_auc_score([j.lesson.is_true for j in judged], [j.logit for j in judged])
    return (
        f"{len(judged)} drafts, AUC of the network {area:.3f}, "
        f"false caught {removed(true=False):.3f}, true removed {removed(true=True):.3f}"
    )


def _chance(logit: float) -> float:
    return round(float(1 / (1 + np.exp(-logit))), 4)


def _logits(networks: Sequence[JudgeNetwork], lessons: Sequence[JudgeLesson]) -> list[float]:
    rows = _packed(lessons)
    with torch.inference_mode():
        each = torch.stack([network(rows).carried for network in networks])
    found: list[float] = each.mean(dim=0).tolist()
    return found


def write_weights(
    networks: Sequence[JudgeNetwork], levels: Mapping[str, float], folder: Path
) -> None:
    """Write the weights as the judge loads them."""
    learned = {
        f"{number}.{name}": tensor.half().numpy()
        for number, network in enumerate(networks)
        for name, tensor in network.state_dict().items()
        if name != WORDS
    }
    save_weights("judge", FORMAT, folder, learned, **levels)


def reader_tensors(folder: Path) -> dict[str, Tensor]:
    """The reader's encoder, in 32 bits, on the embedder's word vectors."""
    words = load_file(default_folder() / "model.safetensors")
    known = load_file(folder / "reader.safetensors")
    tensors = {name: tensor.float() for name, tensor in known.items()}
    found = {"words.weight": words["embeddings.word_embeddings.weight"], **tensors}
    assert found["words.weight"].shape[1] == WIDTH  # noqa: S101
    return found


@click.command()
@click.option("--data", type=click.Path(path_type=Path, exists=True), required=True)
@click.option("--out", type=click.Path(path_type=Path), required=True)
@click.option("--reader", type=click.Path(path_type=Path), default=WEIGHTS)
@click.option("--threads", default=1, show_default=True)
@click.option("--seed", "seeds", multiple=True, type=int, default=SEEDS, show_default=True)
def main(data: Path, out: Path, reader: Path, threads: int, seeds: tuple[int, ...]) -> None:
    """Train the judge on the shared data sets; a run that was cut short goes on."""
    torch.set_num_threads(threads)
    out.mkdir(parents=True, exist_ok=True)
    drafts = annotated(data, data / "drafts/train.jsonl")
    held = set(sorted({case.article.url or "" for case in drafts})[::FOLDS])
    preparer = Preparer(read_tokenizer())

    own = annotated(data, OURS)
    learned = [*own, *of_benchmark(), *drafts * _TIMES]
    lessons = [preparer.lesson(case) for case in learned if case.article.url not in held]
    begin = reader_tensors(reader)
    courses = [JudgeCourse(lessons, out / f"course-{seed}.pt", seed) for seed in seeds]
    networks = [fit(course, begin) for course in courses]
    theirs, ours = (
        judge_lessons(networks, [preparer.lesson(c) for c in cases if c.article.url in held])
        for cases in (drafts, own)
    )
    levels = levels_of([*theirs, *ours])
    write_weights(networks, levels, out / "weights")
    click.echo(f"annotators: {tell(theirs, levels)}\nour own: {tell(ours, levels)}")


if __name__ == "__main__":
    main()
