"""Lays out the points of a timeline so that none hides another at any width.

Horizontally in percent of the width, vertically in pixels: the picture stretches and its points
stay round. Knows nothing of statements, nor of SVG.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

ROW = 14  # pixels from one point to the next above it
_MIN_ROWS, _MAX_ROWS = 2, 10
_MARGIN = 4.0  # percent left free at both sides
# A point's width in percent of the narrowest picture, and that of "+99".
_POINT, _NUMBER = 4.5, 12.0
# The width of "Mar 2025" and of "2025", with room beside it.
_MONTH_LABEL, _YEAR_LABEL = 22.0, 14.0
_TOP, _BOTTOM = 22, 58
_YEAR = 12  # months
_MAX_STARTS = 12
_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 1200, 6000, 12000)  # months from one tick to the next


@dataclass(frozen=True, slots=True)
class Point:
    """The place of day `n`; `more` counts the days from `n` on that had no room."""

    x: float
    y: int
    n: int
    more: int = 0


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on the axis."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Plot:
    """Everything to draw. `axis` and `height` are in pixels from the top."""

    points: tuple[Point, ...]
    more: tuple[Point, ...]
    ticks: tuple[Tick, ...]
    axis: int
    height: int


def plot(days: Sequence[date]) -> Plot:
    """Place one or more days, given in order; points of the same day are stacked."""
    scale = _Scale(days[0], days[-1])
    rows: list[float] = []  # where the last point of each row stands
    placed: list[tuple[float, int, int]] = []
    over: list[tuple[float, int, int]] = []
    for n, day in enumerate(days):
        x = scale.x(day)
        row = next((r for r, last in enumerate(rows) if x - last >= _POINT), len(rows))
        if row < _MAX_ROWS:
            rows[row : row + 1] = [x]
            placed.append((x, row, n))
        elif over and x - over[-1][0] < _NUMBER:
            over[-1] = (*over[-1][:2], over[-1][2] + 1)
        else:
            over.append((x, n, 1))
    axis = _TOP * bool(over) + ROW * max(len(rows), _MIN_ROWS) + ROW // 2
    return Plot(
        tuple(Point(x, axis - ROW * (row + 1) + 2, n) for x, row, n in placed),
        tuple(Point(x, ROW, n, more) for x, n, more in over),
        tuple(_ticks(scale)),
        axis,
        axis + _BOTTOM,
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    first: date
    last: date

    def x(self, day: date) -> float:
        if self.first == self.last:
            return 50.0
        share = (day - self.first) / (self.last - self.first)
        return round(_MARGIN + (100 - 2 * _MARGIN) * share, 2)


def _ticks(scale: _Scale) -> Iterator[Tick]:
    """Few round months or years between the first day and the last, or none."""
    months = [12 * day.year + day.month - 1 for day in (scale.first, scale.last)]
    for step in _STEPS:
        starts = range(-(-months[0] // step) * step, months[1] + 1, step)
        if len(starts) <= _MAX_STARTS:
            room = _YEAR_LABEL if step >= _YEAR else _MONTH_LABEL
            days = [date(month // 12, month % 12 + 1, 1) for month in starts]
            placed = [(scale.x(day), day) for day in days if day > scale.first]
            ticks = [(x, day) for x, day in placed if room / 2 <= x <= 100 - room / 2]
            if all(right - left >= room for (left, _), (right, _) in pairwise(ticks)):
                form = "%Y" if step >= _YEAR else "%b %Y"
                yield from (Tick(x, day.strftime(form)) for x, day in ticks)
                return
