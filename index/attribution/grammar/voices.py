"""Tells who speaks in the words of a clause from who only passes them on.

"Lund read a letter from Brannock", "was quoted by the Gazette as saying", "Lee issued a statement
saying". Words are given by their numbers in the tree. Knows nothing of what is reported.
"""

from collections.abc import Sequence
from dataclasses import replace

from index.attribution.grammar.clauses import (
    SUBJECTS,
    agent_of,
    antecedent,
    group_start,
    is_finite,
    is_passive,
    is_person,
    is_somebody,
    is_verb,
    lemma,
    mark_of,
    resumptions,
    saying,
)
from index.attribution.grammar.phrases import phrase
from index.attribution.grammar.subjects import subject_of
from index.language.names import BODIES, BODY_NOUNS, GENDERED, PARTICLES, is_role
from index.language.syntax import Tree
from index.language.verbs import (
    CHARGES,
    CLAIMS,
    REPLIES,
    SHORT_TEXTS,
    SHOWING,
    SIGNS,
    TEXTS,
    VERBS,
    Verb,
    is_one_of,
)
from index.language.words import DASH, Word

_STATES = frozenset("is was has had are were be owns runs lives lived works worked".split())
# What any text does that has words on it: "his page, which says".
_TEXTUAL = frozenset("say read state add".split())
_HAVE = frozenset("has have had will would".split())
_READING = frozenset("read recite".split())
_PLAYING = frozenset("play plays played".split())
QUOTING = frozenset("quote cite paraphrase".split())
_SENDING = frozenset("sent wrote written left posted penned signed".split())
_KEEPING = frozenset("kept keeps delivered gave recorded".split())
# What somebody does who sends or writes something: "texted", "had written".
SENDING = _SENDING | {form for verb in VERBS if verb.lemma in TEXTS for form, _ in verb.forms}
# What somebody does whose a text is.
ISSUING = SENDING | frozenset(
    "issue issued publish published release released put send write leave post".split()
)
_FROM = frozenset("from by of".split())
# Begin where and on what somebody said what they sign: "– Ada Quill on her garden".
_WHERE = frozenset("on in at of about".split())
# Stand behind a dash at the end of a text that they sent.
_POINTING = frozenset("this that these what which there".split())
# Words between a text and who wrote it.
_NEAR = 7
# Stand for a text where something is read: "“Out,” they read", "reads one".
UNNAMED = frozenset("it they one some others another".split())
_COMING = frozenset("came come comes".split())
# End nouns of what happens or is the case.
_ABSTRACT = ("tion", "sion", "ment", "ness", "ity", "ance", "ence", "ism", "ship", "cy")
_AGENCIES = frozenset("press news agency agencies reuters afp staff".split())


def introducer(tree: Tree) -> tuple[int | None, int | None]:
    """Who speaks, and who passes it on, where a sentence leads up to a quotation after it."""
    root = tree.root
    if root is None:
        return None, None
    if not is_verb(tree, root):
        return _announced(tree, root), None
    subject, relayer = speakers(tree, root)
    if subject is not None and relayer is None and not _may_lead(tree, subject):
        # "As Lee observed, it was all about the stage:", "We know it, and Lee told them so:"
        verbs = [k for k in range(len(tree.words)) if tree.tags[k] in ("VBD", "VBZ")]
        others = (subject_of(tree, verb) for verb in reversed(verbs))
        subject = next((k for k in others if k is not None and _may_lead(tree, k)), subject)
    return subject, relayer


def _may_lead(tree: Tree, noun: int) -> bool:
    """Whether a noun is of somebody whose words may follow."""
    low = tree.words[noun].low
    return (
        is_somebody(tree, noun) or low in ("he", "she", "they", "i", "who") or is_words(tree, noun)
    )


def _announced(tree: Tree, noun: int) -> int | None:
    """Whose words a line without a verb announces: "Statement from Lee:", "From the mayor:"."""
    if tree.words[noun].low in _FROM:
        return tree.child(noun, "pobj")
    if tree.words[noun].low in TEXTS:
        return author_of(tree, noun)
    sent = next((c for c in tree.children[noun] if tree.words[c].low in ("from", "by")), None)
    return noun if sent is None else tree.child(sent, "pobj")


def signer(tree: Tree, dash: int = 0) -> int | None:
    """Who signs with a dash and a name, as under a quotation: "– Ada Quill, chief executive".

    `dash` is where that has to stand.
    """
    words, first = tree.words, dash + 1
    last = first - 1
    while last + 1 < len(words) and (words[last + 1].is_name or _ties_name(words, last + 1)):
        last += 1
    is_signed = last > first and words[dash].low in ("-", DASH)
    is_agency = any(word.low in _AGENCIES for word in words[first : last + 1])
    after = words[last + 1] if last + 1 < len(words) else None
    where = after is not None and after.low in _WHERE
    where = where and not any(is_finite(tree, k) for k in range(last, len(words)))
    is_more = after is not None and not where and after.text not in (",", "(", ".")
    return last if is_signed and not is_agency and not is_more else None


def _ties_name(words: Sequence[Word], number: int) -> bool:
    """Whether a word in small letters stands inside a name: "Otto von Trebnitz"."""
    return words[number].low in PARTICLES and any(w.is_name for w in words[number + 1 : number + 3])


def acting_subject(tree: Tree) -> int | None:
    """Who does something in a sentence that reports nothing: "Ann Lee shook her head."."""
    root = tree.root
    if root is not None and not is_verb(tree, root):
        # "Lee, who runs the place, burst out laughing.": the tree may take the name for the root.
        resumed = [verb for verb, noun in resumptions(tree).items() if noun <= root < verb]
        root = resumed[-1] if resumed else root
        acts = bool(resumed) and tree.words[root].low not in _STATES
        return subject_of(tree, root) if acts else None
    if root is None or is_passive(tree, root):
        return None
    helped = any(tree.roles[c] == "aux" and tree.words[c].low in _HAVE for c in tree.children[root])
    helped = helped or tree.words[root].low in _STATES
    subject = tree.child(root, *SUBJECTS)
    return None if helped or subject is None or subject > root else subject


def speakers(tree: Tree, verb: int) -> tuple[int | None, int | None]:
    """Who speaks in the words that belong to a verb, and who only passes them on."""
    subject = subject_of(tree, verb)
    if (sign := _sign_before(tree, verb)) is not None:
        return author_of(tree, sign), None
    return _quoted_voices(tree, verb, subject) or _text_voices(tree, verb, subject)


def _quoted_voices(
    tree: Tree, verb: int, subject: int | None
) -> tuple[int | None, int | None] | None:
    """Who is quoted, and by whom, where a clause says so: "Lee quoted Orr as saying"."""
    quoting = _quoting(tree, verb)
    if quoting is not None:
        return subject, quoting
    if subject is not None and (quoted := _quoted_beside(tree, verb)) is not None:
        return quoted, subject
    if lemma(tree, verb) in QUOTING | _READING and (source := _read_from(tree, verb)) is not None:
        return source, subject
    return None


def _text_voices(tree: Tree, verb: int, subject: int | None) -> tuple[int | None, int | None]:
    """Who speaks where a text is read out or speaks itself, and who only reads it."""
    led = any(w.is_quotation and tree.words[k - 1].text == ":" for k, w in enumerate(tree.words))
    text = _text_passed_on(tree, verb, led=led)
    if text is not None and led and lemma(tree, verb) in QUOTING and is_person(tree, text):
        return text, subject  # "She quoted the bishop: “No.”"
    known = saying(tree, verb)
    if text is not None and is_words(tree, text) and not (known and known.takes_object):
        author = author_of(tree, text)
        if author is not None and author != subject:
            return author, subject
    if subject is not None and (text := _text_meant(tree, subject)) is not None:
        author = author_of(tree, text)
        comes = lemma(tree, verb) in ("come", "came", "be", "was", "is")
        comes = comes and tree.words[subject].low not in REPLIES
        return (author if comes or author is not None else subject), None
    return subject, None


def _text_meant(tree: Tree, noun: int) -> int | None:
    """The text that a noun is, or that "which" stands for: of "a report, which says" the report."""
    which = tree.words[noun].low in ("which", "that")
    text = antecedent(tree, noun) if which else noun
    return text if text is not None and is_words(tree, text) else None


def passed_on(tree: Tree) -> tuple[bool, int | None]:
    """Whether a sentence says that something is read out or played, and whose words those are."""
    for verb in range(len(tree.words) - 1, -1, -1):
        if lemma(tree, verb) not in _READING | _PLAYING or not is_verb(tree, verb):
            continue
        what = next((k for k in range(verb + 1, len(tree.words)) if tree.tags[k] == "WP"), None)
        if what is not None and tree.words[what].low == "what":
            sent = (k for k in range(what, len(tree.words)) if tree.words[k].low in SENDING)
            return True, subject_of(tree, next(sent, what))
        text = _text_passed_on(tree, verb, led=False)
        if text is not None and is_words(tree, text):
            return True, author_of(tree, text)
        if text is not None and tree.words[text].low == "it":
            return lemma(tree, verb) in _READING, None
    return False, None


def cried_from(tree: Tree, verb: int) -> int | None:
    """From whom words come: of "“Out!” came shouts from the crowd" the crowd."""
    if tree.words[verb].low not in _COMING or not tree.words[verb - 1].is_quotation:
        return None
    for tie in range(verb + 2, min(len(tree.words) - 1, verb + 6)):
        if tree.words[tie].low == "from":
            return tree.child(tie, "pobj")
    return None


def _text_passed_on(tree: Tree, verb: int, *, led: bool) -> int | None:
    """What somebody reads, plays or shows: the letter of "read the jury a letter from Lee"."""
    objects = [c for c in tree.children[verb] if tree.roles[c] == "dobj"]
    text = next((c for c in objects if is_words(tree, c)), None)
    if text is None and led:
        # "played the jury Lee's voicemail: “…”": what stands nearest to the colon.
        quotation = next(k for k, word in enumerate(tree.words) if word.is_quotation)
        nouns = (k for k in range(quotation - 2, verb, -1) if is_words(tree, k))
        text = next((k for k in nouns if author_of(tree, k) is not None), None)
    return text if text is not None else next(iter(objects), None)


def _quoting(tree: Tree, verb: int) -> int | None:
    """Who quotes whom a verb's subject is: the Gazette in "was quoted by the Gazette as saying"."""
    preposition = tree.heads[verb]
    if tree.roles[verb] != "pcomp" or tree.words[preposition].low != "as":
        return None
    above = tree.heads[preposition]
    return (
        subject_of(tree, above) if is_verb(tree, above) and lemma(tree, above) in QUOTING else None
    )


def _quoted_beside(tree: Tree, verb: int) -> int | None:
    """Whom a speaker quotes, where a participle says so: "Quoting her father, Lee told them"."""
    for child in tree.children[verb]:
        if tree.tags[child] == "VBG" and lemma(tree, child) in QUOTING:
            quoted = [c for c in tree.children[child] if tree.roles[c] in ("dobj", "appos")]
            return max((c for c in quoted if is_person(tree, c)), default=None)
    return None


def _read_from(tree: Tree, verb: int) -> int | None:
    """Whose words are read out: of "quoted at length from a ruling of Lee's" the name."""
    near = range(verb + 1, min(len(tree.words) - 1, verb + _NEAR))
    on_behalf = next((k for k in near if tree.words[k].low == "behalf"), None)
    if on_behalf is not None:
        return tree.child(on_behalf + 1, "pobj")
    after = range(verb + 1, min(len(tree.words), verb + 5))
    tie = next((k for k in after if tree.words[k].low == "from"), None)
    text = None if tie is None else tree.child(tie, "pobj")
    return None if text is None or is_somebody(tree, text) else author_of(tree, text)


def is_words(tree: Tree, noun: int) -> bool:
    """Whether a noun is a text or a saying: "letter", "press release"."""
    low = tree.words[noun].low
    named = low in TEXTS or (noun and f"{tree.words[noun - 1].low} {low}" in TEXTS)
    the = noun and low in SHORT_TEXTS and tree.words[noun - 1].low == "the"
    the = the and not any(tree.words[c].low in _FROM for c in tree.children[noun])
    # "RTV's Morning Call" is what somebody speaks on.
    title = noun and tree.words[noun].is_name and tree.words[noun - 1].is_name
    return bool(named or the) and tree.tags[noun].startswith("NN") and not title


def author_of(tree: Tree, noun: int) -> int | None:
    """Whose a text is: "a letter from Brannock", "her reply"."""
    charges = tree.words[noun].low in CHARGES
    owner = None if charges else tree.child(noun, "poss")
    if owner is not None and not tree.tags[owner].startswith("PRP"):
        return owner
    for child in tree.children[noun]:
        if charges and tree.words[child].low == "of":
            continue  # whom it charges
        # Not of "a letter read out by her lawyer".
        handed = any(tree.tags[k] == "VBN" for k in range(noun + 1, child))
        author = tree.child(child, "pobj")
        dated = author is not None and tree.kinds[author] == "time"  # "an e-mail of 13 October"
        if tree.words[child].low in _FROM and author is not None and not (handed or dated):
            # "Their answer, from the clerk, was short"
            own = owner is None or tree.words[child - 1].text == ","
            return author if own else owner
        place = author if tree.words[child].low == "on" else None  # "a notice on Lee's website"
        if place is not None and owner is None and (host := tree.child(place, "poss")) is not None:
            return host
    if owner is not None:
        return owner
    if (made := _made_by(tree, noun)) is not None:
        return agent_of(tree, made)
    after = noun + 1
    if after < len(tree.words) and tree.words[after].low in ("by", "from"):
        return tree.child(after, "pobj")  # whatever the tree ties it to
    # "an email that Lee had sent", "that was signed by Lee"
    sent = tree.child(noun, "relcl")
    if sent is None or tree.words[sent].low not in _SENDING | _KEEPING:
        return None
    return agent_of(tree, sent) if is_passive(tree, sent) else tree.child(sent, "nsubj")


def _made_by(tree: Tree, noun: int) -> int | None:
    """What tells who made a text: "written" of "a note on the door written by Lee"."""
    made = tree.child(noun, "acl")
    if made is not None and tree.words[made].low in _SENDING:
        return made
    for number in range(noun + 1, min(len(tree.words) - 1, noun + _NEAR)):
        if tree.words[number].is_mark or is_finite(tree, number):
            return None
        if tree.words[number].low in _SENDING and tree.words[number + 1].low == "by":
            return number
    return None


def author_before(tree: Tree, end: int | None = None) -> int | None:
    """Whose a text is that a sentence speaks of, before a word of it: "His answer was short:"."""
    nouns = (k for k in range(len(tree.words) if end is None else end) if is_words(tree, k))
    return next((a for k in nouns if (a := author_of(tree, k)) is not None), None)


def issuer(tree: Tree, subject: int) -> int:
    """Who says what a text of theirs says: "Lee issued a statement saying"."""
    noun = subject
    if tree.words[noun].low in ("that", "which") and tree.roles[tree.heads[noun]] == "relcl":
        noun = tree.heads[tree.heads[noun]]
    if not is_words(tree, noun):
        return subject
    issued = tree.heads[noun] if tree.roles[noun] == "dobj" else _told_in(tree, noun)
    issuer = None if issued is None or not is_verb(tree, issued) else subject_of(tree, issued)
    return subject if issuer is None else issuer


def _told_in(tree: Tree, noun: int) -> int | None:
    """The verb of what is told in a text: "hit back with a letter saying", "wrote in a note"."""
    verb = tree.heads[tree.heads[noun]]
    verb = tree.heads[verb] if tree.words[verb].low == "back" else verb
    tied = tree.roles[noun] == "pobj" and tree.words[tree.heads[noun]].low in ("in", "with")
    back = verb + 1 < len(tree.words) and tree.words[verb + 1].low == "back"
    told = back or saying(tree, verb) is not None or tree.words[verb].low in SENDING
    # "launched it with a speech denouncing the mayor"
    told = told or (tree.words[tree.heads[noun]].low == "with" and not is_passive(tree, verb))
    return verb if tied and told else None


def may_speak(tree: Tree, noun: int, *, surely: bool) -> bool:
    """Whether a noun is of a kind that says something: no "decision", no "this".

    Where a verb is not `surely` one that reports ("denied the claim", a verb that no table has),
    things do not speak at all, unless they are texts.
    """
    low = tree.words[noun].low
    if low in ("that", "which") and (above := antecedent(tree, noun)) is not None:
        return may_speak(tree, above, surely=surely)
    if low in _POINTING:
        return False
    known = tree.words[noun].is_name or tree.kinds[noun] in ("person", "body", "people")
    if known or is_role(low) or low in GENDERED or low in BODIES | BODY_NOUNS:
        return True
    if is_words(tree, noun) or low in CLAIMS or tree.tags[noun] in ("NNS", "NNPS", "CD", "POS"):
        return True
    if any(tree.roles[c] == "appos" and tree.kinds[c] == "person" for c in tree.children[noun]):
        return True  # "her opposite number, Ann Lee"
    somebody = tree.tags[noun].startswith(("PRP", "W", "JJ", "VBN")) and low != "it"
    return somebody or (surely and not low.endswith(_ABSTRACT))


def said_by_text(tree: Tree, verb: int) -> Verb | None:
    """The verb of saying that a word is; what a text reads, it says: "…, the statement read"."""
    known, quoting = saying(tree, verb), _quoting(tree, verb)
    if quoting is not None and tree.words[quoting].low == "we":
        return None  # "we quoted Lee as saying": a paper that corrects itself
    if known is None or known.strength != "weak" or not known.takes_clause:
        return known
    subject = subject_of(tree, verb)
    if subject is None or subject > verb or not is_words(tree, subject):
        return known
    first = phrase(tree, subject)[0]
    apart = first > 1 and tree.words[first - 1].text == "," and subject == verb - 1
    return replace(known, strength="said") if apart else known


def reads(tree: Tree, verb: int) -> bool:
    """Whether a text does what a verb tells by its words alone: "read", "ran", "came the reply"."""
    known = saying(tree, verb)
    if tree.words[verb].low in _COMING:
        return any(word.low in REPLIES for word in tree.words[verb + 1 : verb + 4])
    return known is None or known.strength == "weak"


def speaks_for_nobody(tree: Tree, noun: int) -> bool:
    """Whether it is a text of which nobody is told to be the author: "a banner reads"."""
    first = phrase(tree, noun)[0]
    copied = tree.child(noun, "prep") if tree.words[noun].low == "copy" else None
    text = noun if copied is None else tree.child(copied, "pobj")
    bare = text is not None and is_words(tree, text) and author_of(tree, text) is None
    bare = bare and (text != noun or tree.words[noun].low in SIGNS)
    return bare and tree.words[first].low in ("a", "an", "one")


def is_unsigned(tree: Tree, verb: int, subject: int) -> bool:
    """Whether words are read out of a text of which the clause does not say whose it is."""
    low = tree.words[subject].low
    text = (
        low == "it" or is_words(tree, subject) or (low in UNNAMED and lemma(tree, verb) == "read")
    )
    return text and reads(tree, verb) and author_of(tree, subject) is None


def is_bare_text(tree: Tree, verb: int, subject: int) -> bool:
    """Whether nothing tells what text it is that speaks: "reads one", "A reply was blunter"."""
    first, unknown = tree.words[phrase(tree, subject)[0]].low, saying(tree, verb) is None
    unnamed = tree.words[subject].low in UNNAMED and (unknown or lemma(tree, verb) == "read")
    return unnamed or (first in ("a", "an") and unknown)


def _sign_before(tree: Tree, verb: int) -> int | None:
    """The sign that has words on it: of "some carried placards reading “Out”" the placards."""
    sign = verb - 1
    shown = verb > 0 and tree.tags[verb] == "VBG" and tree.tags[sign] in ("NN", "NNS")
    return sign if shown and is_one_of(tree.words[sign].low, SIGNS) else None


def is_nobodys(tree: Tree, verb: int, subject: int) -> bool:
    """Whether a verb reports nobody's words: "as we reported", "whose feud threatens the vote"."""
    low = tree.words[subject].low
    own = low in ("i", "we") and mark_of(tree, verb) == "as"
    whose = tree.words[phrase(tree, subject)[0]].low == "whose"
    return own or (whose and not (tree.kinds[subject] or low in GENDERED or is_role(low)))


def is_shown(tree: Tree, verb: int, subject: int) -> bool:
    """Whether a thing is what "which" does: "closed up 5 percent, which suggests that it is"."""
    opened = tree.words[group_start(tree, verb) - 1].low == "which" and verb > 0
    noun = antecedent(tree, subject) if tree.words[subject].low == "which" else subject
    if not opened or noun is None or lemma(tree, verb) in _TEXTUAL:
        return False
    low = tree.words[noun].low
    named = tree.words[noun].is_name or tree.kinds[noun] in ("person", "body", "place", "people")
    bodily = low in BODIES | BODY_NOUNS or is_role(low) or is_role(low.removesuffix("s"))
    amount = tree.tags[noun] == "NN" and tree.child(noun, "nummod") is not None
    return not (named or bodily or (is_one_of(low, SHOWING) and not amount))
