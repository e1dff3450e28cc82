"""What the works of test_growing.py take at the greatest length that an article may have.

Of many articles as many are read as one request may add, and of a draft what the writer reads.
Each is done in a process of its own, which ends after a limit. The seconds are processor time.

    python -m tests.long_texts [CHARACTERS [SHARE]]     # 5,000,000 and all; 3: a drawn third
"""

import os
import random
import resource
import sys
import time
from collections.abc import Callable, Iterator

from bot.drafting.writer import CHARACTERS_A_TOKEN
from bot.settings import Limits, Model
from index.reading.records import MAX_TEXT
from tests.growing import do
from tests.test_growing import WORKS, in_pieces, said

_MODEL = Model(base_url="http://localhost", name="any")
_DRAFT = CHARACTERS_A_TOKEN * _MODEL.max_tokens
_ARTICLES = Limits().articles + 1  # by the next it is known that there are more
_LIMIT = 25  # seconds
_ASKED = 10


def seconds(work: Callable[[str], object], text: str) -> float:
    """How long a work takes; infinite if longer than the limit."""
    read, write = os.pipe()
    if child := os.fork():
        os.close(write)
        os.waitpid(child, 0)
        with os.fdopen(read) as told:
            return float(told.read() or "inf")
    resource.setrlimit(resource.RLIMIT_CPU, (_LIMIT, _LIMIT))
    began = time.process_time()
    do(work, text, _ARTICLES)
    os.write(write, str(time.process_time() - began).encode())
    os._exit(0)


def taken(characters: int, share: int) -> Iterator[tuple[str, float]]:
    """The drawn works by name, each with its seconds."""
    cases = [(name, work, piece) for name, (work, _, pieces) in WORKS.items() for piece in pieces]
    chance = random.Random(18)  # noqa: S311 - no secret
    for name, work, piece in chance.sample(cases, len(cases) // share):
        n = min(characters, _DRAFT) if work is in_pieces else characters
        yield f"{name}: {piece}", seconds(work, said(piece)(n))


def main(characters: int = MAX_TEXT, share: int = 1) -> None:
    """Print each work as it is done, and how many were done in the time that is asked."""
    times = []
    for name, took in taken(characters, share):
        times.append(took)
        sys.stdout.write(f"{took:6.1f} s  {name}\n")
        sys.stdout.flush()
    n_within = sum(took <= _ASKED for took in times)
    sys.stdout.write(f"{n_within} of {len(times)} within {_ASKED} s\n")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
