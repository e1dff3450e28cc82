"""What is cited when a citation is taken away: words, speaker, source, and where they stand.

Every part is one line of text that says what it holds. Knows no notation.
"""

from dataclasses import dataclass
from datetime import date
from typing import Self

from bot.answer import Citation
from bot.rendering.escape import printable
from bot.rendering.fragments import sentence_address, web_url
from bot.rendering.render import KINDS
from index.schema import Article, Kind, Span


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Words of an article, cited elsewhere; `permalink` leads to the answer that cites them."""

    article: Article
    span: Span
    speaker: str | None = None
    kind: Kind | None = None
    permalink: str | None = None

    @classmethod
    def of(cls, citation: Citation, permalink: str | None = None) -> Self:
        """What a citation shows."""
        return cls(citation.article, citation.span, citation.speaker, citation.kind, permalink)

    @property
    def words(self) -> str:
        """The words, on one line; marks that nobody could see are spelled out."""
        return printable(self.span.of(self.article.text))

    @property
    def said_by(self) -> str:
        """The speaker and how: "Vladimir Putin (quoted)"; empty for the paper's own words."""
        kind = KINDS[self.kind]
        name = printable(self.speaker or "")
        return f"{name} ({kind})" if name and kind else name

    @property
    def title(self) -> str:
        """The headline; empty where there is none."""
        return printable(self.article.title or "")

    @property
    def outlet(self) -> str:
        """The outlet; empty where it is not known."""
        return printable(self.article.source or "")

    @property
    def day(self) -> str:
        """The day of publication as ISO 8601, or what the article has in its place."""
        published = self.article.published or ""
        try:
            return date.fromisoformat(published[:10]).isoformat()
        except ValueError:
            return printable(published)

    @property
    def address(self) -> str | None:
        """Where the publisher's page has the words."""
        article = self.article
        return sentence_address(article.url, article.text, self.span, article.title)

    @property
    def verbatim(self) -> str | None:
        """The permalink, if it is a web address."""
        return web_url(self.permalink)
