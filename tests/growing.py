"""Whether a piece of work takes time that grows with a text's length, and not with its square."""

import gc
import time
from collections import deque
from collections.abc import Callable, Iterator
from itertools import islice

_LEAST = 0.01  # seconds that are measured: below, the clock and the machine's other work decide
MOST = 2.5  # times as long for twice the text: 2 and what a machine at work adds
_PATIENCE_S = 6.0  # in which to measure again: longer than a burst of other work


def growth(
    work: Callable[[str], object],
    text: Callable[[int], str],
    longest: int,
    patience_s: float = _PATIENCE_S,
) -> float:
    """How many times as long the work takes on twice the text; 2 is as it should be.

    `text` gives one of that many characters. 0 where up to the longest it takes no time to speak
    of. What takes too long is measured again, and the best of each length counts, for other
    programs can only add to a time; then at greater lengths, for there may be a bound.
    """
    length = 1000
    while (once := _seconds(work, text(length))) < _LEAST and length < longest:
        length *= 2
    if once < _LEAST:
        return 0.0
    found = _growth_at(work, text, length, once, patience_s)
    while found > MOST and (length := 2 * length) <= longest:
        found = _growth_at(work, text, length, _seconds(work, text(length)), patience_s)
    return found


def _growth_at(
    work: Callable[[str], object],
    text: Callable[[int], str],
    length: int,
    once: float,
    patience_s: float,
) -> float:
    """`once` is a first time of the shorter text: a single one may be another's."""
    twice, end = float("inf"), time.monotonic() + patience_s
    while twice == float("inf") or (twice > MOST * once and time.monotonic() < end):
        once = min(once, _seconds(work, text(length)))
        twice = min(twice, _seconds(work, text(2 * length)))
    return twice / once


def do(work: Callable[[str], object], text: str, most: int | None = None) -> None:
    """Do the work; of one that gives one thing after the other only the first ones."""
    found = work(text)
    if isinstance(found, Iterator):
        deque(islice(found, most), maxlen=0)


def _seconds(work: Callable[[str], object], text: str) -> float:
    """How long the work takes by itself: a collection of all that other tests left is not its."""
    gc.disable()
    try:
        began = time.thread_time()
        do(work, text)
        return time.thread_time() - began
    finally:
        gc.enable()
