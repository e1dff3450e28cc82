"""Tells a name that somebody is called by from a word that only stands in one.

"gas" is nobody's name, though there is a Gas Buddy. Knows nothing of questions beyond the phrase.
"""

from collections.abc import Sequence

from bot.query.people.directory import Directory
from bot.query.typed.spelling import english_words
from index.attribution.people.identities import Identity
from index.language.folding import BODY_WORDS, fold
from index.language.names import BODY_NOUNS, FIRST_NAMES, is_role
from index.language.words import AUXILIARIES, FUNCTION_WORDS

# Of the articles that have the words of a name one in so many has those who are called so: where
# English has the words anyway, and where they are strange.
_OF_WORDS, _OF_NAMES = 3, 10
_WHOLLY = 0.75  # Match.score: a first name, or the kind of a body
# In nobody's own name; "will" is a first name, too.
TYING = FUNCTION_WORDS - AUXILIARIES


def is_called(phrase: str, directory: Directory) -> bool:
    """Whether somebody may be called so, by a name, as a body or by an office.

    Not by a part of a name that is no person's, where its words are in far more articles.
    """
    matches = directory.match(phrase)
    words = [word for word in fold(phrase) if word != "the"]
    if not matches or not words:
        return False
    is_office = is_role(words[-1]) or words[-1] in BODY_WORDS | BODY_NOUNS
    by_role = directory.match(phrase, near=False) and not directory.named(phrase)
    people = [match.identity for match in matches]
    if is_office or by_role or any(_bears(words, who, directory) for who in people):
        return True
    told = frozenset[str]().union(*(who.articles for who in people))
    share = _OF_WORDS if english_words().issuperset(words) else _OF_NAMES
    return len(told) * share >= len(directory.mentions(phrase))


def is_named(phrase: str, directory: Directory) -> bool:
    """Whether a phrase alone names somebody: by a name of theirs, or as an office or a group.

    "Women", "in" and "the law" do not, though they stand in somebody's role or name.
    """
    words = fold(phrase)
    if FUNCTION_WORDS.issuperset(words):
        return False
    head = fold(phrase.partition(" of ")[0])[-1:]
    is_body = words[0] == "the" and not (BODY_WORDS | BODY_NOUNS).isdisjoint(head)
    is_sure = any(match.score >= _WHOLLY for match in directory.named(phrase))
    return is_sure or is_body or any(map(is_role, head)) or bool(directory.group(phrase))


def _bears(words: Sequence[str], who: Identity, directory: Directory) -> bool:
    """Whether words are a person's, all of a name that an article has, or initials in it."""
    capitals = who.name.replace("’", "'").replace("'", " ").split()
    is_initials = list(words) == [who.acronym] or " ".join(words).upper() in capitals
    spelt = (fold(each) for each in directory.spellings(who))
    return is_initials or is_person(who) or any(each == list(words) for each in spelt)


def is_person(who: Identity) -> bool:
    """Whether a name begins with a first name, and is none of a body: "ZOE Covid", "Lee of Gas"."""
    is_named = who.words[0] in FIRST_NAMES and TYING.isdisjoint(who.words)
    is_short = who.name.split()[0].isupper() and not who.name.isupper()
    return is_named and not is_short and not who.is_body
