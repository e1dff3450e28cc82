"""Finds the frames of reporting that no verb makes: "according to Lee", "his claim that".

One sentence's tree at a time. Knows nothing of people's names.
"""

from index.attribution.grammar.clauses import COPULAS, is_finite, is_verb, mark_of
from index.attribution.grammar.nesting import Frame
from index.attribution.grammar.phrases import Range, edges, phrase, run_end
from index.attribution.grammar.subjects import subject_of
from index.attribution.grammar.voices import author_of, is_words, may_speak
from index.attribution.grammar.word_order import clause_start
from index.language.names import BODIES, BODY_NOUNS, is_role
from index.language.syntax import Tree, once
from index.language.words import DASH, QUOTES

# "In the words of Lee" they are hers.
VIEWS = frozenset("words view opinion eyes".split())
# "In Lee's phrase": said with an owner only.
OWN_VIEWS = VIEWS | {"phrase"} - {"eyes"}
_PUTTING = frozenset("put puts".split())
# Words between a verb and the mark before what it tells: "describes the new roof:".
_NEAR = 6
# Words between "as" and the verb: "as the late economist Joan Varley once put it".
_REACH = 10
_EDGES = frozenset((",", ".", ";", ":", "-", DASH, "(", ")", "..."))


def label(tree: Tree, quotation: int) -> Frame | None:
    """A quotation behind a name and a colon, with no verb at all."""
    if not quotation or tree.words[quotation - 1].text != ":":
        return None
    if (name := name_before(tree, quotation)) is not None:
        return Frame(None, name, ((quotation, quotation + 1),), "label")
    before = range(quotation - 1)
    # "Ann Lee, speaking in Lyon: “…”"
    acting = (k for k in before if is_verb(tree, k) and not _is_set_off(tree, k))
    if any(acting) or any(tree.words[k].low in VIEWS for k in before):
        return None
    heads = [k for k in before if tree.kinds[k] in ("person", "body")]
    if not heads:
        return None
    head = heads[0]
    while tree.heads[head] in before and tree.heads[head] != head and tree.kinds[tree.heads[head]]:
        head = tree.heads[head]
    return Frame(None, head, ((quotation, quotation + 1),), "label")


def _is_set_off(tree: Tree, verb: int) -> bool:
    return tree.tags[verb] == "VBG" and verb > 0 and tree.words[verb - 1].text == ","


def name_before(tree: Tree, quotation: int) -> int | None:
    """The name of a person between a dash and a colon: "All agree - Ann Lee: “Yes.”"."""
    first = last = quotation - 2
    if first < 1 or tree.words[quotation - 1].text != ":":
        return None
    while first and tree.words[first - 1].is_name and tree.kinds[first - 1]:
        first -= 1
    sent = first > 1 and tree.words[first - 1].low == "from"
    apart = first and tree.words[first - 1 - sent].low in ("-", DASH)
    return last if apart and first < last and tree.kinds[last] == "person" else None


def according(tree: Tree, number: int, to: int) -> Frame | None:
    """What is so "according to" somebody; the phrase begins at a word and ends with a preposition.

    Others are "in the words of" and "per".
    """
    if to + 1 >= len(tree.words) or tree.words[to].low not in ("to", "of", "per"):
        return None
    subject = tree.child(to, "pobj")
    if subject is None:
        nouns = (k for k in range(to + 1, len(tree.words)) if phrase(tree, k)[0] == to + 1)
        subject = max(nouns, key=lambda k: phrase(tree, k)[1], default=to + 1)
    first, last = number, edges(tree, subject)[1]
    if number and tree.words[number - 1].low in ("who", "which", "that"):
        # "Lee, who according to the police had been awake, left".
        last = phrase(tree, subject)[1]
        end = next((k for k in range(last, len(tree.words)) if tree.words[k].text == ","), last)
        relative = trimmed(tree, last, end)
        return Frame((number, to + 1), subject, (relative,), "according") if relative else None
    last = max(last, _named_end(tree, last))
    # "in the words of its architect, Lee, “a shed”": the tree takes that for another name of hers.
    quotes = (k for k in range(to + 2, last) if _quoted_from(tree, k, k + 1))
    last = next(quotes, last)
    if number > 1 and tree.words[number - 1].text == "," and is_finite(tree, number - 2):
        # "was, in the words of Lee, a ruin"
        commas = (k for k in range(last - 1, to, -1) if tree.words[k].text == ",")
        last = next(commas, last)
    last = _past_time(tree, last)
    begin, end = edges(tree, tree.heads[number])
    if number and (tree.words[number - 1].low == "," or number == sourced(tree)):
        begin = min(begin, clause_start(tree, number - 1))
    if tree.words[last % len(tree.words)].text in QUOTES:
        end = max(end, (_quoted_from(tree, last, last + 1) or (0, end))[1])
    pieces = [trimmed(tree, begin, min(first, end)), trimmed(tree, last, end)]
    content = tuple(p for p in pieces if p)
    return Frame((number, to + 1), subject, content, "according")


@once
def sourced(tree: Tree) -> int:
    """Where a sentence tells at its end whom all of it is from; its own end where it does not.

    Of "Lee told friends that she would leave, according to a memo" Lee's words end there.
    """
    size = len(tree.words)
    for number in range(size - 3, 1, -1):
        if tree.words[number].low == "according":
            mark = number - 1
            mark -= tree.words[mark].text in QUOTES
            last = next(k for k in range(size - 1, 0, -1) if not tree.words[k].is_mark)
            ends = tree.words[mark].text == "," and edges(tree, number)[1] > last
            return number if ends else size
    return size


def own_view(tree: Tree, noun: int) -> Frame | None:
    """What is so in somebody's words or view: "has, in Ann Lee's phrase, more dogs than doors"."""
    owner = tree.child(noun, "poss")
    first = noun if owner is None else phrase(tree, owner)[0]
    if owner is None or not first or tree.words[first - 1].low != "in":
        return None
    if not may_speak(tree, owner, surely=False):
        return None
    apart, after = first == 1 or tree.words[first - 2].text == ",", noun + 1
    if not apart or (after < len(tree.words) and tree.words[after].text not in (",", ".")):
        return None
    marks = (k for k in range(after + 1, len(tree.words)) if tree.words[k].low in (",", DASH))
    end = len(tree.words) if first == 1 else next(marks, len(tree.words))
    content = trimmed(tree, after, end) or trimmed(tree, clause_start(tree, first - 1), first - 1)
    return Frame((first - 1, noun + 1), owner, (content,), "according") if content else None


def _past_time(tree: Tree, start: int) -> int:
    """Behind when somebody said it: "according to the guard on Thursday, …"."""
    end = start
    if end + 1 < len(tree.words) and tree.words[end].low in ("on", "in", "at"):
        end += tree.kinds[end + 1] == "time"
    end = run_end(tree.kinds, end, ("time",))
    return end if end < len(tree.words) and tree.words[end].text == "," else start


def _named_end(tree: Tree, end: int) -> int:
    """Where a name ends behind what its owner is: "the group Mosul Eye, …", "the mayor, Lee."."""
    first, apart = end, tree.words[end : end + 1] and tree.words[end].text == ","
    end += bool(apart and tree.kinds[end + 1 : end + 2] == ["person"])
    while end < len(tree.words) and tree.words[end].is_name and not tree.words[end].is_quotation:
        end += 1
    closed = end < len(tree.words) and tree.words[end].text in (",", ".")
    return end if closed else first


def manner(tree: Tree, verb: int) -> Frame | None:
    """What is told by how somebody put it: "“No,” was how Lee saw it", "as Lee put it, “no”"."""
    near = range(verb - 1, max(-1, verb - _REACH), -1)
    tie = next((k for k in near if tree.words[k].low in ("how", "as")), None)
    if tie is None or not 0 < verb < len(tree.words) - 1:
        return None
    before = tree.words[tie - 1].low if tie else ""
    how = tree.words[tie].low == "how" and before in COPULAS
    as_put = tree.words[tie].low == "as" and tree.words[verb].low in _PUTTING
    as_put = as_put and tree.words[verb + 1].low == "it"
    subject = subject_of(tree, verb)
    if subject is None or not (how or as_put):
        return None
    quoted = _quoted_at(tree, verb + 2) if as_put else _quoted_at(tree, verb + 1)
    if quoted is None and how and tie > 1 and tree.words[tie - 2].is_quotation:
        quoted = (tie - 2, tie - 1)
    return None if quoted is None else Frame((verb, verb + 1), subject, (quoted,), "quotation")


def _quoted_at(tree: Tree, start: int) -> Range | None:
    """The words in quotation marks behind a comma or a colon."""
    marks = (k for k in range(start, len(tree.words)) if tree.words[k].text in (",", ":"))
    return _quoted_from(tree, next(marks, len(tree.words)) + 1, start + _NEAR + 1)


def _quoted_from(tree: Tree, first: int, end: int) -> Range | None:
    """The words in quotation marks that a word opens, before an end."""
    if first >= min(end, len(tree.words)):
        return None
    if tree.words[first].is_quotation:
        return first, first + 1
    if tree.words[first].text not in QUOTES:
        return None
    ends = (k for k in range(first + 2, len(tree.words)) if tree.words[k].text in QUOTES)
    last = next(ends, None)
    return None if last is None else (first, last + 1)


def per(tree: Tree, number: int) -> Frame | None:
    """What is so by somebody's words: "per coach Ann Lee", "…, per the club"; not "per day"."""
    opens = number == 0 or tree.words[number - 1].text == ","
    noun = None if not opens else tree.child(number, "pobj")
    if noun is None:
        return None
    kind, low = tree.kinds[noun], tree.words[noun].low
    named = any(tree.kinds[c] == "person" for c in tree.children[noun])
    speaks = kind in ("person", "body") or named or is_role(low) or is_words(tree, noun)
    speaks = speaks or (low in BODIES | BODY_NOUNS and phrase(tree, noun)[0] < noun)
    return according(tree, number, number) if speaks else None


def noun_frame(tree: Tree, noun: int) -> Frame | None:
    """A noun of speech with its owner and a clause: "his claim that"."""
    owner = author_of(tree, noun)
    clause = next(
        (
            c
            for c in tree.children[noun]
            if c > noun
            and tree.roles[c] in ("acl", "ccomp", "relcl")
            and mark_of(tree, c) == "that"
        ),
        None,
    )
    if owner is None or clause is None:
        return None
    content = trimmed(tree, *edges(tree, clause))
    return Frame((noun, noun + 1), owner, (content,), "noun") if content else None


def trimmed(tree: Tree, start: int, end: int) -> Range | None:
    """The range without marks and conjunctions at its edges, or None if nothing is left."""
    words = tree.words
    while start < end and (words[start].low in _EDGES or words[start].low in ("but", "and")):
        start += 1
    while start < end and (words[end - 1].low in _EDGES or words[end - 1].low == "as"):
        end -= 1
    return (start, end) if start < end else None
