"""Turns people's feedback on answers into gold questions for `bot eval`.

| verdict | of the whole answer | of one block of it |
|---|---|---|
| right | its sentences are gold; a refusal is right to refuse | its sentences are gold |
| missing | its sentences are gold, though not all | |
| wrong, wrong speaker | no gold: nobody said what would be right | the others are gold |

Of several verdicts on the same thing the last one counts. Words are read from the archive.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from bot.evaluation import Gold
from bot.library.saved_answer import Feedback, SavedAnswer, SavedCitation, Verdict, changes_since
from index.archive.archive import Archive

_BAD: frozenset[Verdict] = frozenset(("wrong", "wrong_speaker"))


def gold_questions(feedback: Iterable[Feedback], archive: Archive) -> tuple[list[Gold], list[str]]:
    """The gold questions, and one line for each answer that yields none."""
    judged: dict[str, list[Feedback]] = defaultdict(list)
    for each in feedback:
        judged[each.answer.id].append(each)
    golds, problems = [], []
    for given in judged.values():
        found = _gold(given, archive)
        if isinstance(found, str):
            problems.append(f"“{given[0].answer.question}”: {found}")
        else:
            golds.append(found)
    return golds, problems


def _gold(given: Sequence[Feedback], archive: Archive) -> Gold | str:
    """The gold question that the verdicts on one answer make, or why they make none."""
    kept = given[-1].answer
    block_of = {n: i for i, block in enumerate(kept.blocks) for n in block.places}
    verdicts = {each.number and block_of[each.number]: each.verdict for each in given}
    whole = verdicts.get(None)
    if whole in _BAD or (kept.reason and whole != "right"):
        return "nobody said what would have been right"
    changes = changes_since(kept, archive)
    if changes:
        return " and ".join(changes)
    places = [p for n, p in sorted(kept.places.items()) if verdicts.get(block_of[n]) not in _BAD]
    if not places and not kept.reason:
        return "nobody said what would have been right"
    return _record(kept, places, archive) | {"feedback": [_said(each) for each in given]}


def _said(feedback: Feedback) -> dict[str, Any]:
    return {
        "verdict": feedback.verdict,
        "number": feedback.number,
        "comment": feedback.comment,
        "generation": feedback.answer.generation,
    }


def _record(kept: SavedAnswer, places: Sequence[SavedCitation], archive: Archive) -> Gold:
    speakers = {place.speaker for place in places}
    asks_for_words = any(part.role == "speaker" for part in kept.parts)
    return {
        "id": f"feedback-{kept.id}",
        "question": kept.question,
        "history": [{"question": question} for question in kept.history],
        "answerable": not kept.reason,
        "unanswerable_kind": kept.reason,
        "speaker": speakers.pop() if asks_for_words and len(speakers) == 1 else None,
        "gold": [_wanted(place, archive) for place in places],
    }


def _wanted(place: SavedCitation, archive: Archive) -> dict[str, Any]:
    article = archive.article(place.article_id)
    text = article.text[place.start : place.end] if article else ""
    return {
        "article_id": place.article_id,
        "start": place.start,
        "end": place.end,
        "grade": "must",
        "text": text,
    }
