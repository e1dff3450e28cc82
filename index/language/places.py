"""Countries and a few other places: the words for each, under the one they are compared by."""

from index.language.tables import read_list, read_table

# "french" and "france" -> "france": for "the French president" beside "president of France".
DEMONYMS = {word: place for place, words in read_table("places.tsv") for word in words.split()}
# Countries and states: never a person, and no subject when they follow a town.
PLACES = read_list("states.txt") | frozenset(DEMONYMS.values()) - {"un"}
