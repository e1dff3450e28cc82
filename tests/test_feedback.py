"""Verdicts become gold questions."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.__main__ import cli
from bot.answer import Part, Reason
from bot.evaluation import read_golds
from bot.library.answer_store import AnswerStore
from bot.library.feedback import gold_questions
from bot.library.saved_answer import Feedback, SavedAnswer, SavedBlock, SavedCitation, Verdict
from index.archive.archive import Archive
from tests.archives import put, story

SAID = (Part("speaker", "Ann", "?", (0, 1)),)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "archive", create=True) as archive:
        put(archive, story(3))
        put(archive, story(4))
        yield archive


def answered(reason: Reason | None = None) -> SavedAnswer:
    """Three sentences of one article, the last two in one block, or a refusal."""
    version = story(3).version
    places = [SavedCitation(n, "story-3", version, 4 * n, 4 * n + 8, 1.0, "Ann") for n in (1, 2, 3)]
    blocks = (SavedBlock(((places[0],),)), SavedBlock(tuple((place,) for place in places[1:])))
    return SavedAnswer("who?", ("what?",), 0, "Ann", "m", SAID, reason, () if reason else blocks)


Verdicts = list[tuple[Verdict, int | None]]


@pytest.mark.parametrize(
    ("verdicts", "starts"),
    [
        ([("right", None)], [4, 8, 12]),
        ([("missing", None)], [4, 8, 12]),
        ([("wrong", 1)], [8, 12]),
        ([("wrong_speaker", 2)], [4]),
        ([("wrong_speaker", 3)], [4]),
        ([("wrong", 1), ("right", None)], [8, 12]),
        ([("wrong", 1), ("right", 1)], [4, 8, 12]),
        ([("wrong", 3), ("right", 2)], [4, 8, 12]),
        ([("wrong", None), ("right", None)], [4, 8, 12]),
    ],
)
def test_the_sentences_that_nobody_found_wrong_are_gold(
    archive: Archive, tmp_path: Path, verdicts: Verdicts, starts: list[int]
) -> None:
    feedback = [Feedback(answered(), verdict, number, "so") for verdict, number in verdicts]
    ((gold,), problems) = gold_questions(feedback, archive)
    assert problems == []
    assert [wanted["start"] for wanted in gold["gold"]] == starts
    for wanted in gold["gold"]:
        assert wanted["text"] == story(3).text[wanted["start"] : wanted["end"]]
    assert (gold["question"], gold["history"]) == ("who?", [{"question": "what?"}])
    assert gold["speaker"] == "Ann"
    assert len(gold["feedback"]) == len(verdicts)
    file = tmp_path / "gold.jsonl"
    file.write_text(json.dumps(gold), encoding="utf-8")
    assert read_golds(file) == [gold]


@pytest.mark.parametrize(
    "verdicts", [[("wrong", None)], [("wrong_speaker", None)], [("wrong", 1), ("wrong", 2)]]
)
def test_who_says_only_what_is_wrong_gives_no_gold(archive: Archive, verdicts: Verdicts) -> None:
    feedback = [Feedback(answered(), verdict, number) for verdict, number in verdicts]
    golds, (problem,) = gold_questions(feedback, archive)
    assert golds == []
    assert problem == "“who?”: nobody said what would have been right"


def test_a_refusal_that_is_right_is_a_question_to_refuse(archive: Archive) -> None:
    refused = answered("off_topic")
    ((gold,), _) = gold_questions([Feedback(refused, "right")], archive)
    assert (gold["answerable"], gold["unanswerable_kind"]) == (False, "off_topic")
    assert gold["gold"] == []
    assert gold_questions([Feedback(refused, "missing")], archive)[0] == []


def test_what_was_said_of_an_article_that_has_changed_is_not_exported(archive: Archive) -> None:
    put(archive, story(3, words=2))
    golds, (problem,) = gold_questions([Feedback(answered(), "right")], archive)
    assert golds == []
    assert problem == "“who?”: “Title 3” has been corrected, though not what was cited of it"


def test_the_command_prints_gold_and_says_what_it_leaves_out(archive: Archive) -> None:
    with AnswerStore.of(archive.address) as store:
        store.add_feedback(Feedback(answered(), "right", None, "thanks"))
        store.add_feedback(Feedback(answered("off_topic"), "wrong"))
    command = ["feedback", "--archive", str(archive.address), "--forget"]
    done = CliRunner().invoke(cli, command)
    assert done.exit_code == 0
    (gold,) = map(json.loads, done.stdout.splitlines())
    assert gold["feedback"][0]["comment"] == "thanks"
    assert done.stderr == "no gold: “who?”: nobody said what would have been right\n"
    assert CliRunner().invoke(cli, command).stdout == ""
