from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.archive.archive import Archive
from index.archive.passages import make_passages
from index.document import analyse
from index.schema import Analysis, Article, Passage, Person, Sentence, Span, Speaker, Statement
from tests.archives import DIMENSION, directions, put


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """An empty archive."""
    with Archive.open(tmp_path, create=True) as archive:
        yield archive


def read(archive: Archive, article_id: str) -> Analysis:
    """All that the archive knows of one article, as it was put in."""
    found = archive.search_vectors(np.ones(DIMENSION, dtype=np.float32), 10_000)
    hits = sorted(archive.hits(found), key=lambda hit: hit.passage_id)
    return Analysis(
        sentences=archive.sentences(article_id),
        people=tuple(person for owner, person in archive.people() if owner == article_id),
        statements=archive.statements(article_id),
        passages=tuple(hit.passage for hit in hits if hit.article_id == article_id),
    )


def test_what_goes_in_comes_out(archive: Archive, article: Article) -> None:
    """The seed article's whole analysis, beside another's."""
    other = Article("other", "Ann Lee, a doctor, said: “No.” She left.")
    for each in (article, other):
        put(archive, each)
    for each in (article, other):
        assert archive.article(each.id) == each
        assert read(archive, each.id) == analyse(each)


def test_every_shape_of_a_record_comes_out(archive: Archive) -> None:
    """Nobody, no cue, broken quotations, no roles, lines that are no prose."""
    text = "“No,” she said, “never.” Unsaid.\nHEADING"
    sentences = (
        Sentence(Span(0, 24), 0),
        Sentence(Span(25, 32), 0),
        Sentence(Span(33, 40), 1, prose=False),
    )
    analysis = Analysis(
        sentences=sentences,
        people=(Person("Ann Lee", ("a doctor", "“Doc”")), Person("Bo"), Person("Ann Lee")),
        statements=(
            Statement(
                Speaker("Ann Lee", Span(6, 9)),
                Span(10, 14),
                (Span(0, 5), Span(16, 24)),
                "direct",
            ),
            Statement(None, None, (Span(25, 32),), "indirect"),
            Statement(None, Span(10, 14), (Span(16, 24),), "mixed"),
        ),
        passages=(
            Passage(Span(0, 32), sentences[:2]),
            Passage(Span(25, 40), sentences[1:]),
        ),
    )
    article = Article("a", text)
    archive.add(article, analysis, directions(article, analysis))
    assert read(archive, "a") == analysis
    assert archive.all_statements() == tuple(("a", s) for s in analysis.statements)


@settings(max_examples=50)
@given(
    st.text(st.characters(exclude_categories=["Cs"])),
    st.none() | st.text(st.characters(exclude_categories=["Cs"])),
)
def test_any_text_comes_out_as_it_went_in(
    tmp_path_factory: pytest.TempPathFactory, text: str, title: str | None
) -> None:
    """Whatever characters it is made of."""
    article = Article("a", text, title=title)
    sentences = (Sentence(Span(0, len(text)), 0),) if text else ()
    analysis = Analysis(sentences, (), (), make_passages(sentences))
    folder = tmp_path_factory.getbasetemp() / "any-text"
    with Archive.open(folder, create=True) as archive:
        archive.add(article, analysis, directions(article, analysis))
        assert archive.article("a") == article
        assert read(archive, "a") == analysis
