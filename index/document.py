"""Everything that is derived from an article's text, in one call."""

from index.archive.passages import make_passages
from index.attribution.sentences import split_sentences
from index.attribution.speakers import find_people
from index.attribution.statements import find_statements
from index.schema import Analysis, Article


def analyse(article: Article) -> Analysis:
    """Sentences, people, statements and passages of an article."""
    sentences = split_sentences(article.text)
    return Analysis(
        sentences=sentences,
        people=find_people(article.text, sentences),
        statements=find_statements(article.text, sentences),
        passages=make_passages(sentences),
    )
