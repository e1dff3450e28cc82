"""Takes a question apart that is several: two in one, or one that sets persons side by side.

Knows nothing of what a single question asks for, nor of articles.

>>> split_questions("did he resign? what did Lee say")
('did he resign', 'what did Lee say')
>>> read_comparison("do Lee and Reed agree on the ferry")
Comparison(names=('Lee', 'Reed'), topic='the ferry')
"""

import re
from dataclasses import dataclass

from index.language.dates import MONTH_NAMES, MONTHS
from index.language.verbs import ASKED_NOUNS, CUES, TEXTS
from index.language.word_lists import word_set
from index.language.words import ADVERBS, PREPOSITIONS, SUBORDINATORS, TIMES

MAX_PIECES = 4  # each costs as much as a question of its own

# What opens no name: "after the vote", "last week", "thanks".
NO_NAME = PREPOSITIONS | SUBORDINATORS | word_set("no_name", "bot.query")
# Patterns of the words with which questions begin.
WH = "(?:what|who|whom|whose|when|where|why|how|which)"
PLACED_WH = f"(?:(?:by|for|in|with|to|from|at|on|since) )?{WH}"  # "by how much"
AUX = "(?:did|does|do|is|are|was|were|has|have|had|will|would|can|could|should)"
_ASKING = frozenset("what who whom whose when where why how which if whether".split())
_ASKS = rf"(?:{PLACED_WH}|{AUX})\b"
_STARTS = re.compile(
    rf"(?:(?:and|but|so|also|then) )?(?:{_ASKS}|(?:tell|show|give|list|summari[sz]e)\b)",
    re.IGNORECASE,
)
# Where one question ends: at its mark, or at "and" before another that begins as one does.
_MARK = re.compile(
    rf"[?;]+\s+(?:(?:and|also|plus)\b,? )*(?=\w)|\.\s+(?={WH}\b|{AUX} \w+ \w|and [^,.]{{1,30}}$)",
    re.IGNORECASE,
)
_JOIN = r"(?:and|&|plus|also|as well as)"
_AND = re.compile(
    rf"(?:,| [-–—])?(?: {_JOIN},?)+(?: then)? (?={PLACED_WH}\b|{AUX} \w+ \w)"
    rf"|, (?={WH}(?: (?!did|do|does)\w+)? {AUX}\b|{WH}(?:,? and {WH})?$|"
    rf"{AUX} (?:he|she|it|they|there) )",
    re.IGNORECASE,
)
# "lee on gas and what did reed say"
_ON_WHAT = re.compile(r"[^,:?]+ (?:on|about) [^,:?]+", re.IGNORECASE)
_ASKED_NEXT = re.compile(rf"(?:what|how|why) {AUX}\b", re.IGNORECASE)
# "when and where was it": two question words for one question.
_BOTH = re.compile(
    rf"({WH}(?: (?:many|much|long|old))?) and ({WH}) ({AUX} .+|\w+ .+)", re.IGNORECASE
)
_BARE = re.compile(rf"{WH},? and {WH}", re.IGNORECASE)
# "what did she say about how it began and why it ended": one clause within the question.
_EMBEDDED = re.compile(
    rf"\b(?:about|on|of|to|know|say|says|said|explain|that) {WH}\b", re.IGNORECASE
)

# "the ferry: how many died and who is to blame": both are asked of it.
_LED_BY = re.compile(
    rf"(?P<lead>[^\W\d][^:?;]{{1,60}}?)(?::| [-–—]) (?P<rest>{_ASKS}.+)", re.IGNORECASE
)
# "on gas, what did lee say"; but "lee on gas, what did reed say" has a name before it.
_LEADS_UP = (
    "(?:on|about|regarding|concerning|as (?:for|to)|when it comes to|with regard to|"
    "when (?:(?:he|she) (?:was|is) |they (?:were|are) )?asked (?:about|on|of)) "
)
_TOPIC_AHEAD = re.compile(
    rf"(?P<up>{_LEADS_UP})?(?P<lead>[^\W\d](?:(?! (?:on|about) )[^,:?;]){{1,60}}), "
    rf"(?P<rest>{_ASKS}.+)",
    re.IGNORECASE,
)
# "gas strike what did lee say", with no mark; but "explain what did lee say", "the man who asked".
_UNMARKED = re.compile(
    rf"(?P<up>{_LEADS_UP})?(?P<lead>[^\W\d](?:(?! (?:on|about) )[^,:?;]){{1,60}}?) "
    rf"(?P<rest>(?:what|how|why) {AUX} (?!(?:i|you|we|they|he|she|it|this|that|there)\b).+)",
    re.IGNORECASE,
)
_LEADS_ON = frozenset("and but guess me or so that us wow yeah you".split()) | PREPOSITIONS
# What stands before a question and is no topic: "yes what did lee say", "exactly what did lee say".
_NO_TOPIC = ADVERBS | TIMES | SUBORDINATORS | frozenset("yes no oh well hey hi hello".split())
# "what did she say about gas and about coal": one question for each topic.
_TOPICS = re.compile(r"(.+?) (about|on) (.+?),? and (?:also )?\2 (.+)", re.IGNORECASE)

# "what did she say on gas in 2020 vs 2022", "in may and now": one question for each.
_DAY = rf"(?:(?:(?:early|late) )?(?:{'|'.join(MONTHS)}),? )?(?:19|20)\d\d|{'|'.join(MONTH_NAMES)}"
_NOW = "(?:right )?now"
_DAYS = re.compile(
    rf"(?P<asking>.+?) (?P<when>in|on|of|during|from|for) (?P<one>{_DAY}),? (?:vs\.?|versus|"
    rf"against|as opposed to|(?:as )?compared (?:with|to)|and) (?:(?:in )?(?P<other>{_DAY})|{_NOW})"
    r"(?P<on> (?:on|about) .+)?",
    re.IGNORECASE,
)
# "compare what she said on gas in may with what she said in june"
_THEN = re.compile(
    rf"(?:compare |contrast )?what (?!(?:was|were|is|has|have|had)\b)(?P<who>.+?) "
    rf"(?:said|says)(?P<on> (?:on|about) .+?)? in (?P<one>{_DAY}) (?:and|with|to|vs\.?|versus) "
    rf"(?:what \w+ (?:said|says) )?(?:(?:in )?(?P<other>{_DAY})|{_NOW})(?P<on2> (?:on|about) .+)?",
    re.IGNORECASE,
)

_ON = "(?:on|about|over|regarding|concerning|when it comes to)"
_TOPIC = f"(?: {_ON} (?P<topic>.+))?"
_VERB = (
    "(?: (?:have |has |had )?(?:said|says?|thinks?|thought|wrote|tweeted|reacted|sees?|stands?|"
    "feels?|wants?|views?|comments?|statements?|reactions?|responses?|positions?))?"
)
_DO = "(?:do|did|does|has|have)"
_TAKES = (
    f"(?:(?:see|view|regard|take|judge|explain)|(?:say|said|think|feel|stand|comment) {_ON}|"
    "(?:react|respond|reacted|responded) to|think of)"
)
_SAME = (
    "(?:the )?same(?: (?:things?|story|stories|account|version|view|views|opinion|line|position|"
    "goal|reasons?))?"
)
_SHARE = "(?:says?|think|tell|give|have|hold|share|want|believe|offer|claim)"
_ALIKE = (
    f"(?:(?:dis)?agree|differ|clash|compare|stand|think alike|have in common|see eye to eye|"
    f"contradict each other|{_SHARE} {_SAME})"
)
_WHEN = "before|after|during|at|in|since|ahead of"
_EACH = (
    "(?:who (?:says|said|thinks|thought|blames|blamed) (?:what|whom?)|"
    f"(?:what|how) (?:{_DO} )?(?:they|both|each(?: of them)?|the two)(?: each| both)? "
    "(?:say|said|says|think|thought|react|reacted|see it|saw it))"
)
_VERSUS = r"(?:vs?\.?|versus|against)"
_VIEWS = "(?:views?|positions?|stances?|statements?|reactions?|responses?|words|comments?|quotes?)"
_COMPARING = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        f"(?:compare|contrast) what (?P<a>.+?){_VERB} {_ON} (?P<topic>.+?) (?:and|with|to) "
        f"(?:what )?(?P<b>.+?){_VERB}(?: {_ON} (?P=topic))?",
        f"how (?:does|do|did|is) (?P<a>.+?)(?:['’]s? {_VIEWS})?(?: {_ON} (?P<topic>.+?))? "
        "(?:differs?|different|compare) (?:from|to|with) "
        f"(?P<b>.+?)(?:['’]s?(?: {_VIEWS})?)?",
        "(?:is|was|does|did|do|would) (?P<a>.+?) (?:in agreement with|at odds with|"
        f"(?:dis)?agree with|differ (?:from|with)|side with) (?P<b>.+?){_TOPIC}",
        f"(?:what|how|where) {_DO} (?P<a>.+?) {_TAKES} (?P<topic>.+?),? (?:as )?"
        "compared (?:with|to|w/?|against) (?P<b>.+)",
        f"how (?:do|did) (?P<a>.+?) and (?P<b>.+?) {_TAKES} (?P<topic>.+)",
        f"(?:compare|contrast)(?: (?:what|how|where))?(?: the)?(?: (?:views|positions|stances?|"
        f"statements|reactions|words|comments|quotes)(?: (?:of|by|from))?)? (?P<a>.+?)"
        f" (?:and|with|to|{_VERSUS}) (?P<b>.+?){_VERB}{_TOPIC}",
        f"(?:(?:where|how|on what|in what way|what)(?: points)? )?(?:do|did|does|would)(?:n['’]t)?"
        f" (?P<a>.+?) (?:and|or) (?P<b>.+?) (?:(?:both|really|still) )?{_ALIKE}"
        f"(?: (?:{_ON}|of|for) (?P<topic>.+))?",
        f"(?P<a>.+?) (?:and|or) (?P<b>.+?) {_ON} (?P<topic>.+?)[,:;]? "
        "(?:(?:how|where|on what|in what way) )?(?:do|did) "
        f"(?:they|both|the two) (?:(?:both|really|still) )?{_ALIKE}",
        f"(?:what(?:['’]?s| is| are| was| were)? )?(?:the )?(?:main )?(?:differences?|"
        f"disagreements?|dispute|contrast) between (?P<a>.+?) and (?P<b>.+?){_VERB}{_TOPIC}",
        f"(?:(?:is|are) )(?P<a>.+?) and (?P<b>.+?) (?:(?:in agreement|of one mind|at odds|united|"
        f"divided|on the same (?:side|page)|(?:saying|telling us|telling|giving) {_SAME}))"
        f"(?: (?:{_ON}|of|for) (?P<topic>.+))?",
        f"(?P<a>.+?) (?:and|{_VERSUS}) (?P<b>.+?) (?:{_ON} )?(?P<topic>(?:(?<=on )|(?<=about )|"
        f"(?={_WHEN} )).+?),? {_EACH}",
        f"(?P<a>.+?),? (?:as )?compared (?:with|to) (?P<b>.+?){_VERB} {_ON} (?P<topic>.+)",
        # "protests against gas" compares nobody.
        r"(?P<a>.+?) (?:vs?\.?|versus) (?P<b>[^:]+): (?P<topic>.+)",
        rf"(?P<a>.+?) (?:vs?\.?|versus) (?P<b>.+?){_VERB}{_TOPIC}",
    )
)  # fmt: skip
# "Lee vs Reed, what sank the ferry": the question is the topic.
_ASKED_LAST = re.compile(rf"(?P<names>.+?)[,:;] (?P<topic>(?:{_ASKS}|whether ).+)", re.IGNORECASE)
_LISTED = re.compile(r",? (?:and|or) |, | & ", re.IGNORECASE)
_AROUND_NAMES = re.compile(
    r"^(?:(?:what|how|both|either|all of) )+|(?: (?:both|each|all))+$", re.IGNORECASE
)
_POSSESSIVE = re.compile(r"['’]s?$")


# "the american who got silver, what did he say"; but "after the vote, what did he say".
_NAMED_FIRST = re.compile(
    rf"(?P<and>(?:(?:and|but|so|now),? )*)(?P<who>(?!(?:{_ASKS}|{'|'.join(sorted(NO_NAME))})\b)"
    rf"(?:[^\s,?;:]+ ?){{1,8}})[,?]+ (?P<asks>{_ASKS}.+)",
    re.IGNORECASE,
)
_DECIDING = re.compile(rf"{AUX}\b", re.IGNORECASE)
_PERSONAL = re.compile(r"\b(?:he|she|they|him|her|them)\b(?!['’])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Those whose words are to be set side by side, as typed, and on what; "" where on anything."""

    names: tuple[str, ...]
    topic: str


def with_name_inside(text: str) -> str:
    """A question with the name that stands before it in the place of its "he".

    >>> with_name_inside("and the man who won, what did he say")
    'and what did the man who won say'
    """
    first = _NAMED_FIRST.fullmatch(text)
    if first is None or len(_PERSONAL.findall(first["asks"])) != 1:
        return text
    who, on, topic = first["who"].strip().partition(" on ")  # "lee on gas, did he pay"
    asks = f"{_PERSONAL.sub(lambda _: who, first['asks'])}{on}{topic}".rstrip()
    return asks if _DECIDING.match(asks) else first["and"] + asks


def split_questions(text: str) -> tuple[str, ...]:
    """The questions of a text, each once; the text alone where it is one question."""
    lead, rest = read_lead(text)
    parts = [part.strip(" ?;,.-–—") for part in _MARK.split(rest)]
    found = [each for part in parts for each in _coordinated(part)]
    if lead:
        found = [f"{lead}: {each}" for each in found if each]
    return tuple(dict.fromkeys(each for each in found if each))[:MAX_PIECES]


def read_lead(text: str) -> tuple[str, str]:
    """What stands before a colon or a dash, and the question behind it; "" where nothing does."""
    led = _LED_BY.fullmatch(text)
    if led is None or _STARTS.match(led["lead"]):
        return "", text
    return led["lead"].strip(), led["rest"]


def read_topic_ahead(text: str) -> tuple[str, str]:
    """The topic before a comma, and the question behind it; "" where there is none.

    >>> read_topic_ahead("on gas, what did Lee say")
    ('gas', 'what did Lee say')
    """
    ahead = _TOPIC_AHEAD.fullmatch(text) or _UNMARKED.fullmatch(text)
    if ahead is None or (_STARTS.match(ahead["lead"]) and not ahead["up"]):
        return "", text
    is_marked = ahead.re is _TOPIC_AHEAD
    return (ahead["lead"], ahead["rest"]) if is_marked or _is_topic(ahead["lead"]) else ("", text)


def _is_topic(lead: str) -> bool:
    """Whether words with no mark behind them are no clause that a question goes on with."""
    *_, last = words = lead.lower().split()
    is_clause = not _ASKING.isdisjoint(words) or last in _LEADS_ON or last in _NO_TOPIC
    is_clause = is_clause or words[0] in PREPOSITIONS | _NO_TOPIC or words[:2] == ["other", "than"]
    is_clause = is_clause or words[-1].endswith("ly") or words[0] == "besides"
    verb = CUES.get(last)
    return not is_clause and (verb is None or last in ASKED_NOUNS or last in TEXTS)


def _coordinated(text: str) -> list[str]:
    both, days = _BOTH.fullmatch(text), _DAYS.fullmatch(text)
    then = _THEN.fullmatch(text)
    if then:
        asking = f"what did {then['who']} say{then['on'] or then['on2'] or ''}"
        return [f"{asking} in {then['one']}", f"{asking} {_later(then, 'in')}"]
    if days:
        asking = f"{days['asking']}{days['on'] or ''}"
        return [f"{asking} {days['when']} {days['one']}", f"{asking} {_later(days, days['when'])}"]
    topics = _TOPICS.fullmatch(text)
    ahead = _TOPIC_AHEAD.fullmatch(text)
    if ahead and ahead["up"]:
        return [f"{ahead['up']}{ahead['lead']}, {piece}" for piece in _coordinated(ahead["rest"])]
    if both:
        return [f"{both[1]} {both[3]}", f"{both[2]} {both[3]}"]
    if topics and _STARTS.match(text):
        asking, on, *each = topics.groups()
        return [f"{asking} {on} {topic}" for topic in each]
    for joint in _AND.finditer(text):
        before, after = text[: joint.start()], text[joint.end() :]
        asks = _STARTS.match(before) or (_ON_WHAT.fullmatch(before) and _ASKED_NEXT.match(after))
        is_whole = len(before.split()) > 1 or _BARE.fullmatch(text)
        if asks and is_whole and not _EMBEDDED.search(before):
            return [before, *_coordinated(after)]
    return [text]


def _later(found: re.Match[str], when: str) -> str:
    """The second of two times that are asked for."""
    return f"{when} {found['other']}" if found["other"] else "now"


def read_comparison(text: str) -> Comparison | None:
    """Whom a question compares; None where it does not."""
    asked = _ASKED_LAST.fullmatch(text)
    found = read_comparison(asked["names"]) if asked else None
    if asked and found and not found.topic:
        return Comparison(found.names, asked["topic"])
    for pattern in _COMPARING:
        match = pattern.fullmatch(text)
        if match:
            names = [*split_names(match["a"]), *split_names(match["b"])]
            if any(map(_STARTS.match, names)):
                continue  # "who is against gas"
            return Comparison(tuple(names), (match.groupdict()["topic"] or "").strip())
    return None


def split_names(phrase: str) -> list[str]:
    """The names of a list: "Lee, Reed and the mayor"."""
    names = (_AROUND_NAMES.sub("", name.strip()) for name in _LISTED.split(phrase))
    return [_POSSESSIVE.sub("", name) for name in names if name]
