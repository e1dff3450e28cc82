"""What word order is known by, whole and damaged."""

from pathlib import Path

import pytest

from bot.drafting.checking.word_order import WordOrder
from index.schema import VerbatimError


@pytest.mark.parametrize("text", [None, "", "[1]", "{}", '{"kinds": ["a"], "pairs": [1, 2]}'])
def test_weights_that_cannot_be_used_are_named(text: str | None, tmp_path: Path) -> None:
    file = tmp_path / "weights.json"
    if text is not None:
        file.write_text(text)
    with pytest.raises(VerbatimError, match=r"weights\.json cannot be used: .*Install Verbatim"):
        WordOrder.load(file)
