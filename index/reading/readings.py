"""What reading gives: articles, and a line for each thing that was lost; and what is being read."""

from dataclasses import dataclass, field

from index.schema import Article


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that could not be read, and where. `kept`: the article itself was not lost."""

    place: str
    what: str
    kept: bool = False

    def __str__(self) -> str:
        return f"{self.place}: {self.what}"


Reading = Article | Problem


@dataclass(frozen=True, slots=True)
class Source:
    """What is being read: `place` names it in messages, `url` is where it was fetched from.

    `charset` is the encoding that the server told. `seen` tells where each id was first used, in
    what is read together: else one article would silently take the place of another.
    """

    place: str
    url: str | None = None
    charset: str | None = None
    seen: dict[str, str] = field(default_factory=dict)
