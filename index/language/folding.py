"""How names and roles are compared: folded to plain words, and joined across spellings.

Knows nothing of articles or of who has which role.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Set

from index.language.names import PARTICLES, is_role
from index.language.places import DEMONYMS, STATE_NAMES
from index.language.words import PRONOUNS

_WORD = re.compile(r"\w+(?:[.&]\w+)*", re.UNICODE)
# Letters that Unicode does not take apart into a base letter and an accent.
UNDECOMPOSED = str.maketrans("łøđðıßæœŁØ", "loddisaoLO")
STOP = frozenset(
    """the a an of in for at on and to from by with former ex then new its his her their s who is
    was has been one united""".split()
)
# One idea, several words: compared by their first form.
_SYNONYMS = {
    word: words.split()[0]
    for words in (
        "spokesperson spokesman spokeswoman spokespeople spokesmen",
        "head headteacher headmaster headmistress chief boss chair chairman chairwoman chairperson "
        "director leader ceo",
        "partner fiancee fiance girlfriend boyfriend wife husband widow widower",
        "mp lawmaker legislator parliamentarian deputy congressman congresswoman representative",
        "secretary minister",
        "police policeman policewoman constable",
        "professor academic scholar researcher scientist",
        "attorney lawyer counsel barrister prosecutor",
        "monarch king queen",
        "mom mother mum",
        "dad father",
        "defence defense",
        "democrat democratic",
    )
    for word in words.split()
}
# Offices and ranks as they are shortened before a name: "Gov. Lee" is the governor.
RANKS = {
    "gen": "general", "lt": "lieutenant", "col": "colonel", "capt": "captain", "maj": "major",
    "sgt": "sergeant", "cpl": "corporal", "cmdr": "commander", "cdr": "commander", "adm": "admiral",
    "sen": "senator", "rep": "representative", "gov": "governor", "prof": "professor",
    "supt": "superintendent", "insp": "inspector", "det": "detective", "cllr": "councillor",
    "amb": "ambassador",
}  # fmt: skip
_LONG_FORMS = RANKS | {
    "pm": "prime minister", "fm": "foreign minister", "vp": "vice president", "gop": "republican",
    "potus": "us president", "flotus": "us first lady", "scotus": "us supreme court",
}  # fmt: skip
BODY_WORDS = frozenset(
    """agency army association authority bank board bureau bishops cathedral centre center church
    club coalition college command commission committee company conference congress consulate
    corporation council court cross department embassy federation force forces foundation
    government group hospital house inc institute institution international league ministry museum
    navy network office organisation organization palace parliament party police school secretariat
    senate service society station taliban tribunal union university""".split()
)
# Every place has such: "Police" of one article are not the British Transport Police of another.
_EVERYWHERE = BODY_WORDS - frozenset("congress taliban".split())
# Behind the name of an American politician: "R-Ohio", "D-W.Va.".
PARTY_TAG = re.compile(r"([DRI])-([A-Z][\w.]*)")
_PARTY_LETTERS = {"D": "democrat", "R": "republican", "I": "independent"}
# Offices of two words, in the forms that they are compared in, are one: a vice president is no
# president, nor an attorney general a secretary general.
_OFFICES = {
    ("prime", "secretary"): "premier",
    ("vice", "president"): "vice-president",
    ("lieutenant", "governor"): "lieutenant-governor",
    ("head", "executive"): "head",
    ("secretary", "general"): "secretary-general",
    ("general", "secretary"): "secretary-general",
    ("attorney", "general"): "attorney-general",
    ("head", "general"): "director-general",
    ("governor", "general"): "governor-general",
    ("inspector", "general"): "inspector-general",
    ("surgeon", "general"): "surgeon-general",
    ("solicitor", "general"): "solicitor-general",
    ("first", "secretary"): "first-minister",
    ("first", "lady"): "first-lady",
}


def fold(text: str) -> list[str]:
    """The words of a phrase as they are compared: no case, accents, possessives or stops."""
    flat = text.replace("’", "'").lower()
    if not flat.isascii():
        flat = unicodedata.normalize("NFKD", flat.translate(UNDECOMPOSED))
        # Once for each character that there is: a text has many, of few kinds.
        flat = flat.translate(
            {ord(char): None for char in set(flat) if unicodedata.combining(char)}
        )
    flat = re.sub(r"(?<=\w)'s?\b(?!\w)", "", flat).replace("'", "")
    return [word.replace(".", "") for word in _WORD.findall(flat)]


def key_of(text: str) -> str:
    """What is the same of a text however it is marked up, spaced and cased."""
    return "".join(filter(str.isalnum, text.casefold()))


def role_words(text: str) -> list[str]:
    """The words of a role as they are compared: places and synonyms under one form, no stops.

    An office of two words ("prime minister") is one.
    """
    words = [w for word in fold(_spelt_out(text)) for w in _LONG_FORMS.get(word, word).split()]
    words = [DEMONYMS.get(word, word) for word in words if word not in STOP]
    return _joined([_SYNONYMS.get(word, word) for word in words])


def special_words() -> frozenset[str]:
    """The folded words that `role_words` leaves out, joins, or compares under another form."""
    parts = (part for pair in _OFFICES for part in pair)
    return frozenset((*STOP, *_LONG_FORMS, *DEMONYMS, *_SYNONYMS, *parts))


def joined_forms(words: Set[str]) -> frozenset[str]:
    """These words as roles are compared, and the offices that each may be a part of."""
    found: set[str] = set(words)
    while more := {o for parts, o in _OFFICES.items() if not found.isdisjoint(parts)} - found:
        found |= more
    return frozenset(found)


def head_of_role(text: str) -> str | None:
    """What somebody of that role is, as it is asked for: the last word; None where none is left."""
    return next(reversed(fold(_spelt_out(text))), None)


def _spelt_out(role: str) -> str:
    """Give "ohio republican" for "R-Ohio", and any other role as it is."""
    tag = PARTY_TAG.fullmatch(role)
    if not tag:
        return role
    place = tag[2].replace(".", "").lower()
    return f"{STATE_NAMES.get(place, place)} {_PARTY_LETTERS[tag[1]]}"


def _joined(words: list[str]) -> list[str]:
    joined: list[str] = []
    for word in words:
        office = _OFFICES.get((joined[-1], word)) if joined else None
        joined[-1:] = [office] if office else [*joined[-1:], word]
    return joined


# Written with a capital wherever they stand: members of parties and teams.
_PARTIES = frozenset("democrat republican socialist communist loyalist ranger".split())
# Words inside a proper name that need no capital.
_UNCAPPED = PARTICLES | frozenset("of and the for in on at e".split())


def is_description(name: str) -> bool:
    """Whether a name is none: "the governor of Louisiana", "officials", "the warning".

    "Officials", "Police" and "They" are none either: a sentence begins with them.
    """
    words = name.split()
    if len(words) == 1:
        low = name.lower()
        many = low.removesuffix("s")
        if (
            low in PRONOUNS
            or low in _EVERYWHERE
            or (many != low and is_role(many) and many not in _PARTIES)
        ):
            return True
    return any(w[0].islower() and w.split("-")[0] not in _UNCAPPED for w in words)


def join_names(
    names: Iterable[tuple[str, ...]], apart: Container[tuple[str, ...]] = frozenset()
) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Which full name each name is joined to; those that are kept `apart` are to none.

    "John R. Bolton" and "John Bolton" share first and last word; "Wanda Vázquez" begins "Wanda
    Vázquez Garced"; a lone last name joins the only person (or the one most often named) with it,
    else somebody who has it inside their name ("Rosselló", Ricardo Rosselló Nevares).
    """
    counts = Counter(names)
    full = sorted((n for n in counts if len(n) > 1), key=lambda n: (-len(n), n))
    joined: dict[tuple[str, ...], tuple[str, ...]] = {}
    by_ends: dict[tuple[str, str], tuple[str, ...]] = {}
    prefixes: dict[tuple[str, ...], tuple[str, ...]] = {}
    by_last: dict[str, Counter[tuple[str, ...]]] = defaultdict(Counter)
    by_inner: dict[str, Counter[tuple[str, ...]]] = defaultdict(Counter)
    for name in full:
        if name in apart:
            joined[name] = name
            continue
        key = prefixes.get(name) or by_ends.get((name[0], name[-1])) or name
        joined[name] = key
        by_ends.setdefault((name[0], name[-1]), key)
        for length in range(2, len(name)):
            prefixes.setdefault(name[:length], key)
        by_last[name[-1]][key] += counts[name]
        for inner in name[1:-1]:
            by_inner[inner][key] += counts[name]
    for name in counts:
        if len(name) == 1:
            holders = by_last.get(name[0]) or by_inner.get(name[0])
            joined[name] = holders.most_common(1)[0][0] if holders else name
    return joined
