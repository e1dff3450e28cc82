"""The judge on its real weights: what it reads, what it says of it, and what it refuses to load."""

import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.answer import Citation
from bot.drafting.checking.checker import compare
from bot.drafting.checking.judge import Judge
from bot.drafting.checking.judge_input import DRAFT_TOKENS, TOKENS, Brief, make_brief, tokenize
from bot.drafting.checking.sources import Sources, analyse_article, directory_of
from bot.network_weights import WEIGHTS
from bot.selecting.reading.reader_input import CLS, SEP
from index.archive.embedding.minilm import ModelUnavailable, read_tokenizer
from index.schema import Article

TEXT = "Ann Lee said on Friday that the flood destroyed the old harbour. She blamed the storm."
KNOWN = analyse_article(Article("a1", TEXT, "A flood", published="2019-01-05"))
TRUE = "The flood destroyed the old harbour, Ann Lee said."
FALSE = "The old harbour destroyed the flood, Ann Lee said."
# True and false drafts over one sentence of the text.
TWINS = [
    (TRUE, FALSE, 0),
    ("Lee said the old harbour was destroyed by the flood.",
     "Lee said the flood was stopped by the old harbour.", 0),
    ("Ann Lee said the flood had ruined the harbour.",
     "Ann Lee said the flood had spared the harbour.", 0),
    ("The flood destroyed the harbour, Lee said.",
     "The flood may yet destroy the harbour, Lee said.", 0),
    ("The old harbour was lost to the flood, Ann Lee said.",
     "The old harbour was not lost to the flood, Ann Lee said.", 0),
    ("Ann Lee blamed the storm.", "Ann Lee did not blame the storm.", 1),
    ("The storm was to blame, according to Lee.", "The storm blamed Ann Lee.", 1),
    ("Lee put the blame on the storm.", "Lee put the blame on the mayor.", 1),
]  # fmt: skip


def brief(draft: str, *numbers: int) -> Brief:
    spans = [KNOWN.document.sentences[n].span for n in numbers]
    citations = tuple(
        Citation(n, KNOWN.article, span, 0.0, speaker="Ann Lee") for n, span in enumerate(spans, 1)
    )
    sources = Sources(citations, {"a1": KNOWN}, directory_of([KNOWN]))
    return make_brief(draft, compare(draft, sources)[2], sources)


@pytest.fixture(scope="module")
def judge() -> Judge:
    return Judge.load()


# --- what it is given


def test_a_row_has_draft_title_date_and_each_cited_sentence_with_its_people() -> None:
    tokenizer = read_tokenizer()
    (row,) = tokenize(tokenizer, [brief(FALSE, 0, 1)])
    parts = tokenizer.decode(list(row.ids), skip_special_tokens=False).split("[SEP]")
    assert row.ids[0] == CLS
    assert row.ids[-1] == SEP
    assert parts[0].startswith("[CLS] the old harbour destroyed the flood")
    assert parts[1].strip() == "a flood 2019 - 01 - 05"
    assert parts[2].strip().startswith("ann lee : ann lee said on friday")
    assert "( ann lee )" in parts[3] or "ann lee :" in parts[3]
    assert len(row.standings) == len(row.ids)
    assert [FALSE[start:end] for start, end in row.places[:3]] == ["The", "old", "harbour"]


def test_however_long_the_draft_and_the_evidence_the_row_has_its_limits() -> None:
    (row,) = tokenize(read_tokenizer(), [brief("harbour " * 500, *[0, 1] * 50)])
    assert len(row.places) == DRAFT_TOKENS
    assert len(row.ids) == len(row.standings) == TOKENS


# --- what it says


def test_most_true_drafts_are_better_carried_than_their_false_twins(judge: Judge) -> None:
    better = 0
    for true, false, number in TWINS:
        first, second = judge.judge([brief(true, number), brief(false, number)])
        better += first.support > max(second.support, judge.level)
    assert better >= 0.75 * len(TWINS)


def test_drafts_beside_it_do_not_change_what_it_says(judge: Judge) -> None:
    briefs = [brief(TRUE, 0), brief("It was the storm.", 1), brief(FALSE, 0, 1)]
    together = judge.judge(briefs)
    for one, found in zip(briefs, together, strict=True):
        (alone,) = judge.judge([one])
        assert alone.support == pytest.approx(found.support, abs=0.02)  # 16 bits round
    assert judge.judge([]) == []


def test_several_threads_are_told_the_same(judge: Judge) -> None:
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: judge.judge([brief(TRUE, 0)])[0].support, range(12)))
    assert max(found) - min(found) < 0.01


def test_doubted_words_are_stretches_of_the_draft(judge: Judge) -> None:
    draft = "Bananas are yellow and grow in the garden of the king."
    (judgement,) = judge.judge([brief(draft, 0)])
    assert judgement.support < judge.level
    assert judgement.doubted
    ends = [0, *(end for _, end in judgement.doubted)]
    for before, (start, end) in zip(ends, judgement.doubted, strict=False):
        assert before <= start < end <= len(draft)


# --- what it loads


def test_weights_that_are_missing_changed_or_of_another_format_are_named(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match=r"The judge's weights in .* cannot be used"):
        Judge.load(tmp_path)
    folder = tmp_path / "weights"
    shutil.copytree(WEIGHTS, folder, ignore=shutil.ignore_patterns("reader*"))
    manifest = json.loads((folder / "judge.json").read_text())
    (folder / "judge.json").write_text(json.dumps({**manifest, "format": 99}))
    with pytest.raises(ModelUnavailable, match="format 99, this version reads 3"):
        Judge.load(folder)
    (folder / "judge.json").write_text(json.dumps({**manifest, "sha256": "0" * 64}))
    with pytest.raises(ModelUnavailable, match="differs from the SHA-256"):
        Judge.load(folder)


def test_the_weights_stay_small_enough_to_ship() -> None:
    assert (WEIGHTS / "judge.safetensors").stat().st_size < 48_000_000
