"""Names without the office, place or body that an article puts before them.

"Prime Minister of Canada Justin Trudeau" is Justin Trudeau, and "a tweet by Senator Ann Lee" hers;
"supporters of Ann Lee" are not her. Knows nothing of questions.
"""

from collections.abc import Container, Sequence

from index.language.folding import fold, is_description
from index.language.names import BODIES, FIRST_NAMES, is_role
from index.language.places import DEMONYMS, PLACES

Names = Container[tuple[str, ...]]

_LENGTHS = (2, 3)  # words of a whole name
_WHERE = frozenset(word for place in (*PLACES, *DEMONYMS) for word in fold(place))
# What stands behind one of these owns somebody or something else.
_OWNS = frozenset("of for to with against about on in at from and".split())


def undressed(name: str, full: Names, bodies: Names) -> str:
    """The last words of a name that are one by themselves, where what is before them is none.

    `full` has the persons who are named so and no more, `bodies` the institutions, both folded.

    >>> undressed("First Minister of Scotland Nicola Sturgeon", (), ())
    'Nicola Sturgeon'
    >>> undressed("Spokesman for President Ann Lee", {("ann", "lee")}, ())
    'Spokesman for President Ann Lee'
    """
    words = name.split()
    for length in _LENGTHS:
        before, tail = words[:-length], words[-length:]
        if before and all(word[0].isupper() for word in tail):
            known = tuple(fold(" ".join(tail))) in full
            is_name = known or not FIRST_NAMES.isdisjoint(fold(tail[0])[:1])
            if is_name and _is_dress(before, bodies, is_known=known):
                return " ".join(tail)
    return name


def is_plain(name: str) -> bool:
    """Whether a person's name is that and no more."""
    words = fold(name)
    return len(words) in _LENGTHS and not is_description(name) and not any(map(tells, words))


def parts_of(name: str) -> set[tuple[str, ...]]:
    """The parts of a name, folded, that tell what of it is bare: its ends, and what is before."""
    words = name.split()
    splits = ((words[:-length], words[-length:]) for length in _LENGTHS)
    return {
        tuple(fold(" ".join(part)))
        for before, tail in splits
        if before and all(word[0].isupper() for word in tail)
        for part in (before, tail)
    }


def tells(word: str) -> bool:
    """Whether a folded word tells who somebody is rather than being their name."""
    return is_role(word) or word in _WHERE or word in BODIES


def _is_dress(before: Sequence[str], bodies: Names, *, is_known: bool) -> bool:
    """Whether words before a name say who it is: an office, a body, a place, a "post by" them.

    Where the name is `is_known`, any two words of which the last is no first name.
    """
    words = fold(" ".join(before))
    if not words or words[-1] in FIRST_NAMES:
        return False  # "Ann Mary Lee"
    lower = [n for n, word in enumerate(before) if word[0].islower()]
    last, run = (before[lower[-1]], before[lower[-1] + 1 :]) if lower else ("", before)
    if last == "by":
        return True
    is_two = "and" in words and not FIRST_NAMES.isdisjoint(words)
    is_article = before[0].lower() in ("a", "an", "the") or before[0][0].islower()
    # "supporters of Ann Lee", "for President Ann Lee"; but "Minister of Utopia Ann Lee"
    owned = last in _OWNS and (
        not run or (last != "and" and any(map(is_role, fold(" ".join(run)))))
    )
    if is_two or is_article or owned or _is_plural_role(words[0]):
        return False
    told = any(map(tells, words)) or len(words) > 1 if is_known else any(map(is_role, words))
    return told or tuple(words) in bodies


def _is_plural_role(word: str) -> bool:
    return word.endswith("s") and is_role(word[:-1]) and not is_role(word)
