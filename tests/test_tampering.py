"""The tampering benchmark itself: its cases, its halves, its figures and its command."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.__main__ import cli
from bot.answer import Citation
from bot.drafting.checking.checker import Fault, Verdict, read_draft
from bot.training import tampering_rules
from bot.training.tampering import (
    Benchmark,
    BenchmarkCase,
    Checked,
    load,
    load_annotated,
    report,
    run,
    table,
)
from index.schema import VerbatimError


@pytest.fixture(scope="module")
def benchmark() -> Benchmark:
    return load()


def verdict(*, passes: bool) -> Verdict:
    return Verdict("", (), () if passes else (Fault("text", "it says nothing"),), 0.5, None)


def test_there_are_many_cases_true_and_spoilt_by_every_kind_of_writer(benchmark: Benchmark) -> None:
    counts = Counter((case.by, case.is_true) for case in benchmark.cases)
    assert len(benchmark.cases) >= 600
    for by in ("others", "makers", "rule"):
        assert min(counts[by, True], counts[by, False]) >= 50, by


def test_drafts_by_hand_cite_sentences_that_are_there(benchmark: Benchmark) -> None:
    for case in benchmark.cases:
        if case.by != "rule":
            numbers = read_draft(case.draft)[1]
            assert numbers
            assert numbers <= {c.number for c in benchmark.evidence[case.article]}


def test_every_article_names_its_page(benchmark: Benchmark) -> None:
    for citations in benchmark.evidence.values():
        url = citations[0].article.url
        assert url
        assert url.startswith("https://en.wikinews.org/wiki/")


def test_the_halves_share_no_article_and_lose_no_case(benchmark: Benchmark) -> None:
    halves = [benchmark.half(calibrating=c) for c in (True, False)]
    first, second = ({case.article for case in half.cases} for half in halves)
    assert not first & second
    assert sum(len(half.cases) for half in halves) == len(benchmark.cases)


def test_a_spoilt_draft_differs_from_the_true_one(benchmark: Benchmark) -> None:
    true = {case.draft for case in benchmark.cases if case.is_true}
    assert not true & {case.draft for case in benchmark.cases if not case.is_true}


@pytest.mark.parametrize(
    ("spoilt", "expected"),
    [
        (tampering_rules.altered_quotations("He said “we will win today”. [1]"),
         ["He said “we will today”. [1]", "He said “we will really win today”. [1]"]),
        (tampering_rules.other_speakers("Lee said no. [1]", "Ann Lee", ["Bo Orr"]),
         ["Bo Orr said no. [1]"]),
        (tampering_rules.other_speakers("It rained. [1]", "Ann Lee", ["Bo Orr"]), []),
        (tampering_rules.other_figures("It fell on Friday. [1]"), ["It fell on Sunday. [1]"]),
        (tampering_rules.exchanged_figures(
            "Five of 26 fell on 5 May 2019. [1]", "26, 5 and 30 on 5 May"),
         ["26 of 26 fell on 5 May 2019. [1]", "30 of 26 fell on 5 May 2019. [1]",
          "Five of 5 fell on 5 May 2019. [1]", "Five of 30 fell on 5 May 2019. [1]"]),
        (tampering_rules.negations("It will not do. [1]"), ["It will do. [1]"]),
        (tampering_rules.negations("It will do. [1]"), ["It will not do. [1]"]),
        (tampering_rules.negations("He said “it will do”. [1]"), []),
        (tampering_rules.moods("It may do. [1]"), ["It will do. [1]"]),
        (tampering_rules.moved("It is so. [2]", [1, 3]), ["It is so. [1]", "It is so. [3]"]),
        (tampering_rules.moved("It is so. [2][3]", [1]), []),
        ([tampering_rules.merged("Lee said no. [1]", "“Yes, of course.”", 2)],
         ["Lee said no and that yes, of course. [1][2]"]),
    ],
)  # fmt: skip
def test_a_rule_makes_one_fault(spoilt: list[str], expected: list[str]) -> None:
    assert list(spoilt) == expected


def test_the_figures_count_what_fails() -> None:
    kinds = ("negation", "negation", "voice", "verbatim")
    cases = [BenchmarkCase("a", kind, "", "others") for kind in kinds]
    passes = [True, False, False, True]
    figures = report(
        Checked(case, verdict(passes=p), 0.25) for case, p in zip(cases, passes, strict=True)
    )
    assert figures.caught == {"negation": 0.5}
    assert figures.removed == {"voice": 1.0, "verbatim": 0.0}
    assert figures.wrongly_removed == 1.0
    assert figures.ms == 250.0
    assert figures.below(caught=0.5, removed=1.0) == []
    assert len(figures.below(caught=0.6, removed=0.9)) == 2
    assert "negation" in table(figures)


def test_writers_who_do_not_know_the_checker_come_first_and_are_counted_apart(
    benchmark: Benchmark,
) -> None:
    cases = [case for case in benchmark.cases if case.kind == "negation"]
    figures = report(Checked(case, verdict(passes=case.by == "rule"), 0.1) for case in cases)
    assert list(figures.by) == ["others", "makers", "rule"]
    assert figures.by["others"].all_caught == 1.0
    assert figures.by["rule"].all_caught == 0.0
    assert 0.0 < figures.all_caught < 1.0
    assert table(figures).startswith("by others: caught 1.000")


def test_drafts_of_a_data_set_cite_the_sentences_by_their_numbers(tmp_path: Path) -> None:
    text = "It rained. The river rose. Nobody left."
    article = {"id": "p-1", "title": "Rain", "body": text, "source": None, "published": None,
               "url": None}  # fmt: skip
    draft = {"article_id": "p-1", "cites": [{"start": 11, "end": 26}], "draft": "The river fell.",
             "true": False, "kind": "negation"}  # fmt: skip
    for name, record in (("questions/articles", article), ("drafts/dev", draft)):
        path = tmp_path / f"{name}.jsonl"
        path.parent.mkdir()
        path.write_text(json.dumps(record) + "\n")
    benchmark = load_annotated(tmp_path)
    assert benchmark.cases == (
        BenchmarkCase("p-1", "negation", "The river fell. [2]", "annotators"),
    )
    assert benchmark.evidence["p-1"][1].text == "The river rose."


def test_each_case_is_checked_against_its_articles_sentences(benchmark: Benchmark) -> None:
    asked: list[tuple[str, int]] = []

    def check(draft: str, evidence: Sequence[Citation]) -> Verdict:
        asked.append((draft, len(evidence)))
        return verdict(passes=True)

    one = replace(benchmark, cases=benchmark.cases[:1])
    (checked,) = run(check, one)
    assert asked == [(one.cases[0].draft, len(one.evidence[one.cases[0].article]))]
    assert checked.verdict.passes


def test_a_benchmark_that_is_not_there_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(VerbatimError, match=r"articles\.jsonl cannot be read"):
        load(tmp_path)


def test_the_command_reports_the_other_half_and_holds_the_bars() -> None:
    done = CliRunner().invoke(cli, ["eval", "--tamper", "--json", "--every", "31"])
    figures = json.loads(done.stdout)
    assert done.exit_code == 0
    assert figures["caught"]["quotation"] == 1.0
    assert figures["caught"]["citing"] == 1.0
    assert figures["removed"]["verbatim"] == 0.0
    bars = ["--every", "100", "--min-caught", "1.01", "--max-removed", "-1"]
    done = CliRunner().invoke(cli, ["eval", "--tamper", *bars])
    assert done.exit_code == 1
    assert "quotation is caught 1.000, below 1.010" in done.stderr


def test_the_command_wants_an_archive_or_tampering() -> None:
    done = CliRunner().invoke(cli, ["eval"])
    assert done.exit_code == 2
    assert "--tamper" in done.output
