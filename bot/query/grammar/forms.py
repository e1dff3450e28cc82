"""Takes the form off a question: how much of what there is it asks for, and in which order.

"the latest from Macron on Mali" wants Macron on Mali, newest first; "list all quotes about Mali"
all that anybody said of it; "tell me about Mali" the story; "who is Macron" a person. What is left
is a question of its own (`bot.query.grammar.question`). Knows nothing of articles.

>>> read_form("the latest from Macron on Mali")
Form(extent='newest', who='Macron', topic='Mali', clause='', before='', last='')
>>> read_form("summarise what Macron said about Mali").clause
'what Macron said about Mali'
"""

import re
from dataclasses import dataclass, replace
from typing import Literal

from bot.query.grammar.pieces import AUX, WH

# "best": the sentences that answer it. The others: all that was said, what is newest, a story in
# its article's order, who somebody is.
Extent = Literal["best", "all", "newest", "story", "person"]

_ON = "(?:on|about|regarding|concerning|over|re)"
_NAME = rf"(?P<who>(?:(?! {_ON} ).)+?)"
_TOPIC = "(?P<topic>.+)"
_TOPIC_FIRST = rf"(?!(?:{WH}|{AUX})\b)(?P<topic>\S.*?)[,:–—-]*"
_NOW = "(?: (?:now|there|yet|since|lately|on (?:it|that|this)))?"
_ABOUT = f"(?: {_ON} {_TOPIC})?"
_OF = f"(?: (?:{_ON}|with|in|of|for) {_TOPIC})?"
_FROM = f"(?: (?:from|by) {_NAME})?"
_ME = "(?: (?:me|us))?"
_SHOW = (
    "(?:(?:list|show|give|find|get|fetch|collect|gather|pull|grab|dig (?:out|up)|(?:i )?(?:want|"
    f"need)|looking for){_ME} |what (?:are|were) |(?:is|are) there |(?:do|have) (?:we|you|i) "
    "(?:have |got )?|got )"
    "(?:(?:(?:a|the) )?(?:(?:full|complete) )?list of )?"
)
_IS = "(?:['’]?s| is| are| was| were| has been)"
# "a good quote", "the strongest quotes", "the top 5 quotes", "pull quotes": which of them.
_SORT = (
    r"(?:(?:(?:all|every|each|any|an?|some|one|me) )?(?:of )?(?:the )?"
    r"(?:(?:top|pull|direct|exact|best|few|more|\d+"
    r"|(?:strong|short|long|great|bold|harsh|clear|tough)est) )*"
    r"|(?:an?|some|any) (?!list )\w+ (?=quotes? (?:by|from)\b)|\w+ (?=quote (?:by|from)\b))"
)
_QUOTES = "(?:quotes?|quotations?|statements?|comments?|remarks?)"
_ALL = "(?:everything|all(?: of)?(?: the things)?|anything)"
_NEW = "(?:latest|newest|most recent|recent|new|newer|fresh|breaking)"
_REACTIONS = "(?:reactions?|responses?|tributes?|condolences|praise|criticism|objections)"
_NEWS = "(?:news|updates?|developments?|headlines?|word|stories|articles?|reports?|stuff|bits?)"
_ANY = "(?:(?:is|are) there |have you (?:got )?|do you have |got )?(?:any|some)"
_MORE = "(?: (?:new|more|since|further|else|recent|lately|recently))+"
_SUMMARY = (
    "(?:summary|overview|rundown|recap|round-?up|background|story|gist|details|info|information|"
    "facts|outline|briefing|report|account|low-?down)"
)
_SAID = "(?:said|says|told|tweeted|wrote|thinks|thought|claimed|promised)"
# Spaces stand for themselves: a question is read with one between its words.
_PATTERNS: tuple[tuple[Extent, str], ...] = (
    # "quotes on Y from X", if X is somebody
    (
        "all",
        f"(?:{_SHOW}|(?:full |complete )?list of )?{_SORT}"
        f"{_QUOTES} {_ON} (?P<topic>(?P<before>.+) (?:by|from) (?P<last>.+))",
    ),
    # "all quotes by X on Y", "every quote about Y", "X's quotes on Y"
    (
        "all",
        f"(?:{_SHOW}|(?:full |complete )?list of )?{_SORT}{_QUOTES}"
        f"(?: (?:made|given))?(?: (?:by|from|of) {_NAME})?{_ABOUT}",
    ),
    (
        "all",
        f"(?:{_SHOW}(?:(?:all|every) )?|(?:all|every) )(?:of )?{_NAME}(?:['’]s?)?"
        f" {_QUOTES}{_ABOUT}",
    ),
    ("all", f"{_NAME}(?:['’]s?)? (?:quotes|quotations) {_ON} {_TOPIC}"),
    # "X quotes", if X is somebody, or begins with one
    ("all", f"(?P<topic>(?P<last>(?:(?! {_ON} ).)+?))(?:['’]s?)? (?:quotes|quotations)"),
    # "all reactions to Y"
    (
        "all",
        f"(?:{_SHOW})?(?:all|every|each)(?: (?:of )?(?:the|their))? {_REACTIONS}"
        f" (?:to|of) {_TOPIC}",
    ),
    # "all of X on Y", "everything from X on Y", "who said what on Y"
    ("all", f"(?:{_SHOW})?(?:all(?: of)?|everything) (?:of|by|from) {_NAME} {_ON} {_TOPIC}"),
    ("all", f"who(?: has| have| all)? {_SAID} what{_ABOUT}"),
    # "everything X said about Y", "all that was said about Y"
    ("all", f"(?:{_SHOW})?{_ALL}(?: that)?(?: (?:was|has been|is))? said{_ABOUT}"),
    ("all", rf"(?:{_SHOW})?{_ALL}(?: that)? (?P<clause>(?!{_ON}\b|there\b).+ {_SAID}\b.*)"),
    # "what's new on Y", "the latest from X on Y", "any news on Y"
    ("newest", f"(?:what{_IS}? )?(?:the )?{_NEW}(?: {_NEWS})*{_FROM}{_OF}"),
    ("newest", f"what{_IS} (?:new|happening|going on|up)(?: now)?{_FROM}{_OF}"),
    ("newest", f"{_ANY}(?:thing)?(?:(?: {_NEW})+|{_MORE})(?: {_NEWS})*{_FROM}{_OF}"),
    ("newest", f"{_ANY}thing (?:from|by) {_NAME}{_ABOUT}"),
    ("newest", f"(?:{_ANY} )?(?:the )?(?:news|updates?|headlines?|developments?){_FROM}{_OF}"),
    ("newest", f"(?:update|catch|bring) (?:me|us)(?: up)?(?: to (?:date|speed))?{_OF}"),
    ("newest", f"{_TOPIC_FIRST} (?:latest|news|updates?)"),
    # "Y whats the newest", "Y, anything new?"
    ("newest", f"{_TOPIC_FIRST} what{_IS}? (?:(?:the )?{_NEW}|happening)(?: {_NEWS})*{_NOW}"),
    ("newest", f"{_TOPIC_FIRST} {_ANY}(?:thing)? ?{_NEW}(?: {_NEWS})*{_NOW}"),
    ("newest", f"{_TOPIC_FIRST} (?:any|the) {_NEWS}{_NOW}"),
    # "Y, where are we now?", "Y, how do things stand?"
    (
        "newest",
        f"{_TOPIC_FIRST} (?:where|how) (?:are we|do we stand|does it stand|"
        f"(?:do|are) (?:things|matters)(?: stand| standing| going)?)(?: at)?{_NOW}",
    ),
    ("newest", f"{_TOPIC_FIRST} (?:the )?(?:newest|most recent)"),
    # "the newest Y story"
    (
        "newest",
        f"(?:what{_IS}? )?(?:the )?(?:latest|newest|most recent) {_TOPIC}"
        f" (?:story|article|{_NEWS})",
    ),
    # "latest ferry numbers", "newest poll on Y"
    ("newest", f"(?:the )?(?:latest|newest|most recent) (?!{_QUOTES}\\b){_TOPIC}"),
    # "tell me about Y", "what happened in Y", "a summary of Y", "summarise what X said"
    ("story", f"(?:tell|show) (?:me|us) (?:(?:more|something|all|everything) )?about {_TOPIC}"),
    (
        "story",
        f"what (?:do|can) (?:you|we) (?:know|have|say|tell{_ME})(?: so far)? {_ON} {_TOPIC}",
    ),
    ("story", f"{_TOPIC_FIRST} in (?:a nutshell|brief|short)"),
    ("story", f"what{_IS} (?:known|reported|there) {_ON} {_TOPIC}"),
    (
        "story",
        f"(?:{_SHOW})?(?:(?:a|an|the|some|any|more|short|brief|quick|full) )*{_SUMMARY}"
        f" (?:of|on|about|behind) {_TOPIC}",
    ),
    (
        "story",
        "(?:summari[sz]e|sum up|recap|outline|explain|describe|brief me on"
        f"|(?:talk|walk) (?:me|us) through) (?:(?P<clause>(?:what|how|why) .+)|{_TOPIC})",
    ),
    ("story", f"(?:everything|all|more) (?:about|on) {_TOPIC}"),
    (
        "story",
        f"(?:{_SHOW})?(?:(?:all|any|some|the|an?|which) )*(?:articles?|stories|story|coverage)"
        f"(?: (?:(?:is|are) )?(?:on|about|of|mention(?:s|ing)?|covers?|covering) {_TOPIC})?",
    ),
    (
        "story",
        "(?:what happened|did anything happen|(?:was there )?anything happening)"
        f"(?: (?:in|at|on|with|during|around|after|near) {_TOPIC})?|(?:was there )?anything",
    ),
    # "who is X", and not "who is investigating" or "who was killed in Y"
    ("person", f"(?:tell (?:me|us) )?who (?!is |was |are |were ){_TOPIC} (?:is|was)"),
    # Not "what does Lee hope Reed will do".
    (
        "person",
        "what does (?!.+ (?:to|will|would|can|could|should|must|may|might) do\\b)"
        f"{_TOPIC} do(?: for a living)?",
    ),
    ("person", f"{_TOPIC_FIRST} who{_IS} (?:he|she|that|this)"),
    (
        "person",
        rf"who{_IS} (?:exactly )?(?!\w+(?:ing|ed)\b|"
        rf"(?:said|to|in|on|at|behind|there|against|for)\b){_TOPIC}",
    ),
)  # fmt: skip
_FORMS = tuple((extent, re.compile(pattern, re.IGNORECASE)) for extent, pattern in _PATTERNS)
# What makes any question for words one for the newest: "what did X say most recently about Y",
# "what was X's latest statement", "the last thing that X said".
_LATELY = re.compile(
    r" (?:(?:most )?recently|lately|these days|of late)\b"
    r"|(?:\bthe )?\b(?:very )?(?:latest|newest|most recent|recent|last)"
    r"(?= (?:(?:public|official) )?(?:statements?|comments?|remarks?|quot(?:e|ation)s?|words|"
    r"speech|reactions?|responses?|positions?|views?|tweets?|things?)\b)",
    re.IGNORECASE,
)
# "what did X last say"
_SAID_LAST = re.compile(
    r"(?P<before>(?:what|how) (?:did|does|do|has|have) (?:(?!\bwho\b).)+?) (?:last|just) "
    r"(?P<verb>say|said|speak|comment|tweet|write)\b"
    r"|(?P<before2>what .+? (?:say|said)) last(?=$| (?:about|on)\b)",
    re.IGNORECASE,
)
# "what does X say about Y now"
_SAYS_NOW = re.compile(
    r"(?P<asks>(?:what|how) (?:do|does|did) (?:(?!\b(?:who|that)\b).)+? (?:say|think|feel)\b"
    rf"(?: {_ON} .+?)?),? (?:right )?now",
    re.IGNORECASE,
)
# The news is what somebody may have spoken on: "Lee on the news", "Lee on who hid the report".
_ON_NEWS = re.compile(rf"[^,:]+ {_ON} [^,:]*\b{_NEWS}", re.IGNORECASE)
_THING = re.compile(
    rf"(?:what(?:{_IS})? )?(?:the )?things?(?: that)? (?=.+ {_SAID}\b)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Form:
    """How much is asked for, and of what: whose words, a topic, or a clause that names both.

    `last` may be whose words, at the end of a topic, and `before` is then the topic.
    """

    extent: Extent
    who: str = ""
    topic: str = ""
    clause: str = ""
    before: str = ""
    last: str = ""


def read_form(text: str) -> Form | None:
    """The form of a question; None where it asks for the sentences that answer it."""
    return _read(text) or _lately(text)


def is_on_news(text: str, form: Form) -> bool:
    """Whether a form for the newest may be a name with its topic: "Lee on the news"."""
    is_first = form.extent == "newest" and text.startswith(form.topic)
    return is_first and _ON_NEWS.fullmatch(text) is not None


def _read(text: str) -> Form | None:
    for extent, pattern in _FORMS:
        match = pattern.fullmatch(text)
        if match:
            return Form(extent, **{name: v.strip() for name, v in match.groupdict().items() if v})
    return None


def _lately(text: str) -> Form | None:
    """The form of a question for somebody's newest words, in whatever words it asks for them."""
    last = _SAID_LAST.match(text)
    if last:
        said = last["before2"] or f"{last['before']} {last['verb']}"
        return Form("newest", clause=f"{said}{text[last.end() :]}")
    if now := _SAYS_NOW.fullmatch(text):
        return Form("newest", clause=now["asks"])
    found = _LATELY.search(text)
    if found is None:
        return None
    rest = " ".join(f"{text[: found.start()]} {text[found.end() :]}".split())
    rest = _THING.sub("what ", rest)
    form = _read(rest)
    if form and form.extent == "all":
        return replace(form, extent="newest")
    return Form("newest", clause=rest)
