"""Finds whose words a question asks for, and on what: "what did Lee say about gas", "Lee on gas".

By the words around the name alone. Knows nothing of the forms of questions, nor of articles.

>>> find_asked("what did the state coach say about gas")[:2]
('the state coach', 'gas')
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from bot.query.grammar.pieces import WH
from bot.query.grammar.shape import PHRASES, SPOKEN, any_of, shape, without
from index.language.names import is_role
from index.language.verbs import ASKED_NOUNS, CUES, TEXTS, asking
from index.language.word_lists import word_set
from index.language.words import ADVERBS, FUNCTION_WORDS, TIMES

_VERBS, _SAYS = asking("base"), asking("past", "s")
_PAST = asking("past", "participle")
_STATEMENTS = """comment comments opinion opinions position reaction reactions remarks response
    responses statement statements thoughts view views words""".split()
DO = r"(?:did|does|do|will|would)(?:n['’]t)?"
HAVE = r"(?:has|have|had)(?:n['’]t)?"
# More than opens a question of its own (`AUX` in `pieces`): with "n’t", "might" and "may".
AUX_FORMS = rf"(?:{DO}|{HAVE}|is|was|were|can|could|should|might|may|isn['’]t|wasn['’]t)"
# "when did X announce ..." asks for a date, not for X's words.
_WHOSE_WORDS = (
    r"(?:what|how|why|which|whom?|(?:on|by|in|for)\s+what)"
    r"(?!\s+(?:many|much|long|old|often|far|big|fast)\b)"
)
# Nouns of what somebody holds or wants, that are no report of speech.
_SPEECH = r"(?<!free )(?<!hate )speech"
_NOUNS = any_of(
    [
        *ASKED_NOUNS,
        *"aim aims demand demands goal goals line objection tweet tweets".split(),
        _SPEECH,
    ]
)
# "the first statement by the palace": which of them, and nobody.
_ORDINALS = "first second third last next new full official public exact very own".split()
_OF_TOPIC = r"(?:about|on|regarding|concerning)"
_PREPOSITION = rf"(?:{_OF_TOPIC}|over|of|to|that|for|with|as|against)"
# Before or behind a verb; but "Long", "Soon" and "So" are names.
_ADVERB = any_of(sorted(ADVERBS - {"far", "long", "not", "so", "soon"}))
_WHEN = any_of(["first", *sorted(ADVERBS & TIMES)])
_FLAGS = re.IGNORECASE | re.DOTALL
# "what did X say about Y", "why does X think Y", "did X deny Y". Of "the claim handlers" the first
# word is whose the second is, and never all that is asked.
_WHOM = r"(?:(?:the|an?|this|his|her|its|their)\s+)?+\S.*?"
_URGES = r"(?:encourage|invite|need|press|pressure|push)(?=\s.+\sto\s+(?:do|say)\b)"
_ASKED = re.compile(
    rf"(?:(?:and|but|so)\s+)?(?:{_WHOSE_WORDS}(?:\s+(?!{AUX_FORMS}\b)\w+)?\s+)??"
    rf"(?:{DO}\s+(?P<asked>{_WHOM})\s+"
    rf"(?:(?:{_ADVERB}|really|actually|have|not|to)\s+)*?"
    rf"(?P<verb>{PHRASES}|{any_of(_VERBS)}|{_URGES}|(?<!,\s)sa(?:ys|id))"
    rf"|{HAVE}\s+(?P<asked2>{_WHOM})\s+(?:(?:{_ADVERB}|really|not)\s+)*?"
    rf"(?:{PHRASES}|{any_of(_PAST)}))\b(?P<topic>.*)",
    _FLAGS,
)
# "X on Y", "X statement on Y", "X's reaction to Y"
_ON = re.compile(
    r"(?P<asked>(?!on\b|in\b|at\b|for\b|by\b|from\b).+?)\s+(?:on|about|re)\s+(?P<topic>.+)", _FLAGS
)
# "compare the two coaches after the game"
_GROUP = re.compile(
    r"(?:compare|contrast)\s+(?P<asked>(?:the|both|all)\s+.+?)\s+"
    r"(?P<topic>(?:after|before|during|at|since)\s+.+)",
    _FLAGS,
)
_NOUN = re.compile(
    rf"(?:what(?:['’]s|\s+(?:is|was|were|are))\s+)?(?P<asked>(?:(?!\s(?:on|about)\s).)+?)(?:['’]s?)?\s+{_NOUNS}"
    rf"(?:\s+(?:{_PREPOSITION}|in))?\b\s+(?P<topic>.+)",
    _FLAGS,
)
# "..., according to X", "... says X"
_ACCORDING = re.compile(
    r"(?P<topic>.+?)[\s,]+(?:according to|in the words of)\s+(?P<asked>.+)", _FLAGS
)
_FIRST = re.compile(r"(?P<asked>[^\W\d][\w .'’-]*):\s+(?P<topic>.+)", _FLAGS)  # "lee: why close it"
_SAYS_AFTER = re.compile(r"(?P<topic>.+?),\s*(?:says|said)\s+(?P<asked>.+)", _FLAGS)
_ACCORDING_FIRST = re.compile(
    r"(?:according to (?P<asked>[^,]+?)"
    r"(?:,\s*|\s+(?=(?:what|why|how|who|when|where|which|did|was|is)\b))"
    r"|in (?P<asked2>[^,]+?)['’]s? (?:own )?words,?\s+)(?P<topic>.+)",
    _FLAGS,
)
# "what was X's statement", whatever on
_STATEMENT = re.compile(
    rf"(?:what(?:['’]s|\s+(?:is|was|were|are))\s+)?(?P<asked>.+?)['’]s?\s+{any_of(_STATEMENTS)}(?P<topic>)",
    _FLAGS,
)
# "X statement", "X gas reaction", as in a search box
_TELEGRAM = re.compile(
    r"(?P<asked>(?!(?:the|any|a|an|no) \S+$)[^,:]+?)['’]?\s+(?P<noun>comments?|opinions?|remarks?|"
    rf"reactions?|responses?|statements?|{_SPEECH}|testimony|thoughts|tributes|tweets?|views?)",
    _FLAGS,
)
# "the position of X on Y", "any reaction from X"
_NOUN_OF = re.compile(
    rf"(?:what(?:['’]s|\s+(?:is|was|were|are))\s+|(?:was|were|is|are)\s+there\s+)?(?:(?:the|any|some|an?)\s+)?"
    rf"(?:{any_of(_ORDINALS)}\s+)*{any_of(ASKED_NOUNS)}\s+(?:of|from|by)\s+(?P<asked>(?:(?!\s{_PREPOSITION}\s).)+?)"
    rf"(?:\s+{_PREPOSITION}\s+(?P<topic>.+))?",
    _FLAGS,
)
# "what is X asking for", "what reason did X give for Y", "what was said by X on Y"
_IS_SAYING = re.compile(
    rf"what\s+(?:is|are|was|were)\s+(?P<asked>\S.*?)\s+(?:(?:{_ADVERB}|really)\s+)*?"
    rf"{any_of(asking('ing'))}\b(?P<topic>.*)",
    _FLAGS,
)
_GAVE = re.compile(
    rf"what\s+(?:reasons?|grounds|excuse|word|words|evidence|details|{_NOUNS})\s+{DO}\s+"
    r"(?P<asked>\S.*?)\s+(?:give|gave|use|used|make|offer|issue|have|raise)\b(?P<topic>.*)",
    _FLAGS,
)
_SAID_BY = re.compile(
    r"what\s+(?:was|is|has\s+been|were)\s+(?:said|written|tweeted|announced)\s+by\s+"
    rf"(?P<asked>\S.*?)(?:\s+{_PREPOSITION}\s+(?P<topic>.+))?",
    _FLAGS,
)
# "what has X had to say on Y", "what does X make of Y"
_HAD_TO_SAY = re.compile(
    rf"what\s+(?:{HAVE}|{DO})\s+(?P<asked>\S.*?)\s+(?:(?:had|have|got)\s+to\s+say|make)\s+"
    rf"{_PREPOSITION}\s+(?P<topic>.+)",
    _FLAGS,
)
# "how does X see Y", "where does X stand on Y"
_SEES = re.compile(
    rf"(?:how\s+{DO}\s+(?P<asked>.+?)\s+(?:see|view|regard|judge|assess|feel\s+about)"
    rf"|where\s+{DO}\s+(?P<asked2>.+?)\s+stand\s+(?:now\s+)?on)\s+(?P<topic>.+)",
    _FLAGS,
)
# What is taken well or badly, unlike a title, an oath or power.
_BLOWS = """allegations? attacks? charges? criticism cuts? deaths? decision defeat delay dismissal
    failure firing joke killing loss move news outcome protests? questions? refusal
    rejection reports? resignation result ruling sacking sale sentence setback snub suspension
    verdict vote""".split()
# "how did X take the news", "how is X feeling about it"
_TAKES = re.compile(
    rf"how(?:['’]s|\s+(?:{DO}|{HAVE}|is|are|was|were))\s+(?P<asked>.+?)\s+"
    r"(?:(?:takes?|taken|taking)\s+(?P<topic>(?:it|this|that|being|losing|"
    rf"(?:(?:the|an?|his|her|their|all)\s+)*(?:\w+\s+)??{any_of(_BLOWS)})\b.*)"
    r"|(?:feeling|feel|felt)\b(?:\s+about\b)?(?P<topic2>.*))",
    _FLAGS,
)
# "X said what about Y", "Y, X said what"
_SAID_WHAT = re.compile(
    r"(?:(?P<topic2>[^,:]+),\s+(?=[^,]+\Z)(?!.+\sand\s))?(?P<asked>.+?)\s+(?:has\s+|had\s+)?(?:said|says|thinks|thought|tweeted|wrote|wants)\s+what\b(?P<topic>.*)",
    _FLAGS,
)
# "how many are there does X reckon", "how many does X say there are", "X reckons how many"
_HOW_MANY = r"how\s+(?:many|much|long|old|big|far|fast|soon|likely)"
_HOLDS = "believe estimate expect predict reckon say think".split()
_COUNTED = (
    re.compile(
        rf"(?P<topic>(?:{_HOW_MANY}|when(?=\s+does\b)(?!.*\ssay\b))\b.*?)\s+{DO}\s+"
        rf"(?P<asked>\S.*?)\s+{any_of(_HOLDS)}\b(?P<topic2>.*)",
        _FLAGS,
    ),
    re.compile(
        rf"(?P<asked>.+?)\s+(?:said|thought|{any_of([f'{verb}s' for verb in _HOLDS])})\s+"
        rf"(?P<topic>(?:{_HOW_MANY}|when)\b.*)",
        _FLAGS,
    ),
)
# Verbs that people ask with, and before another noun no verbs: "the state coach", "a claim form".
_NOUNS_TOO = word_set("nouns_too", "bot.query")
# A verb right behind such a noun: "what did the Ohio judge rule", "the state report say about gas".
# Verbs that are seldom of speech ("find") only where no noun of theirs can follow.
_BASES = {
    form: cue.verb.strength == "said"
    for form, cue in CUES.items()
    if cue.form == "base" and form not in {*_NOUNS_TOO, *TEXTS, *ASKED_NOUNS}
}
_VERB_NEXT = re.compile(
    rf"\s+(?:(?:{_ADVERB}|really|actually|have)\s+)*(?:(?P<said>"
    rf"{any_of([form for form, is_said in _BASES.items() if is_said])})"
    rf"|{any_of([form for form, is_said in _BASES.items() if not is_said])}"
    rf"(?=\Z|\s+{any_of(sorted(FUNCTION_WORDS))}\b))(?![\w-])",
    re.IGNORECASE,
)
_MEANS = re.compile(r"what does .+ mean", re.IGNORECASE)  # a word
# "will's plan", "may on gas": somebody's name, at the beginning too.
_NAME_FIRST = re.compile(
    r"(?:will|may)(?:['’]s\b|\s+on\b(?!-|\s+(?:his|her|its|their)\b))", re.IGNORECASE
)
OPENING_AUX = rf"(?!{_NAME_FIRST.pattern}){AUX_FORMS}\b"
QUESTION_WORD = re.compile(
    rf"(?:{OPENING_AUX}|(?:{WH}|are|am|in which|in what|on what|on how|by how|from what|"
    r"to what|according)\b)",
    re.IGNORECASE,
)
# What is a question word, or begins a question, and a name where neither can stand: behind another
# of its kind ("did will"), before "'s", and behind "the" ("the WHO").
_NAME_TOO = re.compile(r"(?:the\s+)?(?:who|will|may|can|might)(?=\Z|\s|['’]s)", re.IGNORECASE)
_THE_WHO = re.compile(r"the\s+who(?=\Z|\s|['’]s)", re.IGNORECASE)
_AFTER_AUX = re.compile(rf"\b{AUX_FORMS}\s+\Z", re.IGNORECASE)
_LEADING = re.compile(
    rf"\A(?:\s|(?:{_OF_TOPIC}|that|of|to|over|as|for|at|with)\b|[,:;?!.])+",
    re.IGNORECASE,
)
# "did she say anything about gas"
_ANYTHING = re.compile(
    r"\A\s*(?:(?:anything|something|much|a lot|what)(?: else| new| more)?|(?:(?:about|on|of)\s+)?"
    r"(?:it all|all (?:of )?(?:it|this|that)|everything|what (?:has |had |'s )?happened)\Z)"
    rf"(?=$| (?:{_OF_TOPIC}|to|of)\b)",
    re.IGNORECASE,
)
# "both coaches", "compare the two coaches"
_BEFORE = re.compile(
    r"\A(?:(?:compare|contrast) (?:(?:what|the (?:views|words) of) )?(?=(?:the|both|all) ))?"
    r"(?:both (?:of )?(?:the )?|(?:all )?the (?:two|three|four|five) )?(?=\S)",
    re.IGNORECASE,
)
# "lee himself on gas", "lee, anything on gas"
_BEHIND = re.compile(
    r",?\s+(?:(?:him|her|it|them)sel(?:f|ves)|(?:any|some)thing|any\s+(?:words?|thoughts))\Z",
    re.IGNORECASE,
)
# "what did lee say yet", "in reply": no topic, and no part of one.
_SO_FAR = re.compile(
    r"(?:\A|\s+)(?:yet|so far|already|till now|by now|in (?:response|reply|return|turn))\s*\Z",
    re.IGNORECASE,
)
# "what did lee say publicly about gas", "what did lee say first"
_HOW = re.compile(
    rf"\A\s*(?:{_WHEN}\s*\Z|(?:(?:{_ADVERB}|\w+ly)\s+)+(?={_OF_TOPIC}\b))",
    re.IGNORECASE,
)
# "to reporters about gas", "in an interview with the Post about gas": neither is the topic.
_WHERE = re.compile(
    r"\A\s+(?:(?:(?:to|with)\s+)?(?:the\s+)?(?P<whom>\w+s|press|media)"
    rf"|(?:in|at|during)\s+(?:an?|the|his|her|its|their)\s+(?:\w+\s+){{0,2}}?{any_of(sorted(SPOKEN))}"
    rf"(?:\s+with\s+(?:(?!about\b|on\b)\S+\s+){{0,2}}\S+?)?)\s+(?={_OF_TOPIC}\b)",
    re.IGNORECASE,
)
# "what did she publicly say"; of a name the archive tells, for "Kelly" is one.
_PRONOUN_HOW = re.compile(r"(he|she|it|they)(?: \w+ly)+", re.IGNORECASE)
_MAX_ASKED_WORDS = 9
_INDIRECT = re.compile(
    rf"(?:(?:what|how|that|which)\s+)?(?P<asked>\S.*?)\s+(?:(?:has|have|had|{_ADVERB})\s+)*"
    rf"{any_of(sorted({*_SAYS, *_PAST, 'say', 'think', 'want', 'tweeted', 'talks', 'talked'}))}\b"
    r"(?:\s+(?P<topic>.+))?",
    _FLAGS,
)


class Asked(NamedTuple):
    """Whose words may be asked for, as typed, and on what.

    `otherwise` is the question's shape without the verb that told so, where that may be a noun:
    "state" in "did the Ohio state coach quit"; "" where it cannot be one.
    """

    asked: str
    topic: str
    otherwise: str = ""


def find_asked(text: str, shaped: str = "") -> Asked | None:
    """Whose words a question asks for by its shape, if another than its own is not given."""
    if QUESTION_WORD.match(text):
        return _first_of((*_ANYWHERE, *_ASKING), text, shaped)
    return _first_of((*_ANYWHERE, *_NAMING), text, shaped)


def find_counted(text: str) -> Asked | None:
    """Who is asked how many there are, or how long it takes: "how many does Lee say there are"."""
    return _first_of(_COUNTED, text)


def find_words_of(phrase: str) -> Asked | None:
    """Whose words a noun stands for: "Lee's account of the war"."""
    return _first_of((_NOUN_OF, _NOUN, _STATEMENT), phrase)


def find_in_telegram(text: str) -> Asked | None:
    """Who, or who and what, stands before a noun of speech that ends a text: "Lee gas statement".

    The noun is the topic of what is found.
    """
    found = _TELEGRAM.fullmatch(text)
    if found is None or QUESTION_WORD.match(text) or not is_plausible(found["asked"]):
        return None
    return Asked(name_of(found["asked"]), found["noun"].lower())


def find_in_clause(clause: str) -> Asked | None:
    """As in a clause: "what Lee said about the ferry"."""
    return _first_of((_INDIRECT,), clause)


_ANYWHERE = (_ACCORDING_FIRST, _ACCORDING)
_ASKING = (
    _SAID_BY, _HAD_TO_SAY, _GAVE, _ASKED, _IS_SAYING, _SEES, _TAKES, _NOUN_OF, _NOUN, _STATEMENT,
    _SAYS_AFTER,
)  # fmt: skip
_NAMING = (_NOUN_OF, _NOUN, _STATEMENT, _SAID_WHAT, _ON, _GROUP, _SAYS_AFTER, _FIRST)


def _first_of(patterns: Sequence[re.Pattern[str]], text: str, shaped: str = "") -> Asked | None:
    shaped = shaped or shape(text)
    for pattern in patterns:
        match = pattern.fullmatch(shaped)
        if match is None or _MEANS.fullmatch(text):
            continue
        parts = {name: match.span(name) for name, part in match.groupdict().items() if part}
        found = {name: text[slice(*span)] for name, span in parts.items()}
        asked = found.get("asked") or found.get("asked2") or ""
        begin, _ = parts.get("asked") or parts.get("asked2") or (0, 0)
        if is_plausible(asked) or _is_called_so(asked, text[:begin], text[begin:]):
            topic = f"{found.get('topic', '')} {found.get('topic2', '').lstrip()}".rstrip()
            verb = match.span("verb") if _may_be_noun(found) else None
            whole = _as_noun(text, begin, *verb) if verb else None
            otherwise = without(shaped, *verb) if verb else ""
            return whole or Asked(name_of(asked), topic_of(topic), otherwise)
    return None


def _as_noun(text: str, begin: int, start: int, end: int) -> Asked | None:
    """The reading where what may be a verb is a noun for sure, for the verb follows at once.

    As in "what did the Ohio judge rule on gas"; but "did Lee voice regret over it".
    """
    verb = _VERB_NEXT.match(text, end)
    noun = text[start:end].lower()
    if verb is None or not (verb["said"] or noun in TEXTS or is_role(noun)):
        return None
    return Asked(name_of(text[begin:end]), topic_of(text[verb.end() :]))


def _is_called_so(asked: str, before: str, onwards: str) -> bool:
    """Whether a phrase is somebody who is called as a question begins: Will, May, the WHO."""
    called = _NAME_TOO.match(asked)
    if called is None or not (called.end() == len(asked) or _is_phrase(asked[called.end() :])):
        return False
    is_first = not before and _NAME_FIRST.match(onwards)
    return bool(is_first or _THE_WHO.match(asked) or _AFTER_AUX.search(before))


def _may_be_noun(found: dict[str, str]) -> bool:
    """Whether a verb is also a noun, and what follows may be what that belongs to."""
    after = found.get("topic", "").split()[:1]
    goes_on = bool(after) and after[0].isalpha() and after[0].lower() not in FUNCTION_WORDS
    return goes_on and found.get("verb", "").lower() in _NOUNS_TOO


_NOBODY = word_set("nobody", "bot.query")
# In no name, and nothing that says who somebody is: a clause was taken for a speaker.
_CLAUSAL = word_set("clausal", "bot.query")
# Before a noun only: "did every tweet help" asks nobody called so.
_NEVER_ALONE = frozenset("a an every its my no our the their your".split()) | {*_ORDINALS}
_FINITE = frozenset(
    form for form, cue in CUES.items() if cue.form in ("s", "past") and cue.verb.strength == "said"
)


def is_plausible(asked: str) -> bool:
    """Whether a phrase may be somebody, and is no clause."""
    words = asked.lower().split()
    is_somebody = bool(words) and words[0] not in _NOBODY and not _NEVER_ALONE.issuperset(words)
    return is_somebody and _is_phrase(asked)


def _is_phrase(asked: str) -> bool:
    words = asked.lower().split()
    return (
        len(words) <= _MAX_ASKED_WORDS
        and not QUESTION_WORD.match(asked.lstrip())
        and _CLAUSAL.isdisjoint(words)
        and _FINITE.isdisjoint(words[1:])
        and ":" not in asked
    )


def name_of(asked: str) -> str:
    """The phrase for somebody without what only ties it to the question."""
    name = re.sub(r"['’]s?$", "", _BEHIND.sub("", _BEFORE.sub("", asked.strip(" ,"))))
    pronoun = _PRONOUN_HOW.fullmatch(name)
    return pronoun[1] if pronoun else name


def topic_of(topic: str) -> str:
    """The topic without what only leads up to it or ends the question."""
    where = _WHERE.match(topic)
    if where and (not where["whom"] or _hears(where["whom"].lower())):
        topic = topic[where.end() :]
    topic = _ANYTHING.sub("", _HOW.sub("", topic, count=1), count=1)
    topic = _LEADING.sub("", topic, count=1)
    return _SO_FAR.sub("", topic).strip()


def _hears(word: str) -> bool:
    """Whether a word is of people who are told things: "reporters", "the press"."""
    return word in ("press", "media") or is_role(word.removesuffix("s"))
