"""What is made of parsed sentences by rule: falsehoods, rephrasings, and what states nothing."""

import random
from collections.abc import Iterator

import pytest

from bot.training.falsehoods import Around, Falsifier
from bot.training.nonsense import nonsense
from bot.training.parsed import Parsed
from bot.training.rephrasings import Rephraser, joined, shortened
from bot.training.rewriting import Inflections, RewrittenDraft, pieces_of, render
from tests.parses import SAID, VISITED

FORMS = Inflections([SAID, VISITED])
AROUND = Around({"PERSON": ["Zoe Quill"], "GPE": ["Paris"]}, ["34"], [["on", "a", "boat"]])


def words(sentence: Parsed) -> range:
    return range(len(sentence.words))


def false_ones(sentence: Parsed) -> Iterator[RewrittenDraft]:
    for seed in range(20):
        falsifier = Falsifier(FORMS, random.Random(seed))  # noqa: S311 (not a secret)
        yield from (render(k, p) for k, p in falsifier.all(sentence, words(sentence), AROUND))


def rephrased(sentence: Parsed) -> set[tuple[bool, str, str]]:
    found = set()
    for seed in range(20):
        rephraser = Rephraser(FORMS, random.Random(seed))  # noqa: S311 (not a secret)
        for is_true, (kind, pieces) in rephraser.all(sentence, words(sentence), AROUND):
            found.add((is_true, kind, render(kind, pieces).text))
    return found


@pytest.mark.parametrize(
    ("sentence", "kind", "text"),
    [
        (SAID, "relation", "Ann Lee said that the harbour may close the old mayor."),
        (SAID, "mood", "Ann Lee said that the old mayor will close the harbour."),
        (SAID, "mood", "Ann Lee denied that the old mayor may close the harbour."),
        (SAID, "negation", "Ann Lee said that the old mayor may not close the harbour."),
        (SAID, "negation", "Ann Lee said that the new mayor may close the harbour."),
        (SAID, "speaker", "Zoe Quill said that the old mayor may close the harbour."),
        (SAID, "invention", "Ann Lee said that the old mayor may close the harbour on a boat."),
        (VISITED, "relation", "Orr visited Lee in Utopia after 12 ships sank."),
        (VISITED, "relation", "Lee visited Orr in Utopia before 12 ships sank."),
        (VISITED, "relation", "12 ships sank after Lee visited Orr in Utopia."),
        (VISITED, "negation", "Lee did not visit Orr in Utopia after 12 ships sank."),
        (VISITED, "name", "Lee visited Orr in Paris after 12 ships sank."),
        (VISITED, "number", "Lee visited Orr in Utopia after 34 ships sank."),
    ],
)
def test_a_falsehood_is_one_slight_change(sentence: Parsed, kind: str, text: str) -> None:
    assert (kind, text) in {(draft.kind, draft.text) for draft in false_ones(sentence)}


def test_what_was_changed_is_marked_and_nothing_else() -> None:
    (draft,) = {d for d in false_ones(VISITED) if d.text.startswith("Lee visited Orr in Paris")}
    assert [draft.text[start:end] for start, end in draft.changed] == ["Paris"]
    original = render("", pieces_of(VISITED, words(VISITED)))
    assert original == RewrittenDraft("", "Lee visited Orr in Utopia after 12 ships sank.", ())
    assert all(d.changed and d.text != original.text for d in false_ones(VISITED))


def test_a_rephrasing_is_true_or_known_to_be_false() -> None:
    assert (True, "passive", "Orr was visited by Lee in Utopia after 12 ships sank.") in rephrased(
        VISITED
    )
    assert (
        False,
        "relation",
        "Lee was visited by Orr in Utopia after 12 ships sank.",
    ) in rephrased(VISITED)
    said = rephrased(SAID)
    assert (True, "indirect", "According to Ann Lee, the old mayor may close the harbour.") in said
    assert any(not true and text.startswith("Zoe Quill") for true, _, text in said)


def test_what_is_left_out_leaves_a_sentence() -> None:
    found = {
        render("", pieces_of(VISITED, shortened(VISITED, random.Random(seed)))).text  # noqa: S311
        for seed in range(20)
    }
    assert "Lee visited Orr after 12 ships sank." in found
    assert all(text.startswith("Lee visited Orr") and text.endswith(".") for text in found)


def test_two_sentences_are_joined_truly_and_falsely() -> None:
    found = {
        (is_true, render(kind, pieces).text)
        for seed in range(20)
        for is_true, (kind, pieces) in joined(SAID, VISITED, random.Random(seed))  # noqa: S311
    }
    whole = "Lee visited Orr in Utopia after 12 ships sank."
    said = "Ann Lee said that the old mayor may close the harbour"
    assert (True, f"{said}, and {whole}") in found
    assert (False, f"{said} because {whole}") in found
    assert (False, "Lee said that the old mayor may close the harbour.") in found


def test_what_states_nothing_is_no_sentence_of_the_article() -> None:
    found = {
        (kind, render(kind, pieces).text)
        for seed in range(20)
        for kind, pieces in nonsense(
            VISITED,
            words(VISITED),
            AROUND,
            FORMS,
            random.Random(seed),  # noqa: S311
        )
    }
    assert {kind for kind, _ in found} == {"heap", "order"}
    assert ("order", "Please visit Orr in Utopia after 12 ships sank.") in found
    assert "Lee visited Orr in Utopia after 12 ships sank." not in {text for _, text in found}
