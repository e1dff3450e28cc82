"""Takes off a question what only wraps it: "could you please ...", "..., thanks", "... only pls".

What comes first or last is put where questions have it: "lee vs reed on gas, compare", "the mayor,
did she resign". Knows nothing of what a question asks for.

>>> unwrapped("hi, can you tell me what Lee said about gas, please")
'what Lee said about gas'
>>> unwrapped("every quote by Lee on gas, list them pls")
'list every quote by Lee on gas'
"""

import re

from bot.query.grammar.pieces import AUX, NO_NAME, WH
from index.language.verbs import ASKED_NOUNS, asking

_CLAUSE = r"(?=(?:what|who|when|where|why|how|if|whether)\b)"
# "different thing, ...", "new question: ..."; "who ran it.. no wait who owns it" is taken back.
TURNS = re.compile(
    r"(?:(?:and|ok|okay|so|now) )?(?:(?:an?|one|on|on an?) )?"
    r"(?:(?:different|another|other|new|next|separate|last|quick|more|totally|completely) )+"
    r"(?:things?|questions?|topics?|subjects?|story|note|one|matter) ?[,:;.–—-]+ "
    r"|(?:moving on|chang(?:e of|ing the) (?:subject|topic)|by the way|btw)[,:;.–—-]* "
    r"|.*\b(?:(?:no|oh) wait|wait no|scratch that|(?:sorry,? )?i meant?|or rather)[,:;.]* "
    + _CLAUSE,
    re.IGNORECASE,
)
_POLITE = re.compile(
    r"(?:(?:hi|hello|hey|please|pls|plz|thanks|thank you|um+|hmm+)[,.!]* "
    # "right, did he go", but "right wing groups on gas"
    r"|sorry[,.!:–—-]* |well[,.!:–—-]* (?!(?:being|known)\b)|right[,.!:–—-]* (?!(?:wing|to|of)\b)"
    r"|(?:my|the|a|one) question(?: is)?[,:–—-]+ |(?:actually|basically|seriously|honestly|finally|"
    r"lastly|first(?:ly)?|second(?:ly)?|also|just curious|if possible|if you can|"
    r"to be (?:clear|sure|exact|precise)), )*"
    r"(?:(?:can|could|would|will) you (?:please )?(?:help (?:me|us) )?(?=(?:tell|show|give|find|"
    r"list|summari[sz]e|sum|recap|compare|explain|describe|brief|get|collect)\b)"
    rf"|(?:do|does) (?:you|anyone|anybody) know {_CLAUSE}"
    r"|i(?: a|['’])?m (?:looking for|trying to find(?: out)?|interested in|wondering)(?: about)? "
    r"|i (?:want|need|would like|['’]d like|wonder|wanted)(?: to (?:know|find out|see|hear|ask))?"
    rf"(?: about)? {_CLAUSE}"
    r"|(?:have you |do you have )?(?:got |need |want )?(?:anything |something |(?:a |any |some )"
    r"(?:line|word|words) )from (?=\S.* (?:on|about|over)\b)"
    r"|(?:give|get|find|show) (?:me|us) (?=(?!the )\S.* on\b)"
    r"|tell (?:me|us) (?=\S+['’]s )"
    rf"|(?:tell|remind) (?:me|us) {_CLAUSE}|any idea (?=\S)|please "
    r"|quotes?[:–—-]+ (?=\S)"
    r"|quote (?:(?:me|us) )?(?!(?:from|by|of|on|about|me|us)\b)(?=\S.* (?:on|about|re|over)\b))?",
    re.IGNORECASE,
)
_HASTE = re.compile(
    r"(?<=\S) (?:asap|urgently|pls|plz)(?= (?:on|about|re)\b|[.!?]*\Z)", re.IGNORECASE
)
# "... please", "..., thanks", "in september only".
_TAIL = re.compile(
    r"(?<=\w)[,.?!]*(?: (?:please|pls|plz|thanks|thank you|thx|ta|cheers|in short|in brief|briefly|"
    r"asap|only|if you can|if possible|though|tho|btw|by the way|anyway))+[.!?]*$",
    re.IGNORECASE,
)
_THEM = "(?: (?:it|them|these|those|both|all|the two|all of them))?"
# After a pause, or with what stands for all before it: "did they compare notes" orders nothing.
_ORDER_LAST = re.compile(
    r"(?P<rest>\S.*?)(?: ?[,;:.–—-])+ (?P<order>list|compare|contrast|summari[sz]e)"
    rf"{_THEM}(?: out)?"
    r"|(?P<rest2>(?!(?:what|who|why|how|when|where|which|did|does|do|will|would|can|could)\b)\S.*?)"
    r" (?P<order2>list|compare|summari[sz]e) (?:them|these|those|them all|all of them)(?: out)?",
    re.IGNORECASE,
)
# "the mayor, did she resign": who is spoken of comes first, and a pronoun stands in the place.
# "Lee, is it safe" asks Lee, and "Lee on gas, does he agree" names the topic as well.
_SPOKEN_OF = re.compile(
    r"(?:(?:and|but|so|ok|what about|how about|as for|about),? )*"
    r"(?P<who>(?!(?:what|who|why|how|when|where|which|according|per|in|on|at|by|"
    r"for|from|with|after|before|since|during|if|while|like|despite)\b)"
    r"[^\W\d_](?:(?! (?:on|about|over) )[^,:?]){1,40}?), "
    r"(?P<ask>(?:(?:what|why|how|when|where|which) )?(?:\w+ )?"
    r"(?:did|does|do|has|have|had|is|are|was|were|will|would|can|could|should) )"
    r"(?P<place>they|he|she)\b(?P<rest> \S.*)",
    re.IGNORECASE,
)

# "is it safe? Ann Lee", "is it safe? what Lee thinks": who is asked comes last.
_HOLDING = "|".join([*sorted(ASKED_NOUNS), "estimate", "reading", "word"])
_SAYING = "|".join([*asking("s"), "remembers", "wonders"])
_ASKED_LAST = re.compile(
    r"(?P<ask>[^?]+)\?+ (?P<what>what )?(?P<who>[^\W\d_][^?:;]*?)"
    rf"(?:(?:['’]s)? (?:{_HOLDING})| (?P<says>{_SAYING}))?",
    re.IGNORECASE,
)
_SHORTEST_ASK, _LONGEST_NAME = 3, 8  # words
_ASKS_ON = re.compile(
    rf"(?:{WH}|{AUX}|and|also|plus|or|but|then|please|tell|show|give|list|explain|quotes?)\b|"
    r".*\b(?:on|about)\b",
    re.IGNORECASE,
)


def _with_asked_first(text: str) -> str:
    """A question with the name that stands behind its mark before it, as questions have it."""
    last = _ASKED_LAST.fullmatch(text)
    if last is None or (last["what"] and not last["says"]):
        return text
    words = last["who"].lower().split()
    is_name = len(words) <= _LONGEST_NAME and NO_NAME.isdisjoint(words[:1])
    is_asked = len(last["ask"].split()) >= _SHORTEST_ASK and not _ASKS_ON.match(last["who"])
    return f"{last['who']}: {last['ask']}" if is_name and is_asked else text


def unwrapped(text: str) -> str:
    """The question, which is one line, without what only leads up to it or follows it."""
    text = _HASTE.sub("", TURNS.sub("", text, count=1))
    text = _POLITE.sub("", _POLITE.sub("", text, count=1), count=1)
    text = _with_asked_first(_TAIL.sub("", text))
    spoken_of = _SPOKEN_OF.fullmatch(text)
    if spoken_of:
        return f"{spoken_of['ask']}{spoken_of['who']}{spoken_of['rest']}"
    ordered = _ORDER_LAST.fullmatch(text.rstrip(" ?!."))
    if ordered is None:
        return text
    order = ordered["order"] or ordered["order2"]
    rest = (ordered["rest"] or ordered["rest2"]).rstrip(" ,;:.")
    return rest if rest.lower().startswith(order.lower()) else f"{order} {rest}"
