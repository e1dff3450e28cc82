"""Understands a question: whose words are wanted, on what, of which kind.

Pure functions of the question's words; who the asked phrase stands for is found in the archive's
directory (`bot.query.directory`). Knows nothing of articles.

>>> query = understand("what did Putin say about peacekeepers?")
>>> query.kind, query.asked, query.topic
('said', 'Putin', 'peacekeepers')
"""

import re
from dataclasses import dataclass
from typing import Literal

QuestionKind = Literal["said", "who_said", "fact"]

# What is read of a question, in characters, and of a conversation, in earlier questions.
MAX_LENGTH = 1000
MAX_HISTORY = 20


@dataclass(frozen=True, slots=True)
class Query:
    """A question as it was read.

    `asked` is the phrase for the wanted speaker as typed ("the french president"), None where
    nobody's words are asked for; `topic` is the rest: what they are asked to have spoken on.
    `without` is the speaker whom "who else" leaves out; `or_else` is what to ask where they are
    silent ("what about sanctions" may ask for anybody's words on them).
    """

    text: str
    kind: QuestionKind
    asked: str | None
    topic: str
    without: str | None = None
    or_else: "Query | None" = None


# Verbs that ask for somebody's words or views, in the base form that follows "did", "does" ...
_VERBS = """accuse acknowledge add admire admit advise agree allege announce answer apologise
    apologize argue ask assert back believe blame boast call claim comment complain concede conclude
    condemn confirm congratulate consider contend criticise criticize cite declare defend demand
    deny describe disagree dismiss dispute doubt endorse estimate expect explain express fear
    feel forgive foresee hail hate hint hope imply insist intend justify lament like love mean
    mention note oppose order plan pledge praise predict prefer promise propose protest react
    recall recommend refer regret reject remark remember reply request respond reveal ridicule
    say slam speak state stress suggest support suspect talk tell testify thank think threaten
    tweet urge vow want warn welcome wish wonder worry write""".split()
_SAYS = """accused acknowledged added admitted alleged announced argued asked asserted believes
    blamed blames called calls claimed claims compared complained condemned confirmed criticised
    criticized declared defended demanded denied denies described describes disputed disputes
    dismissed expects explained feared insisted insists likened mocked noted opposes opposed
    ordered pledged praised praises predicted promised proposed protested rejected rejects
    remarked said says speaks spoke suggested suggests tells thinks thought threatened told
    urged urges vowed wants warned warns welcomed wrote""".split()
_PAST = """said told called accused described claimed argued denied admitted blamed asked promised
    pledged thought warned suggested reacted responded explained""".split()
_NOUNS = """account advice answer apology appeal argument assessment claim claims comment comments
    concern concerns criticism description estimate explanation fears hopes judgment judgement
    message opinion plan plans plea position praise prediction promise reaction recommendation
    remarks reply response stance statement statements take testimony theory thoughts threat
    tribute verdict view views vow warning words""".split()
_DO = r"(?:did|does|do|will|would)(?:n['’]t)?"
_HAVE = r"(?:has|have|had)(?:n['’]t)?"
_AUX = rf"(?:{_DO}|{_HAVE}|is|was|were|can|could|should|might|may|isn['’]t|wasn['’]t)"
_QUESTION = r"(?:what|how|why|when|where|which|whom?|whose)"
# "when did X announce ..." asks for a date, not for X's words.
_WHOSE_WORDS = r"(?:what|how|why|which|whom?)(?!\s+(?:many|much|long|old|often|far|big|fast)\b)"


def _words(words: list[str]) -> str:
    return "(?:" + "|".join(words) + ")"


_PREPOSITION = r"(?:about|on|regarding|concerning|over|of|to|that|for|with|as|against)"
_FLAGS = re.IGNORECASE | re.DOTALL

# "who said ...", "according to whom", "which MP says ..."
_WHO_SAID = re.compile(
    rf"(?:and\s+)?(?:who(?:\s+else)?|anyone|anybody|which\s+[\w\s]+?)\s+(?:has\s+|have\s+|had\s+|is\s+)?(?:also\s+)?"
    rf"{_words(_SAYS)}\b(?P<topic>.*)",
    _FLAGS,
)
_ACCORDING_TO_WHOM = re.compile(r"(?P<topic>.*)\baccording to whom\b(?P<rest>.*)", _FLAGS)
# "what did X say about Y", "why does X think Y", "did X deny Y"
_ASKED = re.compile(
    rf"(?:(?:and|but|so)\s+)?(?:{_WHOSE_WORDS}(?:\s+\w+)?\s+)??"
    rf"(?:{_DO}\s+(?P<asked>\S.*?)(?<!\bturn)\s+(?:(?:ever|also|really|then|actually|have|not|to)\s+)*?"
    rf"{_words(_VERBS)}|{_HAVE}\s+(?P<asked2>\S.*?)\s+(?:(?:ever|also|really|not|since)\s+)*?"
    rf"{_words(_PAST)})\b(?P<topic>.*)",
    _FLAGS,
)
# "X on Y", "X statement on Y", "X's reaction to Y"
_ON = re.compile(
    r"(?P<asked>(?!on\b|in\b|at\b|for\b|by\b|from\b).+?)\s+(?:on|about|re)\s+(?P<topic>.+)", _FLAGS
)
_NOUN = re.compile(
    rf"(?:what(?:['’]s|\s+(?:is|was|were|are))\s+)?(?P<asked>(?:(?!\s(?:on|about)\s).)+?)(?:['’]s?)?\s+{_words(_NOUNS)}"
    rf"(?:\s+{_PREPOSITION})?\b\s+(?P<topic>.+)",
    _FLAGS,
)
# "..., according to X", "... says X"
_ACCORDING = re.compile(
    r"(?P<topic>.+?)[\s,]+(?:according to|in the words of)\s+(?P<asked>.+)", _FLAGS
)
_SAYS_AFTER = re.compile(r"(?P<topic>.+?),\s*(?:says|said)\s+(?P<asked>.+)", _FLAGS)
_ACCORDING_FIRST = re.compile(r"according to (?P<asked>[^,]+),\s*(?P<topic>.+)", _FLAGS)
_QUOTED = re.compile(r"[\"“].*?[\"”]|(?<!\w)['‘].*?['’](?!\w)")
_QUESTION_WORD = re.compile(
    rf"(?:{_QUESTION}|who|{_AUX}|are|am|in which|in what|on what|on how|by how|from what|to what|"
    r"according)\b",
    re.IGNORECASE,
)
# How people go on talking: "and what did ...", "ok, so who ...". A pattern.
LEAD = r"(?:(?:and|but|so|ok|okay|then|also)[,\s]+)*"
_LED = re.compile(rf"{LEAD}(?={_QUESTION_WORD.pattern})", re.IGNORECASE)
_LEADING = re.compile(
    r"(?:\s|(?:about|on|regarding|concerning|that|of|to|over|as|for|at)\b|[,:;?!.])+", re.IGNORECASE
)
_MAX_ASKED_WORDS = 9


def understand(question: str) -> Query:
    """Read one stand-alone question. Raises nothing: what fits no pattern is a "fact" question."""
    text = " ".join(question[:MAX_LENGTH].split()).rstrip(" ?!.")
    led = _LED.match(text)
    text = text[led.end() :] if led else text
    for read in (_read_who_said, _read_asked):
        query = read(text)
        if query is not None:
            return query
    return Query(text, "fact", None, text)


def _read_who_said(text: str) -> Query | None:
    match = _WHO_SAID.fullmatch(text) or _ACCORDING_TO_WHOM.fullmatch(text)
    if match is None:
        return None
    topic = " ".join(part for part in match.groups() if part)
    return Query(text, "who_said", None, _topic(topic) or text)


def _read_asked(text: str) -> Query | None:
    starts_asking = _QUESTION_WORD.match(text) is not None
    shape = (_ASKED, _NOUN, _SAYS_AFTER) if starts_asking else (_NOUN, _ON, _SAYS_AFTER)
    for pattern in (_ACCORDING_FIRST, _ACCORDING, *shape):
        match = pattern.fullmatch(_unquoted(text))
        if match is None:
            continue
        group = "asked" if match["asked"] else "asked2"
        if _plausible(match[group]):
            asked, topic = (text[slice(*match.span(name))] for name in (group, "topic"))
            return Query(text, "said", _name(asked), _topic(topic))
    return None


def _unquoted(text: str) -> str:
    """The question with quoted words blanked, so that no pattern matches inside them."""
    return _QUOTED.sub(lambda match: "_" * len(match.group()), text)


def _plausible(asked: str) -> bool:
    words = asked.lower().split()
    return (
        0 < len(words) <= _MAX_ASKED_WORDS
        and not _QUESTION_WORD.match(asked)
        and words[0]
        not in ("there", "it", "this", "that", "anyone", "people", "they", "be", "we", "you", "i")
    )


def _name(asked: str) -> str:
    return re.sub(r"['’]s?$", "", asked.strip(" ,"))


def _topic(topic: str) -> str:
    return _LEADING.sub("", topic, count=1).strip() if _LEADING.match(topic) else topic.strip()
