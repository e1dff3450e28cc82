"""Falsifies a true sentence by rule, with one slight change each; the hardest keep all its words.

Changes who did what to whom, order, cause, modality, negation, or the speaker. Knows nothing of
drafts by people, nor of how faults are found.
"""

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.training.parsed import Parsed
from bot.training.rewriting import (
    Inflections,
    Piece,
    Pieces,
    exchanged,
    lowered,
    new,
    pieces_of,
    replaced,
    spaced,
    stop,
)

Fault = tuple[str, Pieces]

# Say the same with subject and object exchanged, or nothing.
_MUTUAL = frozenset("meet marry join fight face match equal discuss include have be become".split())
_HEDGES = frozenset(
    """reportedly allegedly alleged suspected apparently possibly probably likely perhaps
    potentially supposedly reported believed""".split()
)
_INTENDED = frozenset(
    """plan expect intend hope try attempt seek want threaten offer promise propose agree vow pledge
    aim prepare ask urge order tell set schedule""".split()
)
_UNDONE = frozenset("refuse fail decline".split())
_DOUBTING = frozenset(
    """claim allege fear hope believe suspect deny expect predict think suggest speculate warn
    propose worry argue doubt""".split()
)
_DOUBTS = frozenset(
    """concern fear claim report warning suggestion allegation rumor hope belief accusation doubt
    possibility risk idea speculation threat expectation prediction suspicion""".split()
)
_MODALS = {
    "will": "may could", "would": "may could", "may": "will must", "might": "will",
    "could": "will must", "can": "must will", "must": "may could", "should": "will must",
}  # fmt: skip
_UNREAL = (
    "may have {VBN}", "plans to {VB}", "was expected to {VB}", "tried to {VB}", "offered to {VB}",
    "threatened to {VB}", "is accused of having {VBN}", "will {VB}", "could {VB}",
)  # fmt: skip
_OPPOSITES = """accept:reject support:oppose agree:disagree approve:reject confirm:deny admit:deny
allow:ban rise:fall increase:decrease grow:shrink raise:lower win:lose gain:lose succeed:fail
begin:end start:stop join:leave convict:acquit survive:die praise:criticize welcome:condemn
include:exclude reveal:hide encourage:discourage improve:worsen expand:reduce strengthen:weaken
hire:fire lift:impose release:detain keep:drop continue:stop open:close buy:sell send:receive
arrive:leave love:hate attack:defend build:destroy protect:endanger remember:forget follow:precede
more:less most:least higher:lower highest:lowest larger:smaller largest:smallest better:worse
best:worst first:last early:late earlier:later new:old good:bad high:low large:small many:few
strong:weak long:short able:unable likely:unlikely possible:impossible safe:dangerous legal:illegal
public:secret northern:southern eastern:western north:south east:west male:female young:old
former:current domestic:foreign positive:negative rich:poor clear:unclear common:rare always:never
inside:outside above:below over:under up:down victory:defeat supporter:opponent ally:enemy
majority:minority beginning:end husband:wife brother:sister father:mother son:daughter"""
_DEGREES = {
    "some": "all most", "many": "all few", "most": "all few", "several": "all many", "few": "many",
    "half": "all", "part": "all", "nearly": "more_than", "almost": "more_than",
    "often": "always", "usually": "always", "sometimes": "always", "partly": "entirely",
    "mainly": "only", "mostly": "only",
}  # fmt: skip
_LINKS = {
    "after": "before", "before": "after", "because": "although before", "although": "because",
    "while": "because after", "when": "because before", "since": "before", "if": "because since",
    "until": "after", "as": "because",
}  # fmt: skip
_DIRECTIONS = {
    "to": "from", "from": "to", "against": "for", "before": "after", "after": "before",
    "following": "before", "despite": "because_of", "during": "before after", "with": "without",
    "without": "with", "under": "over", "over": "under", "since": "until", "for": "against",
}  # fmt: skip
_STANCES = {
    "say": "deny joke promise complain hope", "tell": "ask", "warn": "promise joke deny",
    "deny": "say admit", "praise": "criticize", "criticize": "praise", "welcome": "condemn regret",
    "condemn": "welcome praise", "urge": "forbid", "promise": "refuse threaten",
    "announce": "deny suggest", "confirm": "deny doubt", "claim": "deny prove",
    "believe": "doubt prove", "accuse": "acquit praise", "ask": "order promise",
    "suggest": "prove deny", "reiterate": "retract", "express": "deny", "thank": "blame",
    "argue": "prove deny", "admit": "deny", "reject": "accept", "accept": "reject",
}  # fmt: skip
_BETWEEN = frozenset(
    """to from for on over against after before than of into behind through under about""".split()
)
_MEASURES = frozenset("DATE TIME MONEY PERCENT CARDINAL QUANTITY".split())
_FIGURE = re.compile(r"\d[\d,]*")
_LONGEST_PHRASE = 6  # words between the verb of an intention and what is intended
_SHORTEST_CLAUSE = 4


@dataclass(frozen=True, slots=True)
class Around:
    """What else an article has: names by kind, figures, and phrases that tell of circumstances."""

    names: Mapping[str, Sequence[str]]
    figures: Sequence[str]
    phrases: Sequence[Sequence[str]]


def _choices(table: Mapping[str, str]) -> dict[str, list[str]]:
    return {key: [v.replace("_", " ") for v in words.split()] for key, words in table.items()}


def _both_ways() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for pair in _OPPOSITES.split():
        one, other = pair.split(":")
        found[one].append(other)
        found[other].append(one)
    return found


_WORDS_FOR = {
    name: _choices(table)
    for name, table in (
        ("modal", _MODALS), ("degree", _DEGREES), ("link", _LINKS), ("direction", _DIRECTIONS),
        ("stance", _STANCES),
    )
} | {"opposite": _both_ways()}  # fmt: skip


class Falsifier:
    """Makes false sentences of a true one."""

    def __init__(self, forms: Inflections, chance: random.Random) -> None:
        self._forms, self._chance = forms, chance

    def all(self, s: Parsed, places: Sequence[int], around: Around) -> Iterator[Fault]:
        """Every fault that the rules know in the words at `places`, none of them in quotations."""
        for n in places:
            if n in s.quoted:
                continue
            for rule in (
                self._exchanges, self._moods, self._denials, self._words, self._clauses,
                self._doubts,
            ):  # fmt: skip
                yield from ((kind, pieces) for kind, pieces in rule(s, places, n) if pieces)
            yield from self._names(s, places, n, around)
            yield from self._figures(s, places, n, around)
        yield from self._additions(s, places, around)

    def _pick(self, table: str, word: str) -> str | None:
        found = _WORDS_FOR[table].get(word)
        return self._chance.choice(found) if found else None

    def _exchanges(self, s: Parsed, places: Sequence[int], n: int) -> Iterator[Fault]:
        """Who did it, and to whom."""
        word = s.words[n]
        subjects = [c for c in s.children(n, "nsubj", "nsubjpass") if c in places]
        if not subjects or s.words[subjects[0]].tag in ("WDT", "WP", "EX", "DT"):
            return
        subject = subjects[0]
        others = [c for c in s.children(n, "dobj") if word.lemma not in _MUTUAL]
        holders = [n, *s.children(n, "attr", "dobj", "acomp")]
        others += [
            far
            for holder in holders
            for link in (s.children(holder, "prep", "agent"))
            if s.words[link].low in _BETWEEN or s.words[link].role == "agent"
            for far in s.children(link, "pobj")
            if s.words[far].name not in _MEASURES
        ]
        for other in others:
            plain = s.words[other].tag.startswith("NN") and other in places
            alike = (s.words[subject].tag[-1] == "S") == (s.words[other].tag[-1] == "S")
            if plain and (alike or word.tag in ("VBD", "VBN", "VB", "VBG")):
                yield "relation", exchanged(s, places, s.phrase(subject), s.phrase(other))

    def _moods(self, s: Parsed, places: Sequence[int], n: int) -> Iterator[Fault]:
        """What was meant to be and is said to have been, and the other way round."""
        word = s.words[n]
        if word.tag == "MD" and (other := self._pick("modal", word.low)):
            yield "mood", replaced(s, places, n, other)
        if word.low in _HEDGES and word.role in ("advmod", "amod"):
            yield "mood", [Piece(s.words[k].text, s.words[k].space, k == word.head, k)
                           for k in places if k != n]  # fmt: skip
        for aim in s.children(n, "xcomp"):
            yield from self._done(s, places, n, aim)
        if word.tag == "VBD" and word.role in ("ROOT", "ccomp", "conj") and word.lemma != "be":
            forms = {tag: self._forms.form(word.lemma, tag) for tag in ("VB", "VBN")}
            has_more = s.children(n, "aux", "auxpass", "neg") or word.lemma in _DOUBTING
            if not has_more:
                unreal = self._chance.choice(_UNREAL).format_map(forms)
                yield "mood", replaced(s, places, n, unreal)

    def _done(self, s: Parsed, places: Sequence[int], n: int, aim: int) -> Iterator[Fault]:
        """What was planned, as done: "planned to leave" as "left"."""
        word = s.words[n]
        helpers = [c for c in s.children(n, "aux", "auxpass") if c in places]
        between = range(min([*helpers, n]), aim + 1)
        marks = [c for c in s.children(aim, "aux") if s.words[c].low == "to"]
        is_plain = marks and aim in places and not s.children(n, "neg", "dobj")
        if word.lemma in _INTENDED | _UNDONE and is_plain and len(between) <= _LONGEST_PHRASE:
            done = Piece(self._forms.form(s.words[aim].lemma, "VBD"), s.words[aim].space, True, aim)
            kept = [k for k in places if k not in between or k == aim]
            kind = "negation" if word.lemma in _UNDONE else "mood"
            yield kind, [done if k == aim else pieces_of(s, [k])[0] for k in kept]

    def _denials(self, s: Parsed, places: Sequence[int], n: int) -> Iterator[Fault]:
        """A "not" more or less."""
        word = s.words[n]
        if not word.tag.startswith("V"):
            return
        helpers = [c for c in s.children(n, "aux", "auxpass") if s.words[c].tag != "TO"]
        for denied in s.children(n, "neg"):
            do = [c for c in helpers if s.words[c].lemma == "do"]
            verb = self._forms.form(word.lemma, s.words[do[0]].tag) if do else word.text
            gone = {denied, *do}
            whole = {"ca": "can", "wo": "will"}
            yield "negation", [
                Piece(verb, word.space, True, n) if k == n
                else Piece(whole.get(s.words[k].text, s.words[k].text), " ", place=k)
                for k in places if k not in gone
            ]  # fmt: skip
            return
        if helpers or word.lemma == "be":
            after = helpers[0] if helpers else n
            yield "negation", [
                piece
                for k in places
                for piece in (*spaced(pieces_of(s, [k]), " " if k == after else s.words[k].space),
                              *(new("not") if k == after else ()))
            ]  # fmt: skip
        elif word.role in ("ROOT", "ccomp", "conj", "relcl", "advcl") and word.lemma != "have":
            helper = {"VBD": "did", "VBZ": "does", "VBP": "do"}.get(word.tag)
            if helper:
                yield "negation", replaced(s, places, n, f"{helper} not {word.lemma}")

    def _words(self, s: Parsed, places: Sequence[int], n: int) -> Iterator[Fault]:
        """An opposite, another degree, another link or direction, another verb of saying."""
        word = s.words[n]
        is_verb = word.tag.startswith("V") and word.role != "aux"
        opposite = self._pick("opposite", word.lemma if is_verb else word.low)
        if opposite:
            form = self._forms.form(opposite, word.tag) if is_verb else opposite
            yield "relation" if word.tag == "IN" else "negation", replaced(s, places, n, form)
        if is_verb and (stance := self._pick("stance", word.lemma)):
            form = self._forms.form(stance, word.tag)
            yield "mood", replaced(s, places, n, form)
        if word.role != "prep" and (degree := self._pick("degree", word.low)):
            yield "stretch", replaced(s, places, n, degree)
        if word.role == "mark" and (link := self._pick("link", word.low)):
            yield "relation", replaced(s, places, n, link)
        if word.role in ("prep", "dative") and (way := self._pick("direction", word.low)):
            yield "relation", replaced(s, places, n, way)

    def _clauses(self, s: Parsed, places: Sequence[int], n: int) -> Iterator[Fault]:
        """An "if" become a fact; what was first, told last."""
        phrase = [k for k in s.phrase(n) if k in places]
        links = [c for c in s.children(n, "mark", "advmod") if c in phrase]
        if s.words[n].role != "advcl" or not phrase or not links or s.root not in places:
            return
        link, has_subject = links[0], bool(s.children(n, "nsubj", "nsubjpass"))
        bare = pieces_of(s, [k for k in phrase if k != link], changed=True)
        if s.words[link].low in ("if", "unless", "until"):
            yield "mood", pieces_of(s, [k for k in places if k not in phrase], changed=True)
            if has_subject:
                yield "mood", stop(bare)
        elif s.words[link].low in ("after", "before", "because") and phrase[0] == link > s.root:
            main = pieces_of(s, [k for k in places if k < link], changed=True)
            if has_subject and main:
                yield "relation", stop([*spaced(bare), *new(s.words[link].low), *lowered(s, main)])

    def _doubts(self, s: Parsed, places: Sequence[int], n: int) -> Iterator[Fault]:
        """What somebody claims or fears, as a fact, or as another's words."""
        head = s.words[s.words[n].head]
        is_clause = bool(s.children(n, "nsubj", "nsubjpass")) and not s.children(n, "neg")
        is_feared = s.words[n].role in ("acl", "ccomp") and head.lemma in _DOUBTS
        is_claimed = s.words[n].role == "ccomp" and head.lemma in _DOUBTING
        marks = s.children(n, "mark")
        said = [k for k in s.phrase(n) if k in places and k not in marks]
        if not is_clause or len(said) < _SHORTEST_CLAUSE or not (is_feared or is_claimed):
            return
        fact = pieces_of(s, said, changed=True)
        yield "mood", stop(fact)
        speakers = s.children(s.root, "nsubj")
        whole = s.phrase(speakers[0]) if speakers else ()
        if is_feared and whole and not set(whole) & set(said):
            cue = self._chance.choice(("said", "argued", "warned"))
            yield "speaker", stop([*spaced(pieces_of(s, whole)), *new(cue, "that"), *fact])

    def _names(self, s: Parsed, places: Sequence[int], n: int, around: Around) -> Iterator[Fault]:
        """Another name of the same kind, from the sentence or from the article."""
        name = s.name_at(n)
        if not name or not set(name) <= set(places):
            return
        own = {s.words[k].text for k in name}
        kind = s.words[n].name
        for k in places:
            other = s.name_at(k) if k > name[-1] + 1 and s.words[k].name == kind else ()
            texts = {s.words[m].text for m in other}
            if other and not own & texts and s.words[other[-1]].role not in ("conj", "appos"):
                yield "name", exchanged(s, places, name, other)
                break
        others = [
            o for o in around.names.get(kind, ()) if not set(o.split()) & {w.text for w in s.words}
        ]
        if others:
            text = self._chance.choice(others)
            kept = [k for k in places if k == n or k not in name]
            space = s.words[name[-1]].space
            yield (
                "speaker" if kind == "PERSON" else "name",
                [Piece(text, space, True, n) if k == n else pieces_of(s, [k])[0] for k in kept],
            )

    def _figures(self, s: Parsed, places: Sequence[int], n: int, around: Around) -> Iterator[Fault]:
        """Another figure, from the sentence or from the article."""
        word = s.words[n]
        if word.tag != "CD" or not _FIGURE.fullmatch(word.text):
            return
        kind = "date" if word.name == "DATE" else "number"
        for k in places:
            other = s.words[k]
            is_figure = other.tag == "CD" and _FIGURE.fullmatch(other.text)
            if k > n and is_figure and other.name == word.name and other.text != word.text:
                yield kind, exchanged(s, places, (n,), (k,))
                break
        like = [f for f in around.figures if f != word.text and len(f) == len(word.text)]
        if like:
            yield kind, replaced(s, places, n, self._chance.choice(like))

    def _additions(self, s: Parsed, places: Sequence[int], around: Around) -> Iterator[Fault]:
        """A circumstance that the article has elsewhere."""
        if around.phrases:
            phrase = self._chance.choice(list(around.phrases))
            if not {w.lower() for w in phrase} & {s.words[k].low for k in places if k}:
                yield "invention", stop([*spaced(pieces_of(s, places[:-1])), *new(*phrase)])
