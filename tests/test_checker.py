"""What a draft may say, as tables of drafts over one article."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answer import Citation
from bot.drafting.checking.checker import Checker, FaultKind, Verdict, read_draft
from bot.drafting.checking.judge import Judge
from bot.drafting.draft_sentences import MAX_DRAFT
from index.attribution.layout.sentences import split_sentences
from index.schema import Article

TEXT = """French President Jean Roy warned on Friday that Western troops will not stay in Utopia.
“We must leave by 12 March, because the winter may cost 300 lives,” he told reporters in Paris.
Utopia's foreign minister, Ann Lee, rejected the plan and said Utopia might ask the UN for help.
“No one asked us,” Lee said. “It is [...] a mistake.”
Five soldiers were killed and 26 wounded in the capital on Tuesday, according to officials.
The company did not answer questions about the building, bought for $3.5 million in 2016.
Lee told Roy that the talks had failed.
"""
ARTICLE = Article("a1", TEXT, "Troops will leave Utopia", published="2019-01-05")
EVIDENCE = tuple(
    Citation(n, ARTICLE, sentence.span, 1.0) for n, sentence in enumerate(split_sentences(TEXT), 1)
)
MORE = """The storm was moving at 20 mph (31 kph) when the call came at 2:20 a.m. (0120 UTC).
A suspected gas leak may have caused the fire, and the mayor withdrew her warning.
Lee was convicted of fraud, a career she began 20 years ago.
Zoe Quill tweeted that repairs will cost between $300 and 400 million.
Ann Lee of Utopia University and contributor to Slate wrote, "The harbour is a ruin."
At least five ships were lost; critics dismissed the plan as "garbage".
"""
MORE_EVIDENCE = tuple(
    Citation(n, Article("a2", MORE, "A storm", published="2019-01-05"), sentence.span, 1.0)
    for n, sentence in enumerate(split_sentences(MORE), 1)
)
OPPOSITES = """Police searched the ferry for a bomb on Friday, but found nothing.
The union refused the offer of the harbour company.
More than 200 people are eligible to vote in Utopia.
"""
OPPOSITE_EVIDENCE = tuple(
    Citation(n, Article("a3", OPPOSITES, "A ferry", published="2019-01-05"), sentence.span, 1.0)
    for n, sentence in enumerate(split_sentences(OPPOSITES), 1)
)
# Words as a tokenizer has them, some of them the article's.
VOCABULARY = """the and of to in will not said Roy Lee troops banana ##ing un kitchen seven cat blue
run 1987 Monday (c) river never [unused3] thing play love over Smith . , " “ ” ’ music quickly law
soldier plan winter each door goal tree letter white sing market born album church""".split()
CHECKER = Checker.load()
QUOTES = {
    2: "We must leave by 12 March, because the winter may cost 300 lives",
    4: "No one asked us",
}


@pytest.fixture(scope="module")
def checker() -> Checker:
    return CHECKER


def kinds(verdict: Verdict) -> set[FaultKind]:
    return {fault.kind for fault in verdict.faults}


TRUE = [
    "Jean Roy warned that Western troops will not stay in Utopia. [1]",
    "Roy, the French president, said Western troops would not remain in Utopia [1].",
    "On January 4, France's president warned that the troops will not stay. [1]",
    "Roy told reporters: “We must leave by 12 March.” [2]",
    'Roy told reporters: "We must leave by 12 March". [2]',
    "“We must leave by 12 March,” Roy said. [2]",
    "According to Roy, the winter could cost 300 lives. [2]",
    "He said they had to leave by March 12. [2]",
    "Ann Lee rejected the plan. [3]",
    "Utopia might ask the United Nations for help, its foreign minister said. [3]",
    "Lee said: “No one asked us.” [4]",
    "According to officials, five soldiers were killed on Tuesday. [6]",
    "Officials said 5 soldiers had been killed and twenty-six wounded. [6]",
    "Twenty-six people were wounded in the capital, officials said. [6]",
    "The firm bought the building for 3.5 million dollars in 2016. [7]",
    "Roy warned that troops will not stay, and Lee rejected the plan. [1][3]",
    "Lee told Roy the talks had failed. [8]",
]  # fmt: skip


def test_most_true_paraphrases_pass(checker: Checker) -> None:
    lost = [draft for draft in TRUE if not checker.check(draft, EVIDENCE).passes]
    assert len(lost) <= len(TRUE) // 3, lost


@pytest.mark.parametrize(
    "draft",
    [
        "The storm moved at 31 kph when the call came at 2:20 a.m. [1]",
        "The storm moved at 20 miles per hour. [1]",
        "Lee began her career two decades ago. [3]",
        "Zoe Quill wrote that repairs will cost at least $300 million. [4]",
        "Ann Lee called the harbour “a ruin”. [5]",
        "No fewer than five ships were lost. [6]",
        "Critics dismissed the plan as “garbage”, and at least five ships were lost. [6]",
    ],
)
def test_the_same_in_other_units_and_words_passes(checker: Checker, draft: str) -> None:
    assert checker.check(draft, MORE_EVIDENCE).faults == ()


@pytest.mark.parametrize(
    ("draft", "kind"),
    [
        ("The storm was moving at 31 mph. [1]", "figure"),
        ("The call came at 1:20 a.m. [1]", "figure"),
        ("A gas leak has been confirmed as the cause of the fire. [2]", "negation"),
        ("The gas leak is proved to have caused the fire. [2]", "negation"),
        ("The mayor kept her warning. [2]", "negation"),
        ("Lee was alleged to have committed fraud. [3]", "negation"),
        ("Zoe Quill is considering repairs that cost $400 million. [4]", "negation"),
    ],
)
def test_surer_less_sure_and_the_opposite_are_caught(
    checker: Checker, draft: str, kind: FaultKind
) -> None:
    assert kind in kinds(checker.check(draft, MORE_EVIDENCE))


@pytest.mark.parametrize(
    "draft",
    [
        "Police searched the ferry on Friday and found no bomb. [1]",
        "No bomb was found when police searched the ferry. [1]",
        "The union turned down the offer of the harbour company. [2]",
        "The union accepted the offer of the harbour company. [2]",
    ],
)
def test_what_may_be_the_opposite_passes_only_if_the_judge_is_sure(
    checker: Checker, draft: str
) -> None:
    verdict = checker.check(draft, OPPOSITE_EVIDENCE)
    assert verdict.passes == (verdict.support >= Judge.load().sure)
    assert kinds(verdict) <= {"negation"}


def test_some_things_told_by_their_opposite_pass(checker: Checker) -> None:
    draft = "No bomb was found when police searched the ferry. [1]"
    assert checker.check(draft, OPPOSITE_EVIDENCE).passes


@pytest.mark.parametrize("citation", EVIDENCE, ids=lambda c: f"{c.number}")
def test_a_sentence_passes_word_for_word(checker: Checker, citation: Citation) -> None:
    text = citation.text.replace("“", '"').replace("”", '"')
    verdict = checker.check(f"{text} [{citation.number}]", EVIDENCE)
    assert verdict.passes
    assert verdict.support == 1.0


@pytest.mark.parametrize(
    ("draft", "kind"),
    [
        ("Jean Roy warned that Western troops will not stay in Utopia.", "citation"),
        ("Jean Roy warned that Western troops will not stay in Utopia. [10]", "citation"),
        ("Jean Roy warned that Western troops will not stay in Utopia. [1][99]", "citation"),
        ("Roy said: “We should leave by 12 March.” [2]", "quotation"),
        ("Roy said: “We must leave … the winter may cost 300 lives.” [2]", "quotation"),
        ("Roy said: “We [the troops] must leave by 12 March.” [2]", "quotation"),
        ("Roy said: «We must go by 12 March». [2]", "quotation"),
        ("Roy said: `We must go by 12 March`. [2]", "quotation"),
        ("Roy said: 'We must go by 12 March'. [2]", "quotation"),
        ("Roy said '12 March, because we must leave', they say. [2]", "quotation"),
        ("Roy said: ‹We must go by 12 March›. [2]", "quotation"),
        ("Roy warned that troops “will not stay in Utopia.” [1]", "quotation"),
        ("Lee called it “a mistake, and a crime.” [5]", "quotation"),
        ("Ann Lee warned that Western troops will not stay in Utopia. [1]", "speaker"),
        ("“We must leave by 12 March,” Lee said. [2]", "support"),
        ("Roy rejected the plan. [3]", "support"),
        ("“No one asked us,” officials said. [4]", "speaker"),
        ("Roy warned that troops will not stay and might ask the UN for help. [1][3]", "support"),
        ("Six soldiers were killed on Tuesday, according to officials. [6]", "figure"),
        ("Five soldiers were killed on Wednesday, according to officials. [6]", "figure"),
        ("On January 3, Roy warned that Western troops will not stay in Utopia. [1]", "figure"),
        ("Roy said they must leave by 12 May. [2]", "figure"),
        ("The company bought the building for $35 million in 2016. [7]", "figure"),
        ("The company bought the building for €3.5 million in 2016. [7]", "figure"),
        ("The company bought the building for $3.5 million in 2017. [7]", "figure"),
        ("Jean Roy warned Boris Johnson that Western troops will not stay. [1]", "name"),
        ("Roy warned that Western troops will stay in Utopia. [1]", "negation"),
        ("Roy warned that Western troops may not stay in Utopia. [1]", "negation"),
        ("Ann Lee accepted the plan. [3]", "negation"),
        ("Lee said her country will ask the UN for help. [3]", "negation"),
        ("The winter will cost 300 lives, Roy said. [2]", "support"),
        ("The company answered questions about the building. [7]", "negation"),
        ("Five soldiers were killed in the capital, officials said. [7]", "figure"),
        ("Five soldiers were killed by a drunken comrade with a rifle, officials said. [6]",
         "support"),
        ("Bananas are yellow. [1]", "support"),
        ("[1]", "text"),
        ("… [1]", "text"),
        ("Jean Roy warned\u202e that Western troops will not stay in Utopia. [1]", "text"),
        (f"Jean Roy warned {'that ' * MAX_DRAFT} troops will not stay. [1]", "text"),
    ],
)  # fmt: skip
def test_a_spoilt_draft_fails_for_its_reason(checker: Checker, draft: str, kind: FaultKind) -> None:
    verdict = checker.check(draft, EVIDENCE)
    assert kind in kinds(verdict)


def test_what_to_show_instead_is_the_cited_sentence_or_the_nearest(checker: Checker) -> None:
    cited = checker.check("Six soldiers were killed on Tuesday, officials said. [6]", EVIDENCE)
    assert cited.instead == EVIDENCE[5]
    nowhere = checker.check("Six soldiers were killed on Tuesday, officials said.", EVIDENCE)
    assert nowhere.instead == EVIDENCE[5]
    assert checker.check("Nothing. [1]", ()).instead is None


def test_he_is_whom_the_reader_has_just_read_of(checker: Checker) -> None:
    draft = "He said they must leave by 12 March. [2]"
    before = "Jean Roy spoke of the troops."
    assert "speaker" not in kinds(checker.check(draft, EVIDENCE, before=before))
    assert "speaker" in kinds(checker.check(draft, EVIDENCE, before="Bo Orr spoke of them."))


def test_two_articles_are_held_apart(checker: Checker) -> None:
    other = Article("a2", "“It was right to leave,” Bo Orr said.", published="2019-01-06")
    evidence = (EVIDENCE[0], Citation(2, other, split_sentences(other.text)[0].span, 1.0))
    true = "Roy warned that troops will not stay; Bo Orr said “It was right to leave.” [1][2]"
    assert "speaker" not in kinds(checker.check(true, evidence))
    swapped = "Bo Orr warned that troops will not stay; Roy said “It was right to leave.” [1][2]"
    assert "speaker" in kinds(checker.check(swapped, evidence))


@pytest.mark.parametrize(
    ("draft", "text", "numbers"),
    [
        ("It is so. [1]", "It is so.", {1}),
        ("It is so [1][2].", "It is so.", {1, 2}),
        ("It is so [ 1, 12 ].", "It is so.", {1, 12}),
        ("It is [so] [x].", "It is [so] [x].", set()),
        ("It is so [" + "9" * 400 + "]", "It is so [" + "9" * 400 + "]", set()),
    ],
)
def test_marks_are_read_and_taken_away(draft: str, text: str, numbers: set[int]) -> None:
    assert read_draft(draft) == (text, frozenset(numbers))


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(QUOTES)), st.data())
def test_an_altered_quotation_never_passes(number: int, data: st.DataObject) -> None:
    words = QUOTES[number].split()
    place = data.draw(st.integers(0, len(words) - 1))
    other = data.draw(st.sampled_from(["no", "really", "all", "never", "Roy", "x", "300"]))
    how = data.draw(st.sampled_from(["drop", "put in", "replace", "swap"]))
    altered = words[:]
    if how == "drop":
        del altered[place]
    elif how == "put in":
        altered.insert(place, other)
    elif how == "replace":
        altered[place] = other
    else:
        altered = [*altered[place:], *altered[:place]]
    said = " ".join(altered)
    if said in QUOTES[number]:  # its beginning or its end
        return
    marks = data.draw(st.sampled_from(["“”", '""', "«»", "''", "„“", "‘’", "``"]))
    verdict = CHECKER.check(f"He said {marks[0]}{said},{marks[1]} they say. [{number}]", EVIDENCE)
    assert not verdict.passes


def test_random_words_never_pass(checker: Checker) -> None:
    """As a model with random weights writes them."""
    chance = random.Random(0)  # noqa: S311 - no secret
    for _ in range(200):
        words = " ".join(chance.choices(VOCABULARY, k=chance.randint(8, 25)))
        assert not checker.check(f"{words} [{chance.choice(EVIDENCE).number}]", EVIDENCE).passes


@pytest.mark.parametrize(
    "draft", ["French [1]", "Roy warned [1]", "Roy warned on Friday that the [1]"]
)
def test_a_draft_that_stops_short_never_passes(checker: Checker, draft: str) -> None:
    assert "text" in kinds(checker.check(draft, EVIDENCE))
