"""The lexicon of reporting: the verbs, nouns and phrases that introduce what somebody said.

Only words; the grammar around them is in `index.attribution.frames`.

>>> CUES["warned"].lemma, CUES["warned"].form
('warn', 'ed')
"""

from dataclasses import dataclass
from typing import Literal

Form = Literal["base", "s", "ed", "ing"]

# Report with a clause or a quotation: "said that", "argued: “…”".
_CLAUSE = """acknowledge add admit affirm agree allege announce argue assert assume assure attest
believe boast brag caution certify chide claim clarify comment complain concede
conclude confess confide confirm contend continue counter cry deadpan decide declare
deny describe disclose doubt elaborate emphasise emphasize estimate exclaim expect
explain expound fear feel figure forecast grumble guess gush hint hope imply
indicate inform insist interject intone joke know lament maintain mention mock
mumble murmur muse mutter note object observe opine persuade plead pledge point
posit post postulate predict proclaim promise propose protest quip quote read
realise realize reason reassure recall recite reckon recollect recommend recount
reflect reiterate rejoin relate remark remember repeat reply report request respond
retort retweet reveal rule say scoff shout shrug sigh signal snap sneer speculate state
stipulate stress submit suggest summarise summarize suppose surmise suspect swear
testify theorise theorize think threaten tweet underline underscore urge vow warn
whisper wonder write yell"""
# Take the person addressed first: "told reporters that".
_TELL = """tell ask advise assure inform notify remind reassure warn urge convince persuade order
instruct beg implore promise"""
# Report with an object: "accused Russia of", "hailed the move", "called it “…”".
_OBJECT = """accuse address applaud attack attribute back bash bemoan berate blame blast brand call
castigate celebrate challenge characterise characterize chastise cite compare condemn
congratulate credit criticise criticize decry deem defend demand denounce deplore deride
detail disavow discuss dismiss disown dispute dub echo endorse express fault favor favour hail
highlight intend justify label lambast lambaste laud liken mourn oppose outline plan portray
praise prefer question rebuff rebuke rebut refuse refute reject repudiate ridicule salute
scold slam speak support talk thank tout trash view voice welcome wish"""

_IRREGULAR = {
    "said": ("say", "ed"),
    "told": ("tell", "ed"),
    "thought": ("think", "ed"),
    "wrote": ("write", "ed"),
    "written": ("write", "ed"),
    "spoke": ("speak", "ed"),
    "spoken": ("speak", "ed"),
    "felt": ("feel", "ed"),
    "swore": ("swear", "ed"),
    "cast": ("cast", "ed"),
    "read": ("read", "ed"),
    "saw": ("see", "ed"),
    "seen": ("see", "ed"),
    "sought": ("seek", "ed"),
    "knew": ("know", "ed"),
    "known": ("know", "ed"),
    "understood": ("understand", "ed"),
    "upheld": ("uphold", "ed"),
    "recounted": ("recount", "ed"),
    "quoted": ("quote", "ed"),
}
_DOUBLING = frozenset("admit submit quip brag beg rebut plan chat compel rebel".split())

# Only with a clause, a quotation or a colon after them are these reports of speech.
CLAUSE_ONLY = frozenset(
    """assume continue counter decide doubt figure feel find guess imply indicate know
    point read realise realize recall reflect remember see show signal think
    understand consider view post rule reason relate mean object repeat state""".split()
)
# Too common as nouns or adjectives to count without a subject of their own.
NOUNS = frozenset(
    """account accusation acknowledgement acknowledgment admission advice allegation announcement
    argument assertion assessment assurance belief boast charge claim comment complaint conclusion
    concern confession confirmation contention criticism declaration demand denial description
    estimate expectation explanation fear hint hope idea implication insistence message
    notion observation opinion pledge point prediction promise proposal question reminder remark
    report response revelation statement suggestion suspicion testimony theory threat thought
    view vow warning words""".split()
)
# Also nouns that often end a phrase: "several issues", "the new plans".
DUAL = NOUNS | frozenset(
    """address attack call cast cause challenge credit decree demand detail fault favor favour
    figure issue label plan post praise present question reason rule state support talk
    brand back dispute endorse voice reference signal guess mention""".split()
)


@dataclass(frozen=True, slots=True)
class Cue:
    """A form of a reporting verb and what it takes after it."""

    lemma: str
    form: Form
    tells: bool
    takes_clause: bool
    takes_object: bool


def _forms(verb: str) -> dict[str, Form]:
    stem = verb[:-1] if verb.endswith("e") else verb
    if verb in _DOUBLING:
        stem += verb[-1]
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return {verb: "base", verb[:-1] + "ies": "s", verb[:-1] + "ied": "ed", verb + "ing": "ing"}
    plural = verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "z")) else "s")
    return {verb: "base", plural: "s", stem + "ed": "ed", stem + "ing": "ing"}


def _lexicon() -> dict[str, Cue]:
    clause, tell, takes = (frozenset(words.split()) for words in (_CLAUSE, _TELL, _OBJECT))
    cues: dict[str, Cue] = {}
    for verb in sorted(clause | tell | takes):
        forms: dict[str, Form] = _forms(verb)
        for word, form in forms.items():
            cues[word] = Cue(
                verb, form, verb in tell, verb in clause or verb in tell, verb in takes
            )
    for word, (verb, _) in _IRREGULAR.items():
        if verb in clause | tell | takes:
            known = cues[verb]
            cues[word] = Cue(verb, "ed", known.tells, known.takes_clause, known.takes_object)
    for wrong in ("sayed", "telled", "thinked", "writed", "speaked", "feeled", "sweared"):
        cues.pop(wrong, None)
    return cues


CUES = _lexicon()
