"""Tells what the words beside a name say of it: that it is a person's, a place's, another's.

Words are given by their numbers in the tree. Knows nothing of the other names of an article.
"""

from collections.abc import Iterator, Sequence, Set
from itertools import pairwise

from index.attribution.grammar.clauses import SUBJECTS
from index.attribution.grammar.phrases import Range, phrase, run_end
from index.attribution.people.naming import FoundName, plain_word
from index.language.names import (
    BESIDES,
    BODY_NOUNS,
    FIRST_NAMES,
    GENDER_OF_PRONOUN,
    GENDERED,
    TRADES,
    Gender,
    is_role,
)
from index.language.syntax import Tree
from index.language.verbs import SAYING
from index.language.words import is_years_old

_LONG_ACRONYM = 3
_OF = frozenset("of at from".split())
_LISTING = frozenset((",", "-", "–", "/", "&"))
_OWNERS = frozenset("his her their".split())
_WHERE = frozenset("in near outside across around throughout".split())


def is_told_as_human(tree: Tree, name: Range, told: Set[str], ages: Set[int]) -> bool:
    """Whether something is told of the named that is told of persons: an age, kin, "who"."""
    years = name[0] > 0 and is_years_old(tree.words[name[0] - 1].low)
    if (years and not is_modifier(tree, name)) or not told.isdisjoint(GENDERED):
        return True
    after = [word.low for word in tree.words[name[1] : name[1] + 2]]
    articled = name[0] > 0 and tree.words[name[0] - 1].low == "the"
    # "Ann Lee of the Survey, who", "Ann Lee of Velm College, who"
    owned = name[0] > 1 and tree.words[name[0] - 1].low in _OF and tree.words[name[0] - 2].is_name
    who = after[:1] == [","] and _opens_who(tree, name[1] + 1) and not (articled or owned)
    itself = after[:1] in (["himself"], ["herself"])  # "Ann herself was glad"
    return who or itself or bool(ages and not years)


def _opens_who(tree: Tree, word: int) -> bool:
    """Whether "who" opens what is told, be it behind a noun: "who", "the kiln operator who"."""
    end = run_end(tree.tags, word, ("DT", "JJ", "NN", "HYPH"))
    told = end == word or tree.tags[end - 1] == "NN"  # no "those who"
    return told and end < len(tree.words) and tree.words[end].low == "who"


def is_head_of(tree: Tree, name: Range) -> bool:
    """Whether a name is who leads something: "The head of the agency, Lee, said"."""
    first = name[0] - 1
    tied = first > 2 and tree.words[first].text == "," and tree.roles[name[1] - 1] == "appos"
    closed = name[1] < len(tree.words) and tree.words[name[1]].text == ","
    if not tied or not closed or tree.kinds[name[1] - 1] == "body":
        return False
    noun = tree.heads[name[1] - 1]
    office = tree.heads[tree.heads[noun]]
    led = tree.roles[noun] == "pobj" and tree.words[tree.heads[noun]].low == "of"
    low = tree.words[office].low
    return led and is_role(low) and low not in BESIDES | TRADES | BODY_NOUNS


def is_bodily_told(tree: Tree, after: Tree | None, name: Range) -> bool:
    """Whether something is told of the named that is told of bodies only: "its", "the firm".

    `after` is the next sentence. Of "Lee and the council said its" that is not known.
    """
    words, first, end = tree.words, *name
    low = words[first - 1].low if first else ""
    which = [word.low for word in words[end : end + 2]] == [",", "which"]
    if which or (low in BODY_NOUNS and tree.tags[first - 1] == "NN"):
        return True
    if tree.roles[end - 1] in SUBJECTS:
        # No other noun stands between that "its" could mean.
        nouns = (k for k in range(end, len(words)) if tree.tags[k].startswith("NN"))
        near = next((k for k in nouns if tree.kinds[k] != "time"), len(words))
        if any(word.low == "its" for word in words[end:near]):
            return True
    if any(kind not in ("", "time") for k, kind in enumerate(tree.kinds) if k not in range(*name)):
        return False  # others are named
    nouns_before = any(tag.startswith("NN") for tag in tree.tags[:first])
    it_said = any(one.low == "it" and two.low in SAYING for one, two in pairwise(words[end:]))
    opening = [] if after is None else [word.low for word in after.words[:2]]
    called = opening[:1] == ["its"] or (opening[:1] == ["the"] and opening[-1] in BODY_NOUNS)
    return called or (it_said and not nouns_before)


def is_modifier(tree: Tree, name: Range) -> bool:
    """Whether a name only says of which kind a thing behind it is: "the Harry Potter series"."""
    last = name[1] - 1
    noun = tree.heads[last]
    common = tree.tags[noun].startswith("NN") and tree.words[noun].text.islower()
    common = common and tree.roles[noun] != "ROOT"  # "Ann Lee stars as"
    return common and noun > last and tree.roles[last] in ("compound", "nmod")


def is_told_as_kin(tree: Tree, name: Range) -> bool:
    """Whether a name is said to be of somebody's kin: "His daughter, Ann Lee", "her son Bo Lee"."""
    last = name[1] - 1
    nouns = [c for c in tree.children[last] if c < name[0] and tree.roles[c] == "compound"]
    nouns += [tree.heads[last]] if tree.roles[last] == "appos" else []
    owned = any(tree.tags[c] == "PRP$" for c in tree.children[last])
    return any(
        tree.words[k].low in GENDERED
        and (owned or any(tree.tags[c] == "PRP$" for c in tree.children[k]))
        for k in nouns
    )


def is_tag(tree: Tree, name: Range) -> bool:
    """Whether a name stands with a party or a ward in brackets: "Ann Lee (Lib Dem, Mill Row)"."""
    first, last = name[0] - 1, name[1]
    while first > 0 and (tree.words[first].is_name or tree.words[first].text in _LISTING):
        first -= 1
    while last < len(tree.words) and (
        tree.words[last].is_name or tree.words[last].text in _LISTING
    ):
        last += 1
    if first < 1 or last >= len(tree.words):
        return False
    closed = tree.words[first].text == "(" and tree.words[last].text == ")"
    behind = closed and tree.words[first - 1].is_name
    initials = last - first == 2 and tree.words[name[0]].text.isupper()  # "Ann Lee (AL)"
    return behind and not initials and tree.words[name[0]].low not in FIRST_NAMES


def owner_told(tree: Tree, name: Range) -> Gender:
    """Whether who acts is a man or a woman by what they own: "Lee spoke before her arrest"."""
    verb = tree.heads[name[1] - 1]
    if tree.roles[name[1] - 1] not in SUBJECTS or verb < name[1]:
        return ""
    met = set[Gender]()
    for k in range(name[1], len(tree.words)):
        word = tree.words[k]
        if word.is_quotation or (word.is_name and tree.kinds[k] != "time"):
            break
        gender, owns = GENDER_OF_PRONOUN.get(word.low, ""), word.low in _OWNERS
        if gender and not owns:
            met.add(gender)
        elif gender and tree.tags[k] == "PRP$":
            return gender if met <= {gender} else ""  # "Lee said he saw her car"
    return ""


def tells_of_another(tree: Tree, name: Range) -> bool:
    """Whether a name only says who another is: "the daughter of Bo Lee", "Bo Lee's lawyer"."""
    last = name[1] - 1
    noun = tree.heads[last]
    if tree.roles[last] == "pobj":
        noun = tree.heads[noun]
    elif tree.roles[last] != "poss":
        return False
    return noun not in range(*name) and is_role(tree.words[noun].low)


def is_articled(tree: Tree, part: Range) -> bool | None:
    """Whether "the" stands right before a name; None where that is another noun's."""
    before = tree.words[part[0] - 1].low if part[0] else ""
    if before != "the":
        return False
    ends = part[1] >= len(tree.words) or not tree.tags[part[1]].startswith(
        ("NN", "JJ", "POS", "HYPH")
    )
    return True if ends and tree.heads[part[0] - 1] < part[1] else None


def is_where(tree: Tree, part: Range) -> bool:
    """Whether a name says where something is: "in Velsund", and not "in Lee's house"."""
    before = tree.words[part[0] - 1].low if part[0] else ""
    owns = part[1] < len(tree.words) and tree.words[part[1]].low in ("'s", "'")
    return before in _WHERE and not owns


def text_of(tree: Tree, part: Range) -> str:
    """The words of a range as they stand in the article, line breaks as spaces."""
    kept: list[str] = []
    for number in range(*part):
        word = tree.words[number]
        gap = number > part[0] and word.start > tree.words[number - 1].end
        kept.append((" " if gap else "") + word.text)
    return "".join(kept)


def places_of(tree: Tree, name: Range) -> set[str]:
    """The names that "of" ties to a name, and whose somebody is: "Utopia's Ann Lee"."""
    end, first = name[1], name[0]
    if first > 1 and tree.words[first - 1].low in ("'s", "'") and tree.words[first - 2].is_name:
        return {plain_word(tree.words[first - 2].text)}
    if end + 1 >= len(tree.words) or tree.words[end].low != "of":
        return set()
    first, last = phrase(tree, tree.child(end, "pobj") or end + 1)
    return {plain_word(word.text) for word in tree.words[first:last] if word.is_name}


def abbreviates(item: FoundName, before: FoundName, tree: Tree) -> bool:
    """Whether a name in brackets is short for the one before: "the Hurricane Center (NHC)"."""
    if item.sentence != before.sentence or len(item.words) > 1 or len(before.words) < 2:
        return False
    if item.part[0] != before.part[1] + 1 or tree.words[item.part[0] - 1].text != "(":
        return False
    short = item.words[0]
    if short.isupper() and short[0] == before.words[0][0]:
        return True
    # "the Philippine Institute of Volcanology (Phivolcs)", "the Met Agency (MetAg)"
    letters = iter(plain_word("".join(before.words)))
    found = len(short) > 2 and all(letter in letters for letter in plain_word(short))
    return found and before.kind != "person"


def acronyms(words: Sequence[str]) -> Iterator[str]:
    """What a name may be shortened to, folded: "cps"; of long ones also without the last word."""
    initials = "".join(plain_word(word[0]) for word in words if word[0].isupper())
    if len(initials) > 1:
        yield initials
    if len(initials) > _LONG_ACRONYM:
        yield initials[:-1]
