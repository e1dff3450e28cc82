"""What newer articles tell comes first, where a question asks how something is today."""

import pytest

from bot.answerer import Answerer
from bot.query.grammar.question import understand
from bot.selecting.choosing.updates import asks_for_now
from bot.selecting.reading.reader import Reader
from index.archive.archive import Archive
from index.archive.embedding.embedder import Embedder
from index.ingest import ingest
from index.schema import Article

BEFORE = Article(
    "before",
    "HALDEN - At least six people are dead and twelve are missing after a quarry wall fell in "
    "Halden, officials said. The mayor is Ida Voss. Nordfisk, a fishing group, has offered to buy "
    "the canner Brook Foods for $3.1bn in cash.\n",
    title="Quarry wall falls in Halden",
    published="2024-03-04",
)
AFTER = Article(
    "after",
    "HALDEN - Fifteen people are dead after a quarry wall fell in Halden. Olaf Dahl, who "
    "succeeded Ida Voss as mayor on Thursday, said he would resign if he had to. Brook Foods has "
    "agreed to be bought by Nordfisk for $3.9bn after the fishing group raised its bid.\n",
    title="More dead in Halden",
    published="2024-03-08",
)
# What the first tells to come, the second tells to have come, or on another day.
PLANNED = Article(
    "planned",
    "TARN - Tarn Foods will close its cannery in Tarn in June, the company said on Monday.\n\n"
    "Rolf Berg, an engineer, has pleaded guilty to fraud and will be sentenced later.\n\n"
    "A ferry hit the pier at Tarn, killing two people. The harbour master, Nils Roth, said that he "
    "would not resign.\n",
    title="Tarn cannery to close",
    published="2024-02-05",
)
BECAME = Article(
    "became",
    "TARN - The Tarn cannery will stay open until October, four months longer than planned.\n\n"
    "Rolf Berg was sentenced to two years for fraud.\n\n"
    "Divers found three bodies, bringing the death toll of the ferry accident at Tarn to five. "
    "Nils Roth resigned as harbour master hours later.\n",
    title="Tarn cannery stays open",
    published="2024-04-05",
)


@pytest.fixture(scope="module")
def answerer(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Answerer:
    folder = tmp_path_factory.mktemp("archive")
    with Archive.open(folder, create=True) as archive:
        list(ingest(archive, lambda: embedder, [BEFORE, AFTER, PLANNED, BECAME]))
    return Answerer(Archive.open(folder), embedder, Reader.load())


@pytest.mark.parametrize(
    ("question", "words", "article"),
    [
        ("how many are dead in halden", "Fifteen", "after"),
        ("how much is nordfisk paying for brook foods", "$3.9bn", "after"),
        ("who is mayor of halden", "Olaf Dahl", "after"),
        ("how much did nordfisk offer for brook foods", "$3.1bn", "before"),
    ],
)
def test_the_newer_of_two_answers_comes_first(
    answerer: Answerer, question: str, words: str, article: str
) -> None:
    first = answerer.answer(question).citations[0]
    assert first.article.id == article
    assert words in first.text


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("when will the cannery in tarn shut", "until October"),
        ("what sentence did rolf berg get", "two years"),
        ("did nils roth resign", "Roth resigned"),
        ("how many people died in the ferry accident at tarn", "five"),
    ],
)
def test_what_became_of_a_plan_comes_before_the_plan(
    answerer: Answerer, question: str, words: str
) -> None:
    assert words in answerer.answer(question).citations[0].text


@pytest.mark.parametrize(
    ("question", "is_of_now"),
    [
        ("is the strike over", True),
        ("how many people have died", True),
        ("how many people died", True),
        ("what percentage of voters support it", False),
        ("who was mayor", False),
        ("what will Lee do after football", False),
        ("what did Lee do", False),
        ("is Lee in a good mood according to Reed", False),
        ("what did Lee say", False),
    ],
)
def test_how_something_is_now_is_asked_for_in_the_present(question: str, is_of_now: bool) -> None:
    assert asks_for_now(understand(question)) == is_of_now
