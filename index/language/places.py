"""Countries and a few other places: the words for each, under the one they are compared by."""

from index.language.word_lists import read_table

# "french" and "france" -> "france": for "the French president" beside "president of France".
DEMONYMS = {word: place for place, words in read_table("places.tsv") for word in words.split()}
_STATES = [
    (state, short.split(), other.split()) for state, short, other in read_table("states.tsv")
]
# "ky" and "kentucky" -> "kentucky".
STATE_NAMES = {form: state for state, short, other in _STATES for form in (state, *short, *other)}
# Countries and states: never a person, and no subject when they follow a town.
PLACES = frozenset(
    word for state, short, _ in _STATES for word in (state, *short) if " " not in word
) | frozenset(DEMONYMS.values()) - {"un"}
# One of a people: "the Briton", and not "the British", who are many.
_MANY = ("ish", "ch", "ese", "dom")
_PEOPLES = {person: place for person, place in read_table("peoples.tsv") if place}
PEOPLES = _PEOPLES.keys() | frozenset(
    word
    for word, place in DEMONYMS.items()
    if word != place and word.isalpha() and len(word) > 3 and not word.endswith(_MANY)
)
_SEATS = [(place, seats.split()) for place, seats in read_table("seats.tsv")]
# "tehran" -> {"iran"}: the places that are governed from there.
SEATS = {
    seat: frozenset(place for place, others in _SEATS if seat in others)
    for _, seats in _SEATS
    for seat in seats
}


def places_of(word: str) -> frozenset[str]:
    """The places that a word, in lower case, is of or stands for: "Iranian", "Tehran": Iran."""
    place = DEMONYMS.get(_PEOPLES.get(word, word))
    return SEATS.get(word, frozenset()) | ({place} if place else frozenset())
