"""Understands a question: whose words are wanted, on what, from when, how many of them.

A small grammar over the parts of a question, each taken off before the next is read: several
questions in one (`pieces`), dates (`dates`), the form (`forms`), and then whose words, on what.
Pure functions of the question's words; what only an archive can tell, such as whom a phrase means,
is settled later (`bot.query.settling`).

>>> query = understand("the latest from Putin on peacekeepers since May 2019")
>>> query.kind, query.extent, query.asked, query.topic, query.dates.text
('said', 'newest', 'Putin', 'peacekeepers', 'since May 2019')
"""

import re
from dataclasses import dataclass, replace
from typing import Literal

from bot.answer import AnswerKind
from bot.date_range import DateRange
from bot.query.grammar.anybody import find_anybody
from bot.query.grammar.asked import (
    AUX_FORMS,
    OPENING_AUX,
    QUESTION_WORD,
    find_asked,
    find_counted,
    find_in_clause,
    find_in_telegram,
    find_words_of,
    is_plausible,
    name_of,
    topic_of,
)
from bot.query.grammar.dates import DatePhrase, take_dates
from bot.query.grammar.forms import Extent, Form, is_on_news, read_form
from bot.query.grammar.pieces import (
    PLACED_WH,
    Comparison,
    read_comparison,
    read_lead,
    read_topic_ahead,
    split_names,
    split_questions,
)
from bot.query.grammar.placed import find_placed
from bot.query.grammar.shape import any_of
from bot.query.grammar.wrapping import unwrapped
from index.language.names import is_role
from index.language.verbs import asking
from index.language.words import FUNCTION_WORDS

QuestionKind = Literal["said", "who_said", "fact", "compare", "several"]

# What is read of a question, in characters, and of a conversation, in earlier questions.
MAX_LENGTH = 1000
MAX_HISTORY = 20


@dataclass(frozen=True, slots=True)
class Query:
    """A question as it was read.

    - `text`: what is looked for, the question without its dates and its form.
    - `asked`: the wanted speaker as typed ("the french president"); None if nobody's words are.
    - `topic`: the rest, what they are asked to have spoken on.
    - `without`: the speaker whom "who else" leaves out, or whom a question is about ("who
      criticised Lam").
    - `or_else`: what to ask where they are silent ("what about sanctions" may ask for anybody's
      words).
    - `dates`: as typed; `days`: what they stand for in the archive, once settled.
    - `pieces`: the questions of one that is several, or the same for each who is compared.
    - `decides`: it is answered by yes or no.
    - `is_guess`: `asked` may be no name, and then `or_else` is meant.
    - `among`: the ids of the articles that it is about, where it leans on the turn before.
    - `near`: those in which "the mayor" is looked for first.
    - `within`: those that are asked at all, where a filter is set.
    - `is_eased`: `among` surely have the topic, and less than else will do as words on it.
    - `is_of_event`: `asked` is a role that nobody in `among` has, and another's "owner" is not
      asked for.
    - `is_compared`: the words stand beside another's.
    - `asks_day`: when the words were published is asked, too.
    - `in_story`: the same question of the story of the talk, where it is open whether it is of
      that; what answers it decides.
    """

    text: str
    kind: QuestionKind
    asked: str | None
    topic: str
    without: str | None = None
    or_else: "Query | None" = None
    extent: Extent = "best"
    dates: DatePhrase | None = None
    days: DateRange | None = None
    pieces: tuple["Query", ...] = ()
    decides: bool = False
    is_guess: bool = False
    among: frozenset[str] | None = None
    near: frozenset[str] = frozenset()
    within: frozenset[str] | None = None
    is_eased: bool = False
    is_of_event: bool = False
    is_compared: bool = False
    asks_day: bool = False
    in_story: "Query | None" = None

    def restricted(self, articles: frozenset[str] | None) -> "Query":
        """The query and all its parts, of these articles only; unrestricted for None."""
        if articles is None:
            return self
        pieces = tuple(piece.restricted(articles) for piece in self.pieces)
        or_else = self.or_else and self.or_else.restricted(articles)
        story = self.in_story and self.in_story.restricted(articles)
        return replace(self, within=articles, pieces=pieces, or_else=or_else, in_story=story)

    @property
    def label(self) -> AnswerKind:
        """The kind of question, in a word."""
        return self.kind if self.extent == "best" or self.pieces else self.extent

    @property
    def is_of_nobody(self) -> bool:
        """Whether words are asked of a "she", or of "his mother", and it is not known whose."""
        first = (self.asked or "").lower().split()[:1]
        return self.kind == "said" and not _ANAPHORS.isdisjoint(first)

    @property
    def is_opinion(self) -> bool:
        """Whether only what somebody else holds of one can answer: "is Lee a good mayor"."""
        is_asked = self.kind == "who_said" and self.decides and self.topic == self.text
        return is_asked and self.without is not None

    @property
    def is_about_anything(self) -> bool:
        """Whether somebody's words are wanted, whatever they are about."""
        is_of_event = self.among is not None and not self.is_eased
        return self.kind == "said" and (not self.topic or is_of_event)


_ANAPHORS = frozenset("he she him her his".split())
# The first words of those who are named before: "the council: what did its head say".
_LEANING = _ANAPHORS | {"they", "them", "their", "its"}
_FLAGS = re.IGNORECASE | re.DOTALL
_VERBS, _SAYS = asking("base"), asking("past", "s")
_IN_NAMES = frozenset("of the and for".split())
# How people go on talking: "and what did ...", "ok, so who ...". A pattern.
LEAD = r"(?:(?:and|but|or|so|ok|okay|then|also)[,\s]+)*"
# "what did Lee himself say": adds nothing; but "did he shoot himself".
_HIMSELF = re.compile(
    rf"(?<=\w)\s+(?:him|her|it|them)sel(?:f|ves)(?=\s+{any_of([*_VERBS, *_SAYS])}\b)", _FLAGS
)
_LED = re.compile(rf"{LEAD}(?:(?:what|how)\s+about\s+(?!\w+ing\b)|(?=\S))", re.IGNORECASE)
# The question for one article, as it is offered where several fit.
TITLED = "Tell me about “{}”"
_TITLED = re.compile(r"tell me about [“\"](.+)[”\"][.?]?", _FLAGS)
_MAX_BARE_WORDS = 5
# "Lee vs Reed: who won", "what was the verdict" ask for what happened, and for no words of theirs.
_OF_BOTH = re.compile(
    r"(?:when|where|how (?:many|much|long|far)|who(?! (?:is|are|was|were|should)\b)|which)\b"
    r"|what (?:was|were|is) the\b",
    re.IGNORECASE,
)
_CLAUSE_OF_WORDS = re.compile(
    r"(?:what|how)\s+(?!(?:many|much|long|old|often|far|big|fast)\b)", re.IGNORECASE
)
_CLAUSE = re.compile(rf"{PLACED_WH}\s+\w+\s+\w", re.IGNORECASE)
# "list the victims": who they are
_LIST = re.compile(r"(?:list|name|give me|show me)(?: all)?(?: of)? the (?P<topic>.+s)", _FLAGS)
# "what did the articles say about gas": what they tell, and nobody's words.
_ARTICLES = re.compile(
    r"(?:the|these|those|your|our|all(?: the)?) "
    r"(?:articles?|stories|story|papers?|newspapers?|coverage)",
    re.IGNORECASE,
)
_HAPPENED_TO = re.compile(r"what (?:has )?(?:happened to|became of|become of) ", re.IGNORECASE)
# "did she comment" asks for her words, "did she apologise" whether she did.
SPEAKS = re.compile(
    r"\b(?:say|said|comment\w*|mention\w*|speak|spoken?|talk\w*|tweet\w*|respon\w+|react\w*|answer\w*"
    r"|repl\w+)\b",
    re.IGNORECASE,
)
_PLACING = re.compile(r"(?:in|when|while|during|after|before|because)\b", re.IGNORECASE)
_WHOM = re.compile(rf"whom?\s+{AUX_FORMS}\b", re.IGNORECASE)
_DECIDES = re.compile(rf"{OPENING_AUX}|(?:are|am)\b", re.IGNORECASE)
# "is she a good minister", "was it right to leave": no fact, but what somebody may hold of it.
# Whether she was "right that it would close" is told by what came of it.
_SAYING = r"\s+(?:that|to\s+(?:assume|believe|claim|expect|insist|predict|say|think|warn))\b"
_OPINION = re.compile(
    r"(?:should|ought|shouldn['’]t)\b.+|(?:is|was|are|were|isn['’]t|wasn['’]t|will|would)\b.*\b(?:good|bad|great|best|worst|better|worse|"
    rf"(?:right|wrong)(?!{_SAYING})|fair|"
    r"unfair|evil|terrible|awful|brilliant|stupid|smart|competent|incompetent|dangerous|"
    r"corrupt|honest|dishonest|racist|sexist|fascist|a liar|a hero|a traitor|a disaster|justified|"
    r"unjustified|ugly|beautiful|overrated|immoral|moral|ethical)\b.*",
    _FLAGS,
)


def understand(question: str) -> Query:
    """Read one stand-alone question. Raises nothing: what fits no pattern is a "fact" question."""
    titled = _TITLED.fullmatch(question.strip())
    if titled:
        return Query(titled[1], "fact", None, titled[1], extent="story")
    text = _plain(question)
    pieces = split_questions(text)
    if len(pieces) > 1:
        # Each is read after the one before it, as in a conversation.
        each = tuple(Query(piece, "fact", None, piece) for piece in pieces)
        return Query(text, "several", None, text, pieces=each)
    return _understand(text.rstrip(" ?!."))


def _plain(question: str) -> str:
    """The question in one line, without what only leads up to it."""
    text = unwrapped(_HIMSELF.sub("", " ".join(question[:MAX_LENGTH].split())))
    led = _LED.match(text)
    return text[led.end() :] if led else text


def _understand(text: str) -> Query:
    dates, rest = take_dates(text)
    if dates and not rest.strip(" ,:-"):
        return replace(_story(""), text=text, dates=dates)
    query = _read(rest)
    if dates is None:
        return query
    if query.kind == "fact" and query.extent == "best":
        return _fact_of_days(query, text, dates)
    pieces = tuple(replace(piece, dates=dates) for piece in query.pieces)
    other = query.or_else
    other = other and _dated(other, text if other.kind == "fact" else other.text, dates)
    return or_on_day(replace(query, dates=dates, pieces=pieces, or_else=other))


def _fact_of_days(query: Query, text: str, dates: DatePhrase) -> Query:
    """A question for a fact with dates: an event's rather than an article's.

    So they are a part of what is looked for; an article of that day seldom names it, and is asked
    without.
    """
    undated = replace(query, dates=dates)
    dated = _dated(query, text, dates)
    if not dates.is_loose:
        return replace(dated, or_else=dated.or_else or undated)
    is_topic = query.or_else is not None and query.or_else.extent == "story"
    if is_topic and dates.frame == "since" and dates.points:
        return _dated(query, query.text, dates)  # "the protests since october"
    whole = _read(text)
    # "lee on monday" is no question for his words on Monday.
    is_day = whole.kind == "said" and dates.text.lower() == f"on {whole.topic}".lower()
    return dated if is_day else whole


def or_on_day(query: Query) -> Query:
    """The question for somebody's words on a day, or else for words on what that day stands for.

    As "what did Lee say on January 6": said then, or of it.
    """
    dates = query.dates
    if query.kind != "said" or query.topic or query.pieces or not (dates and dates.is_named_on):
        return query
    of_day = said(query.asked or "", dates.text.partition(" ")[2])
    return replace(query, or_else=replace(of_day, or_else=query.or_else))


def _dated(query: Query, text: str, dates: DatePhrase) -> Query:
    or_else = replace(query.or_else, dates=dates) if query.or_else else None
    return replace(query, text=text, dates=dates, or_else=or_else)


def _read(text: str) -> Query:
    form = read_form(text)
    # "everything Lee said on gas vs coal" compares nobody.
    compared = None if form and form.extent == "all" else read_comparison(text)
    if compared:
        # "does she agree with the plan" compares nobody.
        other = _read_asked(text) if QUESTION_WORD.match(text) else None
        both = replace(compare(text, compared), or_else=other)
        is_fact = _OF_BOTH.match(compared.topic) and _words_asked(compared.topic) is None
        return Query(text, "fact", None, text, or_else=both) if is_fact else both
    if form:
        return _of_form(text, form)
    query, decides = _words_asked(text), bool(_DECIDES.match(text))
    if query is None and _OPINION.fullmatch(text):
        # What somebody holds of themselves decides nothing.
        return Query(text, "who_said", None, text, without=text, decides=True)
    if query is None and _HAPPENED_TO.match(text):
        return Query(text, "fact", None, text, or_else=_story(_HAPPENED_TO.sub("", text)))
    listed = _LIST.fullmatch(text)
    if query is None and listed:
        text = f"who are the {listed['topic']}"
    is_told = query and query.kind == "said" and query.topic and text.lower().startswith("what ")
    if query and is_told and _ARTICLES.fullmatch(query.asked or ""):
        text, query = query.topic, None
    if query is None:
        return _read_fact(text, decides=decides)
    is_deed = decides or _WHOM.match(text)  # "who did she call" is no question for her words
    if query.kind == "said" and is_deed and not query.topic and not SPEAKS.search(text):
        return _read_fact(text, decides=decides)  # what decides it, and not all that she said
    names = split_names(query.asked or "")
    if len(names) > 1 and query.kind == "said":
        query = replace(query, pieces=compare(text, Comparison(tuple(names), query.topic)).pieces)
    decides = decides or query.decides
    other = query.or_else and replace(query.or_else, decides=decides)
    return replace(query, decides=decides, or_else=other)


def _read_fact(text: str, *, decides: bool) -> Query:
    bare = not QUESTION_WORD.match(text) and len(text.split()) <= _MAX_BARE_WORDS
    # "hurricane dorian": where no sentence answers that, its story may be wanted.
    fact = Query(text, "fact", None, text, decides=decides, or_else=_story(text) if bare else None)
    asked, topic = find_placed(text) or ("", "")
    if not is_plausible(asked):
        return _read_telegram(text, fact) if bare else fact
    guess = Query(text, "said", name_of(asked), topic_of(topic), decides=decides)
    return replace(guess, is_guess=True, or_else=fact)


def _read_telegram(text: str, fact: Query) -> Query:
    """The question of "lee gas statement" for words, if an archive has somebody called so."""
    found = find_in_telegram(text)
    if found is None:
        return fact
    anybody = replace(fact, kind="who_said", topic=found.asked, or_else=fact)
    if found.topic.startswith("tribute"):
        return anybody
    other = anybody if found.topic.startswith("reaction") else fact
    return replace(fact, kind="said", asked=found.asked, topic="", is_guess=True, or_else=other)


def _story(topic: str) -> Query:
    return Query(topic, "fact", None, topic, extent="story")


def compare(text: str, compared: Comparison) -> Query:
    """The question that asks for the words of each of several persons."""
    pieces = tuple(said(name_of(name), compared.topic) for name in compared.names)
    return Query(text, "compare", None, compared.topic, pieces=pieces)


def said(asked: str, topic: str) -> Query:
    """The question for somebody's words on a topic, or on anything."""
    return Query(f"what did {asked} say{tied(topic, 'about')}", "said", asked, topic)


def tied(topic: str, by: str) -> str:
    """A topic as it stands behind a verb: " about gas", but " in court"."""
    if not topic:
        return ""
    return f" {topic}" if _PLACING.match(topic) else f" {by} {topic}"


def _of_form(text: str, form: Form) -> Query:
    """A question that asks for more than the sentences that answer it."""
    if form.clause:
        query = _read_indirect(form.clause) or _words_asked(form.clause)
        # Sentences in the article's order are what "summarise what she said" gets anyway.
        extent: Extent = "best" if form.extent == "story" and query else form.extent
        query = query or Query(form.clause, "fact", None, form.clause)
        return replace(query, extent=extent)
    if form.last and is_plausible(form.last):
        anybody = _of_form(text, replace(form, last=""))
        words = said(name_of(form.last), topic_of(form.before))
        return replace(words, extent=form.extent, is_guess=True, or_else=anybody)
    topic = topic_of(form.topic)
    asked = find_words_of(topic) if form.extent == "story" else None
    if asked:
        return Query(topic, "said", asked.asked, asked.topic)
    if form.who:
        return replace(said(name_of(form.who), topic), extent=form.extent)
    if form.extent == "all":
        asking = f"who spoke about {topic}" if topic else text
        return Query(asking, "who_said", None, topic, extent="all")
    if form.extent == "person":
        return Query(text, "fact", None, topic, extent="person")
    if form.extent == "newest" and _CLAUSE.match(topic):
        return _read(topic)  # "the latest on where they will meet" asks for that
    on_it = _read_asked(text) if is_on_news(text, form) else None
    query = Query(topic or text, "fact", None, topic, extent=form.extent)
    return replace(on_it, is_guess=True, or_else=query) if on_it else query


def _words_asked(text: str) -> Query | None:
    indirect = _read_indirect(text) if _CLAUSE_OF_WORDS.match(text) else None
    whole = _read_led(text) or _read_who_said(text) or _read_asked(text) or indirect
    return whole or _read_counted(text) or _read_led_up_to(text)


def _read_led(text: str) -> Query | None:
    """The question behind a colon that asks for words by itself: "gas: what did Lee say".

    Before the colon may stand who says something of it, as in "Lee: what did Reed want". Where both
    are somebody, it is Reed's words if he is asked to have said something, else Lee's.
    """
    lead, asks = read_lead(text)
    led = _asked_behind(lead, asks)
    if led is None or is_role(lead.lower().split()[-1]) or QUESTION_WORD.match(lead):
        return None
    words = _with_lead(led, topic_of(lead), text)
    speaks = SPEAKS.search(asks)
    if not is_plausible(lead) or (speaks and words.kind == "who_said"):
        return words  # "on gas: what did Lee say"
    of_lead = Query(text, "said", name_of(lead), asks, is_guess=True)
    if speaks:
        return replace(words, is_guess=True, or_else=replace(of_lead, or_else=words))
    fact = Query(f"{asks} ({lead})", "fact", None, f"{asks} {lead}", decides=words.decides)
    guess = replace(words, is_guess=True, or_else=fact) if words.kind == "said" else words
    return replace(of_lead, or_else=guess)


def _read_led_up_to(text: str) -> Query | None:
    """The question behind its topic: "on gas, what did Lee say"."""
    lead, asks = read_topic_ahead(text)
    led = _asked_behind(lead, asks)
    return _with_lead(led, lead, text) if led and led.kind == "said" else None


def _asked_behind(lead: str, asks: str) -> Query | None:
    """Whose words the question behind a lead asks for; None where it leans on the lead."""
    led = _words_asked(asks) if lead else None
    if led is None or not _LEANING.isdisjoint((led.asked or "").lower().split()[:1]):
        return None
    return replace(led, decides=bool(_DECIDES.match(asks)))


def _with_lead(query: Query, lead: str, text: str) -> Query:
    """The question of the whole `text`; with the words in their plainest order, if that is all."""
    is_plain = query.kind == "said" and not (query.topic or query.decides)
    is_plain = is_plain and bool(SPEAKS.search(query.text))
    whole = said(query.asked or "", lead).text if is_plain else text
    return replace(_of_lead(query, lead), text=whole)


def _of_lead(query: Query, lead: str) -> Query:
    """The question with what stands before it as a part of its topic."""
    topic = f"{query.topic} {lead}".strip()
    is_aimed = query.without is not None and query.without == query.topic
    return replace(
        query,
        text=f"{query.text} ({lead})",
        topic=topic,
        without=topic if is_aimed else query.without,
        or_else=query.or_else and _of_lead(query.or_else, lead),
    )


def _read_counted(text: str) -> Query | None:
    """The question for somebody's figure or time, or else for what any article has of it."""
    found = find_counted(text)
    if found is None:
        return None
    fact = Query(text, "fact", None, text)
    return Query(text, "said", found.asked, found.topic, is_guess=True, or_else=fact)


def _read_indirect(text: str) -> Query | None:
    """As in a clause: "what Lee said about the ferry"."""
    found = find_in_clause(text)
    return said(found.asked, found.topic) if found else None


def _read_asked(text: str, shaped: str = "") -> Query | None:
    found = find_asked(text, shaped)
    if found is None:
        return None
    query = Query(text, "said", found.asked, found.topic)
    lead, rest = read_lead(text)
    is_said = bool(found.otherwise) or is_role(lead.lower().split()[-1]) if lead else True
    if not is_said and found.asked == name_of(lead):
        # "the ferry: who owned it" asks for nobody's words; "bee expert: is it safe" an expert.
        fact = Query(f"{rest} ({lead})", "fact", None, f"{rest} {lead}")
        return replace(query, is_guess=True, or_else=fact)
    other = _read_asked(text, found.otherwise) if found.otherwise else None
    # "think happened with the ransom" is nobody's name.
    inner = other and set((other.asked or "").lower().split()[1:]) & FUNCTION_WORDS - _IN_NAMES
    other = None if inner else other
    if other and not other.is_guess:
        # "what did the ohio state coach say": the verb that is no noun is the question's own. One
        # coach alone cannot follow a verb, as in "what did lee claim coaches say".
        is_sure = is_role((other.asked or "").lower().split()[-1])
        guess = replace(query, is_guess=True, or_else=other)
        return other if is_sure else replace(other, is_guess=True, or_else=guess)
    if other is None and (not found.otherwise or text.lower().startswith("what ")):
        return query
    # "why did the ohio state coach quit" asks Ohio for no words, where nobody is called so.
    return replace(query, is_guess=True, or_else=other or Query(text, "fact", None, text))


def _read_who_said(text: str) -> Query | None:
    found = find_anybody(text)
    if found is None:
        return None
    left_out, topic = found.without or None, found.topic
    query = Query(found.text, "who_said", None, topic or text, without=left_out or found.at or None)
    # "which senators criticised it": theirs first.
    is_group = found.group.endswith("s")
    theirs = replace(said(found.group, topic), text=found.text, without=left_out, or_else=query)
    return theirs if is_group else query
