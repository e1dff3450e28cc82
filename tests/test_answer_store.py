"""The file that kept answers and feedback are in."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.library import answer_store as limits
from bot.library.answer_store import AnswerStore, CannotSave
from bot.library.saved_answer import Feedback, SavedAnswer, SavedBlock, SavedCitation


def kept(question: str, *history: str) -> SavedAnswer:
    place = SavedCitation(1, "a", "v", 0, 4, 0.5, "Ann", "direct", (0, 2))
    block = SavedBlock(((place,),), ends_inside=True)
    return SavedAnswer(question, history, 2**62, "on x", "1 sentence.", (), None, (block,))


def test_an_answer_is_found_by_its_id_by_whoever_opens_the_file_next(tmp_path: Path) -> None:
    with AnswerStore.of(tmp_path) as store:
        answer_id = store.save(kept("who?", "what?"))
        assert store.save(kept("who?", "what?")) == answer_id
    with AnswerStore.of(tmp_path) as store:
        assert store.find(answer_id) == kept("who?", "what?")
        assert store.find("no such id") is None


def test_the_oldest_answers_go_when_there_are_too_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MAX_ANSWERS", 2)
    with AnswerStore.of(tmp_path) as store:
        ids = [store.save(kept(f"{n}?")) for n in range(3)]
        store.save(kept("1?"))  # asked for again: young again
        ids.append(store.save(kept("3?")))
        assert [n for n, each in enumerate(ids) if store.find(each)] == [1, 3]


def test_feedback_comes_out_as_it_was_given_until_there_is_no_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MAX_FEEDBACK", 20)  # a tenth of it for each
    said = [Feedback(kept("a?"), "right"), Feedback(kept("b?"), "wrong_speaker", 1, "<i>it's</i>")]
    with AnswerStore.of(tmp_path) as store:
        for each in said:
            store.add_feedback(each, "ann")
        with pytest.raises(CannotSave, match="no room"):
            store.add_feedback(said[0], "ann")
        assert store.feedback() == said
        store.add_feedback(said[0], "bo")
        store.forget_feedback(1)
        assert store.feedback() == [said[1], said[0]]


def test_nobody_pushes_out_what_another_has_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MAX_ANSWERS", 20)
    monkeypatch.setattr(limits, "MAX_FEEDBACK", 20)
    with AnswerStore.of(tmp_path) as store:
        first = store.save(kept("the first?"), "ann")
        store.add_feedback(Feedback(kept("the first?"), "right"), "ann")
        for n in range(30):
            store.save(kept(f"{n}?"), f"visitor {n // 2}")
            store.add_feedback(Feedback(kept(f"{n}?"), "right"), f"visitor {n // 2}")
        assert store.find(first)
        assert len(store.feedback()) == 20
        assert store.feedback()[0].answer.id == first


def test_a_conversation_that_is_too_long_is_not_kept(tmp_path: Path) -> None:
    with AnswerStore.of(tmp_path) as store, pytest.raises(CannotSave, match="too long"):
        store.save(kept("?", *["x" * 1000] * 50))


def test_many_may_keep_at_once(tmp_path: Path) -> None:
    def say(n: int) -> None:
        with AnswerStore.of(tmp_path) as store:
            store.save(kept(f"{n % 4}?"))
            store.add_feedback(Feedback(kept(f"{n}?"), "right"))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(say, range(16)))
    with AnswerStore.of(tmp_path) as store:
        assert len(store.feedback()) == 16
