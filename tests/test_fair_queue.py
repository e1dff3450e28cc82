import threading
import time
from concurrent.futures import CancelledError, Future

import pytest

from bot.fair_queue import FairQueue, Overloaded
from tests.patience import PATIENCE


class Gate:
    """Work that waits until it is let go, and says what was done."""

    def __init__(self) -> None:
        self.begun = threading.Event()
        self.opened = threading.Event()
        self.done: list[str] = []

    def hold(self) -> None:
        """Wait."""
        self.begun.set()
        self.opened.wait(PATIENCE)


def queue_of(workers: int = 1, each: int = 100, most: int = 1000) -> FairQueue:
    return FairQueue("test", workers=workers, each=each, most=most)


def note(queue: FairQueue, gate: Gate, name: str, visitor: str) -> "Future[None]":
    return queue.submit(lambda: gate.done.append(name), visitor)


def test_what_the_work_gives_or_raises_comes_back() -> None:
    queue = queue_of()
    assert queue.submit(lambda: 7).result(PATIENCE) == 7
    with pytest.raises(ZeroDivisionError):
        queue.submit(lambda: 1 // 0).result(PATIENCE)
    assert queue.submit(lambda: 8).result(PATIENCE) == 8
    queue.close()


def test_each_visitor_has_a_turn_however_much_another_has_waiting() -> None:
    queue, gate = queue_of(), Gate()
    held = queue.submit(gate.hold, "ann")
    gate.begun.wait(PATIENCE)
    waiting = [note(queue, gate, f"ann {n}", "ann") for n in range(50)]
    waiting += [note(queue, gate, f"bob {n}", "bob") for n in range(2)]
    waiting += [note(queue, gate, "eve 0", "eve")]
    gate.opened.set()
    for each in (held, *waiting):
        each.result(PATIENCE)
    # Ann was served last when the others came; from then on it is a turn each.
    assert gate.done[:5] == ["bob 0", "eve 0", "ann 0", "bob 1", "ann 1"]
    assert len(gate.done) == 53
    queue.close()


def test_a_visitor_has_only_so_much_waiting_and_is_told_when_to_come_back() -> None:
    queue, gate = queue_of(each=3), Gate()
    queue.submit(gate.hold, "ann")
    gate.begun.wait(PATIENCE)
    for n in range(3):
        note(queue, gate, str(n), "ann")
    with pytest.raises(
        Overloaded, match=r"3 of your requests are waiting already\. Try again"
    ) as no:
        note(queue, gate, "one too many", "ann")
    assert no.value.retry_s >= 1
    bobs = note(queue, gate, "bob", "bob")
    gate.opened.set()
    bobs.result(PATIENCE)
    queue.close()


def test_who_has_little_waiting_is_let_in_though_all_room_is_taken() -> None:
    queue, gate = queue_of(most=6), Gate()
    queue.submit(gate.hold, "ann")
    gate.begun.wait(PATIENCE)
    anns = [note(queue, gate, f"ann {n}", "ann") for n in range(6)]
    bobs = [note(queue, gate, f"bob {n}", "bob") for n in range(3)]
    with pytest.raises(Overloaded, match="Too many people"):
        note(queue, gate, "bob 3", "bob")
    gate.opened.set()
    for each in (*anns[:3], *bobs):
        each.result(PATIENCE)
    for each in anns[3:]:
        with pytest.raises(Overloaded):
            each.result(PATIENCE)
    queue.close()


def test_what_was_given_up_before_its_turn_is_not_done() -> None:
    queue, gate = queue_of(each=2), Gate()
    held = queue.submit(gate.hold, "ann")
    gate.begun.wait(PATIENCE)
    given_up = note(queue, gate, "given up", "ann")
    assert given_up.cancel()
    kept = [note(queue, gate, f"kept {n}", "ann") for n in range(2)]  # there is room again
    gate.opened.set()
    for each in (held, *kept):
        each.result(PATIENCE)
    assert gate.done == ["kept 0", "kept 1"]
    queue.close()


def test_the_wait_is_foretold_from_what_was_before_and_how_long_it_took() -> None:
    queue, gate = queue_of(), Gate()
    assert queue.wait_s("bob") == 0
    for _ in range(60):
        queue.submit(lambda: time.sleep(0.01)).result(PATIENCE)
    queue.submit(gate.hold, "ann")
    gate.begun.wait(PATIENCE)
    for n in range(10):
        note(queue, gate, str(n), "ann")
    # Whoever comes new waits for one of Ann's, Ann herself for all of hers.
    assert 0 < queue.wait_s("bob") < queue.wait_s("ann")
    assert queue.wait_s("ann") / queue.wait_s("bob") == pytest.approx(11 / 2)
    gate.opened.set()
    queue.close()


def test_waiting_until_it_is_idle_ends_when_it_is_or_when_it_has_been_long_enough() -> None:
    queue, gate = queue_of(), Gate()
    queue.wait_until_idle(PATIENCE)
    held = queue.submit(gate.hold)
    queue.wait_until_idle(0.05)
    assert not held.done()
    threading.Timer(0.05, gate.opened.set).start()
    queue.wait_until_idle(PATIENCE)
    assert held.done()
    queue.close()


def test_closing_drops_what_waits_and_lets_end_what_runs() -> None:
    queue, gate = queue_of(), Gate()
    held = queue.submit(gate.hold)
    gate.begun.wait(PATIENCE)
    waiting = note(queue, gate, "waiting", "ann")
    threading.Timer(0.05, gate.opened.set).start()
    queue.close()
    assert held.done()
    with pytest.raises(CancelledError):
        waiting.result(PATIENCE)
    assert gate.done == []


def test_nothing_is_remembered_of_visitors_who_wait_for_nothing() -> None:
    queue = queue_of(workers=4)
    for each in [queue.submit(lambda: None, f"visitor {n}") for n in range(500)]:
        each.result(PATIENCE)
    queue.wait_until_idle(PATIENCE)
    assert (queue._waiting, queue._running.total(), queue._served) == ({}, 0, {})
    queue.close()
