"""The file that kept answers and feedback are in."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.library import keeper as limits
from bot.library.keeper import CannotKeep, Keeper
from bot.library.kept import Feedback, Kept, KeptBlock, KeptPlace


def kept(question: str, *history: str) -> Kept:
    place = KeptPlace(1, "a", "v", 0, 4, 0.5, "Ann", "direct", (0, 2))
    block = KeptBlock(((place,),), ends_inside=True)
    return Kept(question, history, 2**62, "on x", "1 sentence.", (), None, (block,))


def test_an_answer_is_found_by_its_id_by_whoever_opens_the_file_next(tmp_path: Path) -> None:
    with Keeper.of(tmp_path) as keeper:
        answer_id = keeper.keep(kept("who?", "what?"))
        assert keeper.keep(kept("who?", "what?")) == answer_id
    with Keeper.of(tmp_path) as keeper:
        assert keeper.find(answer_id) == kept("who?", "what?")
        assert keeper.find("no such id") is None


def test_the_oldest_answers_go_when_there_are_too_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MAX_ANSWERS", 2)
    with Keeper.of(tmp_path) as keeper:
        ids = [keeper.keep(kept(f"{n}?")) for n in range(3)]
        keeper.keep(kept("1?"))  # asked for again: young again
        ids.append(keeper.keep(kept("3?")))
        assert [n for n, each in enumerate(ids) if keeper.find(each)] == [1, 3]


def test_feedback_comes_out_as_it_was_given_until_there_is_no_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MAX_FEEDBACK", 20)  # a tenth of it for each
    said = [Feedback(kept("a?"), "right"), Feedback(kept("b?"), "wrong_speaker", 1, "<i>it's</i>")]
    with Keeper.of(tmp_path) as keeper:
        for each in said:
            keeper.add_feedback(each, "ann")
        with pytest.raises(CannotKeep, match="no room"):
            keeper.add_feedback(said[0], "ann")
        assert keeper.feedback() == said
        keeper.add_feedback(said[0], "bo")
        keeper.forget_feedback(1)
        assert keeper.feedback() == [said[1], said[0]]


def test_nobody_pushes_out_what_another_has_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MAX_ANSWERS", 20)
    monkeypatch.setattr(limits, "MAX_FEEDBACK", 20)
    with Keeper.of(tmp_path) as keeper:
        first = keeper.keep(kept("the first?"), "ann")
        keeper.add_feedback(Feedback(kept("the first?"), "right"), "ann")
        for n in range(30):
            keeper.keep(kept(f"{n}?"), f"visitor {n // 2}")
            keeper.add_feedback(Feedback(kept(f"{n}?"), "right"), f"visitor {n // 2}")
        assert keeper.find(first)
        assert len(keeper.feedback()) == 20
        assert keeper.feedback()[0].answer.id == first


def test_a_conversation_that_is_too_long_is_not_kept(tmp_path: Path) -> None:
    with Keeper.of(tmp_path) as keeper, pytest.raises(CannotKeep, match="too long"):
        keeper.keep(kept("?", *["x" * 1000] * 50))


def test_many_may_keep_at_once(tmp_path: Path) -> None:
    def say(n: int) -> None:
        with Keeper.of(tmp_path) as keeper:
            keeper.keep(kept(f"{n % 4}?"))
            keeper.add_feedback(Feedback(kept(f"{n}?"), "right"))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(say, range(16)))
    with Keeper.of(tmp_path) as keeper:
        assert len(keeper.feedback()) == 16
