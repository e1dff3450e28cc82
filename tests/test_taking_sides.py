"""Whose words answer "is anyone against it"."""

from pathlib import Path

from index.archive.embedding.embedder import Embedder
from index.schema import Article
from tests.answering import answering

_UNIT = (
    "Inspectors have ordered Kingsmere maternity unit to close at night. A midwife who works there "
    'said nobody had been surprised. "There were three of us and eleven women," she said.\n\n'
    "Not everybody welcomed the order. Gillian Frost, who leads a group of local mothers, said "
    "that the road to Fenwick was closed by snow last winter.\n"
)
ARTICLE = Article("unit", _UNIT, title="Kingsmere maternity unit to close at night")


def test_a_neutral_statement_is_no_answer_for_those_against(
    tmp_path: Path, embedder: Embedder
) -> None:
    with answering(tmp_path, embedder, [ARTICLE]) as made:
        answer = made.answer("is anyone against the night closure of kingsmere maternity unit")
    cited = [citation.text for citation in answer.citations]
    assert cited[0] == "Not everybody welcomed the order."
    assert not any("midwife" in text for text in cited)
