"""Everything that is derived from an article's text, in one call."""

from index.passages import make_passages
from index.schema import Analysis, Article
from index.sentences import split_sentences
from index.speakers import find_people
from index.statements import find_statements


def analyse(article: Article) -> Analysis:
    """Sentences, people, statements and passages of an article."""
    sentences = split_sentences(article.text)
    return Analysis(
        sentences=sentences,
        people=find_people(article.text, sentences),
        statements=find_statements(article.text, sentences),
        passages=make_passages(sentences),
    )
