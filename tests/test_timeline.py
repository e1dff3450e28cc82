from datetime import date, timedelta
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.web.pages.timeline import ROW, plot

DAY = date(2025, 9, 5)


def test_one_day_stands_in_the_middle() -> None:
    drawn = plot([DAY])
    assert [point.x for point in drawn.points] == [50.0]
    assert (drawn.ticks, drawn.more) == ((), ())


def test_the_first_stands_left_and_the_last_right_and_time_between() -> None:
    drawn = plot([date(2020, 1, 1), date(2021, 1, 1), date(2024, 1, 1)])
    first, second, last = (point.x for point in drawn.points)
    assert first < 5 < 25 < second < 30 < 95 < last
    assert {point.y for point in drawn.points} == {drawn.points[0].y}
    assert [tick.label for tick in drawn.ticks] == ["2021", "2022", "2023"]


def test_points_of_one_day_stand_on_each_other() -> None:
    drawn = plot([DAY, DAY, DAY])
    assert [point.x for point in drawn.points] == [50.0] * 3
    assert [drawn.points[0].y - point.y for point in drawn.points] == [0, ROW, 2 * ROW]


def test_where_there_is_no_room_the_rest_is_counted_once() -> None:
    drawn = plot([DAY] * 30 + [DAY + timedelta(days=400)] * 11)
    assert [(more.n, more.more) for more in drawn.more] == [(10, 20), (40, 1)]
    assert len(drawn.points) == 20
    assert min(point.y for point in drawn.points) > drawn.more[0].y + ROW // 2


@pytest.mark.parametrize(
    ("days", "labels"),
    [
        (3, []),
        (100, ["Oct 2025", "Nov 2025", "Dec 2025"]),
        (365, ["Jan 2026", "Apr 2026", "Jul 2026"]),
        (1500, ["2026", "2027", "2028", "2029"]),
        (15000, ["2030", "2040", "2050", "2060"]),
    ],
)
def test_the_axis_has_a_few_round_dates(days: int, labels: list[str]) -> None:
    drawn = plot([DAY, DAY + timedelta(days=days)])
    assert [tick.label for tick in drawn.ticks] == labels


@given(st.lists(st.dates(), min_size=1, max_size=120).map(sorted))
def test_every_day_is_drawn_or_counted_and_no_point_hides_another(days: list[date]) -> None:
    drawn = plot(days)
    assert len(drawn.points) + sum(more.more for more in drawn.more) == len(days)
    for one, other in combinations(drawn.points, 2):
        assert abs(one.x - other.x) >= 4.49 or abs(one.y - other.y) >= ROW
    for point in (*drawn.points, *drawn.more):
        assert 0 < point.x < 100
        assert 0 < point.y < drawn.axis < drawn.height
    for left, right in pairwise(drawn.ticks):
        assert right.x - left.x >= 2.5 * len(left.label)
