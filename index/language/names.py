"""What is known of people's names before an article is read: first names, titles, roles, bodies.

From the tables in `index/language/data`; what is not listed there is decided by the article itself.
"""

from functools import lru_cache
from typing import Literal

from index.language.word_lists import read_list, read_table, word_set

Gender = Literal["m", "f", ""]
_GENDERS: dict[str, Gender] = {"m": "m", "f": "f", "-": ""}
GENDER_OF_PRONOUN: dict[str, Gender] = {"he": "m", "his": "m", "him": "m", "she": "f", "her": "f"}

_FIRST: dict[str, Gender] = {n: _GENDERS[gender] for n, gender in read_table("first_names.tsv")}
FIRST_NAMES = frozenset(_FIRST)
MEN = frozenset(name for name, gender in _FIRST.items() if gender == "m")
WOMEN = frozenset(name for name, gender in _FIRST.items() if gender == "f")

_ADDRESSES = read_table("titles.tsv")
# Tied to the end of a name: "Nishimura-san".
ADDRESS_SUFFIXES = frozenset(title for title, _, use in _ADDRESSES if use == "suffix")
_TITLES = [row for row in _ADDRESSES if row[2] != "suffix"]
HONORIFICS: dict[str, Gender] = {title: _GENDERS[gender] for title, gender, _ in _TITLES}
# Stay with a single name: "Pope Francis", "Queen Elizabeth".
REGNAL = frozenset(title for title, _, use in _TITLES if use == "regnal")
# Go with a first name: "Sir Alan" is Alan Prescott.
KNIGHTLY = frozenset(title for title, _, use in _TITLES if use == "knightly")

# May have their place in their name, which is left out later: "Baroness Lee of Ely", "Lady Lee".
PEERAGE = frozenset("lord lady baron baroness viscount earl".split())

_ROLES = read_table("roles.tsv")
ROLES = frozenset(role for role, _, _ in _ROLES)
# Words in a role that tell the gender of who holds it.
GENDERED: dict[str, Gender] = {r: _GENDERS[gender] for r, gender, _ in _ROLES if gender != "-"}
# Offices that a place may follow before the name: "Mayor of Lyon Ann Lee".
OFFICES = frozenset(role for role, _, use in _ROLES if "office" in use.split(","))
# What papers call somebody whom they have named, without having told it: "the midfielder".
TRADES = frozenset(role for role, _, use in _ROLES if "trade" in use.split(","))
# What somebody may be besides any trade: "winner", "widow", "neighbour".
BESIDES = frozenset(role for role, _, use in _ROLES if "besides" in use.split(","))
# Who is at the top of a body, be it called so or so: "the head of the union", its secretary.
LEADERS = frozenset(role for role, _, use in _ROLES if "leads" in use.split(","))
# What people of several trades are called in general, with these: "the writer" is a novelist.
FIELDS: dict[str, frozenset[str]] = {}
for _general, _special in read_table("fields.tsv"):
    for _word in _general.split():
        FIELDS[_word] = FIELDS.get(_word, frozenset()) | frozenset(_special.split())
# What several are together, with how many that is (0: any number) and the gender of each.
GROUPS: dict[str, tuple[int, Gender]] = {
    group: (int(number), _GENDERS[gender]) for group, number, gender in read_table("groups.tsv")
}
# What may stand before a name without being part of it.
TITLES = ROLES | HONORIFICS.keys() | {"former", "ex"}

BODIES = read_list("bodies.txt")
# What a body may be called: "the firm", "Telia, an operator".
BODY_NOUNS = read_list("body_nouns.txt")
# What a body may be called by the noun of its name; no other noun of a kind is meant by it.
BODY_KINDS: dict[str, frozenset[str]] = {}
for _nouns, *_called in read_table("body_kinds.tsv"):
    for _word in _nouns.split():
        BODY_KINDS[_word] = frozenset((_word, *" ".join(_called).split()))
ANY_BODY = BODY_KINDS.pop("any")
# What papers are called, each country's own: "The Times".
PAPERS = frozenset(word for word, called in BODY_KINDS.items() if "broadsheet" in called)
# A name that begins with one of these is a storm's or a ship's, ends with one a prize's.
BEFORE_THINGS, THINGS = (
    frozenset(thing for thing, place in read_table("things.tsv") if place in (where, "both"))
    for where in ("first", "last")
)
# What companies put behind their names, written so.
COMPANY_FORMS = frozenset(
    "A/S AB AG ApS AS ASA BV GmbH I/S Inc K/S KK LLC LLP Ltd NV Oy Oyj PLC SA SARL SE SpA "
    "plc".split()
)
PARTICLES = read_list("particles.txt")

# End like a role and are none: "human", "stranger".
NO_ROLES = word_set("no_roles")
# Long enough to be told at the end of a compound: "churchwarden", "songwriter".
_LONG_ROLES = tuple(sorted(role for role in ROLES if len(role) > 5))


@lru_cache(maxsize=100_000)
def is_role(word: str) -> bool:
    """Whether the word, in lower case, is what a person may be: "minister", "geologist"."""
    if word in ROLES or word.endswith(("ographer", "itician")):
        return True
    if word.endswith(_LONG_ROLES) and word not in NO_ROLES:
        return True
    if "-" in word:
        return word.rsplit("-", 1)[1] in ROLES or word.replace("-", "") in ROLES
    return word.endswith("ist") and len(word) > 5 and word not in NO_ROLES
