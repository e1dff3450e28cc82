"""A citation to be used elsewhere: words, speaker, source, and where they stand.

Every part is one line of printable text. Knows no notation.
"""

from dataclasses import dataclass

from bot.rendering.labels import CUT, KINDS, published_address
from bot.rendering.text_fragments import web_url
from index.language.dates import read_day
from index.printing import printable
from index.schema import Article, Kind, Span


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody whose words an excerpt carries, and how they are given."""

    speaker: str
    kind: Kind | None = None

    @property
    def label(self) -> str:
        """In words: "Vladimir Putin (quoted)"."""
        name, kind = printable(self.speaker), KINDS[self.kind]
        return f"{name} ({kind})" if name and kind else name


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Words of an article, cited elsewhere; `permalink` leads to the answer that cites them.

    `voices` are those whose words they are, none where they are the paper's own. If a quotation
    goes on before or after them, they are shown as cut there.
    """

    article: Article
    span: Span
    voices: tuple[Voice, ...] = ()
    permalink: str | None = None
    begins_inside: bool = False
    ends_inside: bool = False

    @property
    def words(self) -> str:
        """The words, on one line; marks that nobody could see are spelled out."""
        words = printable(self.span.of(self.article.text))
        before, after = f"{CUT} " * self.begins_inside, f" {CUT}" * self.ends_inside
        return f"{before}{words}{after}"

    @property
    def said_by(self) -> str:
        """The speakers and how: "Vladimir Putin (quoted)"; empty for the paper's own words."""
        return ", ".join(voice.label for voice in self.voices)

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
        day = read_day(self.article.published)
        return day.isoformat() if day else printable(self.article.published or "")

    @property
    def address(self) -> str | None:
        """Where the publisher's page has the words."""
        return published_address(self.article, self.span)

    @property
    def verbatim(self) -> str | None:
        """The permalink, if it is a web address."""
        return web_url(self.permalink)
