"""What people have put right by hand, laid over what was read: who said what, who is who, details.

Neither an article's text nor what was derived from it is changed: whoever reads an archive gets
both as one, and what is taken back leaves no trace. Knows nothing of databases.

>>> put_right = Corrections([Correction("1", "2026-01-31", PersonIs(("Bo Lee",), "Ann Lee"))])
>>> put_right.name_of("Bo Lee"), put_right.name_of("Tom Reed")
('Ann Lee', 'Tom Reed')
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import asdict, dataclass, replace
from typing import Any

from index.language.folding import fold
from index.reading.records import DETAILS, MAX_ID, MAX_TEXT, UNFIT, shown, with_details
from index.schema import Article, Person, RequestError, Span, Speaker, Statement

MAX_NAME = 200
MAX_NAMES = 50
_ENOUGH = 0.5  # of both: a statement is found again though its ends were read otherwise
_VERSION = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class StatementIs:
    """The statement at `span` of this version of an article is `speaker`'s; None: nobody's."""

    article_id: str
    version: str
    span: Span
    speaker: str | None


@dataclass(frozen=True, slots=True)
class PersonIs:
    """Whoever has one of the `names` is the one called `name`; None: it is nobody at all."""

    names: tuple[str, ...]
    name: str | None


@dataclass(frozen=True, slots=True)
class NotRole:
    """Whoever has one of the `names` does not have the role."""

    names: tuple[str, ...]
    role: str


@dataclass(frozen=True, slots=True)
class DetailIs:
    """The article's title, author, source, date or address is this; None: it has none."""

    article_id: str
    detail: str
    value: str | None


What = StatementIs | PersonIs | NotRole | DetailIs
_WORDS = {StatementIs: "statement", PersonIs: "person", NotRole: "role", DetailIs: "detail"}


class BadCorrection(RequestError):
    """This cannot be put right so."""


@dataclass(frozen=True, slots=True)
class Correction:
    """Something put right, and when: ISO 8601."""

    id: str
    made_at: str
    what: What

    @property
    def article_id(self) -> str | None:
        """The article that it is on, if it is on one."""
        return self.what.article_id if isinstance(self.what, StatementIs | DetailIs) else None


class Corrections:
    """What was put right of the texts as they are, as one."""

    def __init__(self, made: Iterable[Correction] = ()) -> None:
        """Oldest first: of two on the same thing the newer one holds."""
        self._statements: dict[str, list[tuple[str, StatementIs]]] = defaultdict(list)
        self._names: dict[str, str | None] = {}
        self._wrong_roles: dict[str, set[str]] = defaultdict(set)
        self._details: dict[str, dict[str, str | None]] = defaultdict(dict)
        for correction in made:
            what = correction.what
            if isinstance(what, StatementIs):
                self._statements[what.article_id].append((correction.made_at, what))
            elif isinstance(what, PersonIs):
                self._names.update(dict.fromkeys(map(name_key, what.names), what.name))
            elif isinstance(what, DetailIs):
                self._details[what.article_id][what.detail] = what.value
            else:
                for name in what.names:
                    self._wrong_roles[name_key(name)].add(name_key(what.role))

    @property
    def articles(self) -> Set[str]:
        """The articles in which statements were put right."""
        return self._statements.keys()

    @property
    def detailed(self) -> Set[str]:
        """The articles whose details were put right."""
        return self._details.keys()

    def article(self, article: Article) -> Article:
        """The article with its details as they are."""
        details: dict[str, Any] = dict(self._details.get(article.id, {}))
        return replace(article, **details)

    @property
    def aliases(self) -> dict[str, str]:
        """Names that are another's, folded, and whose they are."""
        found = ((name, self.name_of(name)) for name in self._names)
        return {name: other for name, other in found if other}

    def name_of(self, name: str) -> str | None:
        """Whom the name stands for; None if for nobody."""
        if not self._names:
            return name
        passed = set()
        while (key := name_key(name)) in self._names and key not in passed:
            passed.add(key)
            other = self._names[key]
            if other is None:
                return None
            name = other
        return name

    def statements(
        self, derived: Sequence[Statement], article: Article | None = None
    ) -> tuple[Statement, ...]:
        """The same statements in their order, with those for speakers whom people named.

        The `article` is needed where it is one of `articles`.
        """
        found = [self._named(statement) for statement in derived]
        if article:
            for made_at, what in self._statements.get(article.id, ()):
                n = statement_at(what.span, derived)
                if n is not None:
                    found[n] = self._given(derived[n], what.speaker, made_at, article.text)
        return tuple(found)

    def people(self, derived: Iterable[tuple[str, Person]]) -> tuple[tuple[str, Person], ...]:
        """(article id, person), those together who are one; whoever was named is one of them."""
        if not (self._names or self._wrong_roles or self._statements):
            return tuple(derived)
        found: dict[tuple[str, str], Person] = {}
        for article_id, person in derived:
            name = self.name_of(person.name)
            if name is None:
                continue
            own = replace(person, name=name, roles=self._roles(person.roles, person.name, name))
            known = found.setdefault((article_id, name), own)
            roles = tuple(dict.fromkeys((*known.roles, *own.roles)))
            speaks = known.speaks or own.speaks
            found[article_id, name] = replace(known, roles=roles, speaks=speaks)
        for article_id, made in self._statements.items():
            for _, what in made:
                if what.speaker and (name := self.name_of(what.speaker)):
                    found.setdefault((article_id, name), Person(name, speaks=True))
        return tuple((article_id, person) for (article_id, _), person in found.items())

    def _roles(self, roles: Sequence[str], *names: str) -> tuple[str, ...]:
        wrong = set().union(*(self._wrong_roles.get(name_key(name), ()) for name in names))
        return tuple(role for role in roles if name_key(role) not in wrong)

    def _named(self, statement: Statement) -> Statement:
        speaker, via = self._speaker(statement.speaker), self._speaker(statement.via)
        is_same = (speaker, via) == (statement.speaker, statement.via)
        return statement if is_same else replace(statement, speaker=speaker, via=via)

    def _speaker(self, speaker: Speaker | None) -> Speaker | None:
        name = self.name_of(speaker.name) if speaker else None
        return Speaker(name, speaker.mention) if speaker and name else None

    def _given(
        self, statement: Statement, speaker: str | None, made_at: str, text: str
    ) -> Statement:
        name = self.name_of(speaker) if speaker else None
        who = Speaker(name, _mention(name, statement, text)) if name else None
        # Who says whose words they are says that they are somebody's, too.
        return replace(statement, speaker=who, modality=None, corrected=made_at)


def differing(one: Corrections, other: Corrections) -> tuple[Set[str], set[str]]:
    """In what two differ: in these names (folded) in every article, and in these articles."""
    known = one._names.keys() | other._names.keys()
    names = {name for name in known if one.name_of(name) != other.name_of(name)}
    roles = one._wrong_roles.keys() | other._wrong_roles.keys()
    names |= {n for n in roles if one._wrong_roles.get(n) != other._wrong_roles.get(n)}
    # A role is wrong of whoever bears the name, by whichever of theirs an article has them.
    for each in (one, other):
        names |= {n for n in known if (meant := each.name_of(n)) and name_key(meant) in names}
    articles = {
        id_
        for mine, others in ((one._statements, other._statements), (one._details, other._details))
        for id_ in mine.keys() | others.keys()
        if mine.get(id_) != others.get(id_)
    }
    return names, articles


def to_record(what: What) -> dict[str, object]:
    """As JSON: what is put right, where, and how it is."""
    record = {"what": _WORDS[type(what)], **asdict(what)}
    place: dict[str, object] = record.pop("span", {})
    return record | place


def from_record(record: Mapping[str, object]) -> What:
    """From that JSON, whoever wrote it; raises BadCorrection with the first thing that is wrong."""
    kind = record.get("what")
    if kind == "statement":
        speaker = record.get("speaker")
        given = None if speaker is None else checked_name(speaker, "speaker")
        version = record.get("version")
        article_id = _article_id(record)
        if not isinstance(version, str) or not _VERSION.fullmatch(version):
            raise BadCorrection("“version” is no version of an article.")
        return StatementIs(article_id, version, _span(record), given)
    if kind == "person":
        name = record.get("name")
        return PersonIs(_names(record), None if name is None else checked_name(name, "name"))
    if kind == "role":
        return NotRole(_names(record), checked_name(record.get("role"), "role"))
    if kind == "detail":
        return _detail(_article_id(record), record.get("detail"), record.get("value"))
    raise BadCorrection("“what” is put right: a “statement”, “person”, “role” or “detail”?")


def _article_id(record: Mapping[str, object]) -> str:
    article_id = record.get("article_id")
    if not isinstance(article_id, str) or not 0 < len(article_id) <= MAX_ID:
        raise BadCorrection("“article_id” is no id of an article.")
    return article_id


def _detail(article_id: str, detail: object, value: object) -> DetailIs:
    if not isinstance(detail, str) or detail not in DETAILS:
        raise BadCorrection(f"“detail” is one of {', '.join(DETAILS)}.")
    stated, lost = with_details(Article(article_id, ""), {detail: value})
    if lost:
        raise BadCorrection(f"“{detail}”: {lost[0].partition(': ')[2] or lost[0]}.")
    return DetailIs(article_id, detail, getattr(stated, detail))


def checked_name(value: object, field: str) -> str:
    """A name or role on one line; raises BadCorrection where it is none."""
    if not isinstance(value, str) or UNFIT.search(value.strip()):
        raise BadCorrection(f"“{field}” is no line of text.")
    name = " ".join(value.split())
    if not name_key(name):
        raise BadCorrection(f"“{field}”: there is no word in {shown(name)}.")
    if len(name) > MAX_NAME:
        raise BadCorrection(f"“{field}” has {len(name):,} characters; at most {MAX_NAME}.")
    return name


def _names(record: Mapping[str, object]) -> tuple[str, ...]:
    names = record.get("names")
    if not isinstance(names, list | tuple) or not 0 < len(names) <= MAX_NAMES:
        raise BadCorrection(f"“names” has to be a list of 1 to {MAX_NAMES} names.")
    return tuple(checked_name(name, "names") for name in names)


def _span(record: Mapping[str, object]) -> Span:
    start, end = record.get("start"), record.get("end")
    if not (type(start) is int and type(end) is int and 0 <= start < end <= MAX_TEXT):
        raise BadCorrection("“start” and “end” are no place in a text.")
    return Span(start, end)


def statement_at(span: Span, derived: Sequence[Statement]) -> int | None:
    """The number of the statement that (nearly) covers the span; None if there is none such."""
    shares = [(_share(span, statement.span), -n) for n, statement in enumerate(derived)]
    share, n = max(shares, default=(0.0, 0))
    return -n if share >= _ENOUGH else None


def name_key(name: str) -> str:
    """A name or role as it is compared; empty if there is no word in it."""
    return " ".join(word for word in fold(name) if word != "the")


def standing_once(words: str, text: str) -> Span | None:
    """Where the words stand in the text; None unless just once."""
    start = text.find(words) if words else -1
    if start < 0 or text.find(words, start + 1) >= 0:
        return None
    return Span(start, start + len(words))


def _share(one: Span, other: Span) -> float:
    """How much two spans have in common, of all that they cover: 0 to 1."""
    return one.shared(other) / (max(one.end, other.end) - min(one.start, other.start))


def _mention(name: str, statement: Statement, text: str) -> Span:
    """The words that stand for the speaker: their name nearest by, else what was taken for it."""
    place = statement.span
    forms = "|".join(map(re.escape, (name, name.split()[-1])))
    found = re.finditer(rf"(?<!\w)(?:{forms})(?!\w)", text)
    near = min(found, key=lambda m: abs(m.start() - place.start), default=None)
    if near:
        return Span(*near.span())
    if statement.speaker:
        return statement.speaker.mention
    return statement.cue or statement.content[0]
