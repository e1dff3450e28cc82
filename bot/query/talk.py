"""Tells talk ("hello", "thanks", "what can you do?") from a question for the articles.

Knows nothing of articles.

>>> is_talk("Hi there!"), is_talk("hi, what did Lee say about hello kitty?")
(True, False)
"""

import re

from bot.query.shorthand import written_out
from index.language.words import LETTERS

# As they are typed in a chat.
_TYPED = {"u": "you", "ur": "your", "r": "are", "ya": "you", "plz": "please", "pls": "please",
          "im": "i'm", "youre": "you're", "lets": "let's"}  # fmt: skip
_PHRASES = (
    "hi", "hello", "hey", "hiya", "howdy", "greetings", "yo",
    "good (?:morning|afternoon|evening|day|night)",
    "hi there|hello there|hey there|there|everyone|everybody|all|verbatim|bot|again|today",
    "thanks|thank you|thankyou|thx|ty|cheers|much appreciated|many thanks",
    "(?:for|until) (?:now|today|the moment|later)|no more questions|nothing (?:else|more)",
    "(?:i['’]m|we['’]re|i am|we are) (?:all )?(?:done|good|finished)|that will be all|enough",
    "have a (?:nice|good|great) (?:day|one|evening|night|weekend)|talk (?:soon|later)",
    "see you (?:soon|tomorrow|around)",
    "you(?:['’]re|r| are) (?:great|good|the best|awesome|helpful|welcome)|i appreciate (?:it|that)",
    "let['’]s (?:start|begin|go)|how can you help(?: me)?|what do you do|what are you for",
    "a lot|so much|very much|for (?:that|this|your help|the help|helping|everything)",
    "that(?:['’]s| is| was) (?:all|great|good|fine|perfect|helpful|it|enough)",
    "ok|okay|k|great|cool|nice|perfect|awesome|good|fine|alright|all right|got it|i see|understood",
    "bye|goodbye|bye bye|see you|see ya|see you later|later|good ?bye|cya",
    "yes|no|yeah|yep|nope|sure|please|sorry|test|testing",
    "how are you(?: doing)?|how(?:['’]s| is) it going|what(?:['’]s| is) up|sup",
    "nice to meet you|pleased to meet you|well done|good job|good bot",
    "help|help me|i need help|can you help(?: me)?|could you help(?: me)?|please help(?: me)?",
    "who are you|what are you|what is this|what(?:['’]s| is) verbatim|what(?:['’]s| is) your name",
    "who (?:made|built|wrote) you|are you (?:a |an )?(?:bot|robot|ai|human|real|person|chatgpt|"
    "machine|llm|language model)|are you there|do you work",
    "what (?:can|do|could) you (?:do|answer|offer)(?: for me)?|what else can you do",
    "what (?:can|could|should|may) i (?:ask|do|type|say)(?: you| here| about)*",
    "what (?:kind|sort)s? of (?:questions|things) (?:can|do|could) (?:i ask|you answer)(?: you)?",
    "how (?:does|do) (?:this|it|you|verbatim) work|how (?:do|can|should) i (?:use|ask|start|begin)"
    "(?: this| it| you| questions| a question)?|how to use (?:this|it|you)",
    "what do you know|tell me about yourself|introduce yourself|instructions|manual|menu|start",
)  # fmt: skip
# A question of these words alone is about the archive or who answers, if it has one of `_US`.
_SMALL_TALK = frozenset(
    """a an one about again am answer answers any anything archive are article articles ask asked
    available bad be bot can contain contains cover did do does dumb example examples feel give
    good got have hear here how i in included inside is it joke just kind kinds know like list
    love make many me mean much my name need newspaper newspapers no not of old on other out
    outlet outlets please question questions recent right say should sing so some something
    sorry sort source sources stories story stupid subject subjects sure tell than that the
    there thing things think this to topic topics understand up useless want was we what which
    who why with work would wrong yes you your yourself""".split()
)
_US = frozenset("you your yourself archive articles joke example examples topics sources".split())
_ASKS = frozenset("how what which who why".split())
_PARTS = re.compile(r"\w+|\W+")
# "that was really helpful"
_VERY = re.compile(
    r"\b(?:really|very|super|quite|pretty|so|extremely)\s+(?=[a-z]{4})", re.IGNORECASE
)
_NOISE = re.compile(
    r"(?:lol|lmao|haha+|hmm+|wow|omg|yay|oops|asdf\w*|qwerty\w*|blah|meh|ugh)", re.I
)
# "thanks, that was quick": what is said of an answer, once there are thanks or a groan for it.
_ABOUT_IT = re.compile(
    r"(?:thanks|thank you|thankyou|thx|ty|cheers|ok|okay|great|cool|nice|perfect|wow|lol|haha+)"
    r"[\s,.!;-]+(?:that|this|it)(?:(?:['’]s|s| is| was) (?:\w+ly )?\w+| \w+(?:s|ed))",
    re.IGNORECASE,
)
_TALK = re.compile(rf"(?:(?:{'|'.join(_PHRASES)})[\s,.!?;:)-]*)+", re.IGNORECASE)


def is_talk(question: str) -> bool:
    """Whether nothing is asked of the articles."""
    typed = (_TYPED.get(word.lower(), word) for word in _PARTS.findall(written_out(question)))
    text = " ".join("".join(typed).split()).strip(" .,!?:;()-")
    if not text:
        return False
    words = LETTERS.findall(text.lower())
    small = [word for word in words if not _NOISE.fullmatch(word)]
    is_groan = len(small) < len(words) and _ASKS.isdisjoint(words)
    is_of_us = is_groan or not _US.isdisjoint(words)
    is_small = _SMALL_TALK.issuperset(small) and is_of_us
    plain = _VERY.sub("", text)
    is_phrase = _TALK.fullmatch(text) or _TALK.fullmatch(plain) or _ABOUT_IT.fullmatch(plain)
    return is_small or is_phrase is not None
