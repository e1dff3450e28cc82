"""One report in several outlets' articles, asked for in a real archive."""

from collections.abc import Iterator

import pytest

from bot.answerer import Answerer
from bot.library.saved_answer import without_words
from bot.rendering.answer_json import to_json
from bot.rendering.answer_markdown import markdown_parts
from bot.rendering.answer_text import to_text
from bot.rendering.escape import inert_line
from bot.web.chat.turns import show_again
from index.archive.embedding.embedder import Embedder
from index.schema import Article
from tests.answering import answering
from tests.test_near_duplicates import FERRY, MARKETS, first

CARRIERS = (
    Article("short", first(FERRY, 3), "Ferry to stop", None, "Selby Times", "2024-03-01"),
    Article("full", FERRY, "Last ferry sails on Friday", None, "Marro Daily", "2024-03-01"),
    Article("edited", FERRY.replace("harbour", "harbor"), "Ferry ends", None, None, "2024-03-02",
            "https://post.example/ferry"),
    Article("corrected", FERRY.replace("14 engineers", "11 engineers"), "Ferry", None, "Arden Post",
            "2024-03-02"),
    Article("monday", MARKETS, "Markets", None, "Marro Daily", "2024-03-04"),
    Article("tuesday", MARKETS.replace("4,310", "4,327").replace("Monday", "Tuesday"), "Markets",
            None, "Selby Times", "2024-03-05"),
)  # fmt: skip


@pytest.fixture(scope="module")
def answerer(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Iterator[Answerer]:
    with answering(tmp_path_factory.mktemp("carriers"), embedder, CARRIERS) as made:
        yield made


QUESTION = "What did Ines Castel say about help?"


def test_a_report_is_cited_from_the_fullest_and_names_who_else_carries_it(
    answerer: Answerer,
) -> None:
    answer = answerer.answer(QUESTION)
    best = answer.citations[0]
    assert best.text.startswith("“We have asked for help since May")
    assert (best.article.id, [each.article.id for each in best.also]) == (
        "full",
        ["edited", "short"],
    )
    assert [each.span.of(each.article.text) for each in best.also] == [best.text] * 2
    # The correction is a report of its own, with the same words: a copy as before, and no carrier.
    assert {c.article.id for c in answer.citations} <= {"full", "corrected"}


def test_every_surface_names_the_carriers(answerer: Answerer) -> None:
    answer = answerer.answer(QUESTION)
    (record, *_) = to_json(answer)["citations"]
    assert [(each["article_id"], each["source"]) for each in record["also"]] == [
        ("edited", None),
        ("short", "Selby Times"),
    ]
    assert "also in post.example, Selby Times" in to_text(answer)
    also = f"also in [{inert_line('post.example')}](article?id=edited), [Selby Times]("
    assert also in "".join(markdown_parts(answer))


def test_a_kept_answer_names_them_again(answerer: Answerer) -> None:
    answer = answerer.answer(QUESTION)
    again, note = show_again(without_words(answer, (), answerer.archive.generation), answerer)
    assert (again.citations[0].also, note) == (answer.citations[0].also, "")


def test_notices_of_one_pattern_are_each_their_own(answerer: Answerer) -> None:
    answer = answerer.answer("How many companies does the Marro index measure?")
    assert answer.citations
    assert not any(citation.also for citation in answer.citations)


def test_a_list_has_each_sentence_of_a_report_once(answerer: Answerer) -> None:
    answer = answerer.answer("List everything that Ines Castel said")
    assert "full" in [citation.article.id for citation in answer.citations]
    assert not {"short", "edited"} & {citation.article.id for citation in answer.citations}
