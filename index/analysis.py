"""Everything that is derived from an article's text, in one call."""

from index.passages import make_passages
from index.schema import Analysis, Article
from index.sentences import split_sentences


def analyse(article: Article) -> Analysis:
    """Sentences, people, statements and passages of an article."""
    sentences = split_sentences(article.text)
    return Analysis(
        sentences=sentences,
        people=(),
        statements=(),
        passages=make_passages(sentences),
    )
