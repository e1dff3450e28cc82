"""Finds the frames of reporting in a sentence: cue, subject, and the words that are reported.

A quotation belongs to the clause that it stands in, whatever its verb; words without quotation
marks are reported only by the verbs and nouns of saying. One sentence's tree at a time. Knows
nothing of people's names.
"""

from collections.abc import Iterator, Sequence

from index.attribution.grammar.clauses import (
    BEHIND_VERBS,
    SUBJECTS,
    has_tense,
    is_finite,
    is_passive,
    is_source,
    is_verb,
    mark_of,
    resumed_from,
    resumptions,
    saying,
)
from index.attribution.grammar.modality import is_led_up_to, own_modality, told_modality
from index.attribution.grammar.nesting import Frame, resolve_nesting
from index.attribution.grammar.nominal import (
    OWN_VIEWS,
    VIEWS,
    according,
    label,
    manner,
    name_before,
    noun_frame,
    own_view,
    per,
    sourced,
    trimmed,
)
from index.attribution.grammar.particle_verbs import put_so
from index.attribution.grammar.phrases import Range, edges, phrase, run_start
from index.attribution.grammar.quotation_governor import governor, within
from index.attribution.grammar.report_continuation import (
    around_report,
    before_subject,
    closing,
    is_held,
    parenthesis,
)
from index.attribution.grammar.scare_quotes import with_marked
from index.attribution.grammar.subjects import subject_of
from index.attribution.grammar.titles import is_mentioned
from index.attribution.grammar.voices import (
    QUOTING,
    author_of,
    cried_from,
    is_nobodys,
    is_shown,
    is_unsigned,
    is_words,
    issuer,
    may_speak,
    reads,
    said_by_text,
    speakers,
)
from index.attribution.grammar.word_order import (
    bare_clause,
    clause_end,
    clause_start,
    inserted,
    is_deed,
    last_mark,
    main_clause,
    marked_clause,
    next_saying,
    object_end,
    past_particle,
    phrase_after,
    quoted_words,
)
from index.language.syntax import Tree
from index.language.verbs import CLAIMS, Verb, is_one_of
from index.language.words import DASH, QUOTES

# May follow a verb and say of whom or what it speaks: "accused Lee of", "spoke about".
_TIES = frozenset("about on of as for against to".split())
_ADJUNCTS = ("npadvmod", "advmod", "prt", "punct", "dative", "agent", "aux", "neg", "mark", "intj")
_WHEN = frozenset("as when while after before".split())
_MARKS = "\"'“”‘’»"


def find_frames(tree: Tree) -> list[Frame]:
    """All frames of a sentence in the order of their cues."""
    found = list(_Sentence(tree).frames())
    return list(resolve_nesting(tree, with_marked(tree, found)))


class _Sentence:
    """A sentence while its frames are being found."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.quotations: dict[int, list[int]] = {}
        for number, word in enumerate(tree.words):
            if word.is_quotation and (verb := governor(tree, number)) is not None:
                self.quotations.setdefault(verb, []).append(number)

    def frames(self) -> Iterator[Frame]:
        """In the order of their cues, whatever stands inside another's words."""
        tree = self.tree
        for number, word in enumerate(tree.words):
            frame = None
            if word.low == "according":
                frame = according(tree, number, number + 1)
            elif word.low in VIEWS and [w.low for w in tree.words[:number][-2:]] == ["in", "the"]:
                frame = according(tree, number - 2, number + 1)  # "in the words of"
            elif word.low in OWN_VIEWS and (view := own_view(tree, number)) is not None:
                frame = view
            elif word.low == "per":
                frame = per(tree, number)
            elif is_verb(tree, number) and not is_mentioned(tree, number):
                frame = manner(tree, number) or put_so(tree, number) or self._verb_frame(number)
            elif is_one_of(word.low, CLAIMS):
                frame = noun_frame(tree, number)
            elif word.is_quotation:
                frame = label(tree, number)
            if frame is not None:
                yield frame

    # Verbs

    def _verb_frame(self, verb: int) -> Frame | None:
        tree = self.tree
        known = None if is_deed(tree, verb) else said_by_text(tree, verb)
        quoted = self.quotations.get(verb, [])
        if known is None:
            # Beside its clause, and not inside it: "Lee was clear: “…”"
            quoted = [q for q in quoted if not q or tree.words[q - 1].low in (",", ":", DASH)]
            if not quoted:
                return None
        elif known.lemma in QUOTING and within(tree, verb) != verb:
            return None
        return self._inserted(verb, known) or self._governing(verb, known, quoted)

    def _governing(self, verb: int, known: Verb | None, quoted: Sequence[int]) -> Frame | None:
        """The frame of a verb that governs what it reports."""
        tree = self.tree
        grammatical = self._subject(verb, quoted)
        if grammatical is None:
            return None
        subject, relayer = self._speakers(verb, grammatical)
        if (source := cried_from(tree, verb)) is not None:
            subject = source
        if subject is not None:
            subject = issuer(tree, subject)
        around = () if quoted else self._around_report(verb, known, grammatical)
        content, evidence = around, "left"
        if not around:
            content, evidence = self._content(verb, known, quoted, grammatical)
        if known is not None and known.strength == "weak" and evidence in ("object", "infinitive"):
            return None
        if subject is None and not (quoted and content):
            return None
        if not quoted and self._is_nobodys(verb, grammatical, content, evidence):
            return None
        surely = known is not None and evidence != "object"
        if subject is not None and not may_speak(tree, subject, surely=surely):
            led = known is None and tree.words[quoted[0] - 1].text == ":" if quoted else False
            if evidence != "quotation" or led:
                return None
            subject = subject if tree.words[subject].low == "it" else None
        bare = bool(quoted) or not content
        unsigned = bare and subject is not None and is_unsigned(tree, verb, subject)
        shown = evidence if content and not is_led_up_to(tree, content[0][0]) else "none"
        modality = told_modality(tree, verb, known, shown, quoted=bool(quoted))
        cue = (verb, verb + 1)
        return Frame(cue, subject, content, evidence, modality, relayer, unsigned=unsigned)

    def _is_nobodys(self, verb: int, subject: int, content: Sequence[Range], evidence: str) -> bool:
        """Whether what stands with a verb are nobody's words: "Lee, 18, had been told by Orr"."""
        spoken_of = evidence == "left" and is_passive(self.tree, verb) and not self._tells(content)
        spoken_of = spoken_of or is_shown(self.tree, verb, subject)
        about = evidence in ("object", "left", "infinitive")
        return spoken_of or (about and is_nobodys(self.tree, verb, subject))

    def _speakers(self, verb: int, grammatical: int) -> tuple[int | None, int | None]:
        """Who speaks in what belongs to a verb with a subject, and who only passes it on."""
        tree = self.tree
        subject, relayer = speakers(tree, verb)
        if subject_of(tree, verb) == grammatical:
            return subject, relayer
        author = author_of(tree, grammatical) if is_words(tree, grammatical) else None
        unread = is_words(tree, grammatical) and not reads(tree, verb)
        return (author if author is not None or unread else grammatical), relayer

    def _inserted(self, verb: int, known: Verb | None) -> Frame | None:
        """The frame of a clause between a subject and its verb: "Lee, said Orr, had lied"."""
        found = inserted(self.tree, verb) if known is not None and known.takes_clause else None
        if found is None:
            return None
        (first, last), subject = found
        begin, end = clause_start(self.tree, first), clause_end(self.tree, len(self.tree.words))
        pieces = [trimmed(self.tree, begin, first), trimmed(self.tree, last, end)]
        content = tuple(piece for piece in pieces if piece is not None)
        own = own_modality(self.tree, verb, first)
        return Frame((verb, verb + 1), subject, content, "inserted", own)

    def _subject(self, verb: int, quoted: Sequence[int]) -> int | None:
        """The subject in the grammar; behind its verb it is easily taken for an object."""
        tree = self.tree
        subject = subject_of(tree, verb)
        if subject is not None and not tree.words[subject].is_quotation:
            return subject
        if verb and (verb - 1 in quoted or (verb > 1 and verb - 2 in quoted)):
            after = [c for c in tree.children[verb] if c > verb and tree.roles[c] in BEHIND_VERBS]
            return after[0] if after else phrase_after(tree, past_particle(tree, verb) - 1)
        if verb and any(q < verb for q in quoted) and not tree.words[verb - 1].is_mark:
            return None
        if any(q < verb for q in quoted):
            return phrase_after(tree, max(q for q in quoted if q < verb))
        return None

    def _content(
        self, verb: int, known: Verb | None, quoted: Sequence[int], subject: int
    ) -> tuple[tuple[Range, ...], str]:
        """The words reported, and what shows that they are."""
        tree = self.tree
        group = self._group(verb, subject)
        quotes = [q for q in quoted if q < group[0]]
        right, evidence = self._right(verb, known, group, quoted)
        right = None if quotes and self._trails(right) else right
        loose = self._is_loose(right)
        left: Range | None = None
        if right is None or (loose and evidence != "quotation"):
            left = self._left(verb, group, quotes) or self._around(verb, group)
            if left is not None and not quotes and left[0] <= subject < left[1]:
                left = None  # "His neighbour, Bo Orr, agreed."
            if loose and left is None and known is not None and known.takes_clause:
                left = parenthesis(tree, verb, group)[0]
        elif quotes:
            left = self._left(verb, group, quotes)
            right = right if evidence == "quotation" else None
        if left is None and right is None and known is not None and known.strength != "weak":
            begin = bare_clause(tree, group[1], known) if subject < verb else None
            if begin is not None and (known.says or is_held(tree, verb, begin)):
                right, evidence = (begin, self._marked_end(verb, begin)), "clause"
            elif known.takes_clause and known.says:
                left, right = parenthesis(tree, verb, group)
        if right is None and not quotes:
            left, right = self._beside(verb, known, group, left, quoted=bool(quoted))
        left = left if quotes else before_subject(self.tree, left, subject)
        if left is not None:
            evidence = "quotation" if quoted else "left"
        pieces = [trimmed(self.tree, *piece) for piece in (left, right) if piece is not None]
        return tuple(piece for piece in pieces if piece is not None), evidence

    def _beside(
        self, verb: int, known: Verb | None, group: Range, left: Range | None, *, quoted: bool
    ) -> tuple[Range | None, Range | None]:
        """What is reported before a clause at a sentence's end, or goes on behind one inside it."""
        if left is None:
            ends = known is not None and known.ends_sentence
            return (closing(self.tree, verb, group) if ends else None), None
        goes_on = not quoted and known is not None and known.takes_clause
        return left, (parenthesis(self.tree, verb, group)[1] if goes_on else None)

    def _is_loose(self, part: Range | None) -> bool:
        """Whether a comma or a dash parts words from the verb before them."""
        near = () if part is None else (part[0] - 1, part[0])
        return any(self.tree.words[k].low in (",", DASH) for k in near)

    def _trails(self, part: Range | None) -> bool:
        """Whether words behind a comma only tell how it was said: "“No,” Lee said, still wet"."""
        begin = 0 if part is None else part[0] + (self.tree.words[part[0]].text == ",")
        when = self.tree.words[begin].low in _WHEN  # "“No,” said Lee, as she left"
        return self._is_loose(part) and (when or not self._tells(() if part is None else (part,)))

    def _tells(self, parts: Sequence[Range]) -> bool:
        words = ((k, self.tree.words[k]) for part in parts for k in range(*part))
        return any(is_finite(self.tree, k) or w.is_quotation or w.text in QUOTES for k, w in words)

    def _around_report(self, verb: int, known: Verb | None, subject: int) -> tuple[Range, ...]:
        """What goes on behind a report in its midst: "It leaks, she said, and all is wet"."""
        said = known is not None and known.says and known.takes_clause
        if not said:
            return ()
        first, last = phrase(self.tree, subject)
        group = (first, verb + 1) if subject < verb else (verb, last)
        pieces = around_report(self.tree, group) or ()
        found = (trimmed(self.tree, *piece) for piece in pieces)
        return tuple(piece for piece in found if piece)

    def _group(self, verb: int, subject: int) -> Range:
        """The words of the clause that reports, beside what it reports."""
        tree = self.tree
        first, last = verb, verb + 1
        for child in tree.children[verb]:
            role = tree.roles[child]
            if tree.words[child].is_quotation:
                continue
            beside = role in SUBJECTS and phrase(tree, child)[1] == phrase(tree, subject)[0]
            own = child == subject or (beside and child < subject < verb)
            if role == "neg" and child > verb + 1:
                continue
            if own or role in ("aux", "auxpass", "neg", "prt", "agent"):
                # A comma before the name is none of the clause's.
                begin, end = phrase(tree, child)[0], edges(tree, child)[1]
                first, last = min(first, begin), max(last, end)
        return first, last

    def _left(self, verb: int, group: Range, quotes: Sequence[int]) -> Range | None:
        """What stands before a verb that reports it: "The plan is dead, Ann Lee said"."""
        tree = self.tree
        if quotes:
            # Of "“Sorry?” “You heard,” Lee said" the first is another's.
            parted = (q for q in reversed(quotes) if q - 1 in quotes)
            first, last = next(parted, quotes[0]), quotes[-1] + 1
            if first and not tree.words[first - 1].is_mark:
                first = clause_start(tree, first)
            goes_on = last < group[0] and not tree.words[last].is_mark
            goes_on = goes_on and last_mark(tree.words[last - 1]) not in (",", "?", "!", DASH)
            return first, group[0] if goes_on else last
        before = tree.words[group[0] - 1] if group[0] else None
        if before is None or not (before.low in (",", DASH) or before.text in _MARKS):
            return None
        begins: list[int] = []
        for child in tree.children[verb]:
            begin, _ = edges(tree, child)
            own = tree.roles[child] in ("ccomp", *SUBJECTS)
            if own and begin < group[0] and not group[0] <= child < group[1]:
                begins.append(begin)
        return (min(begins), group[0]) if begins else None

    def _right(
        self, verb: int, known: Verb | None, group: Range, quoted: Sequence[int]
    ) -> tuple[Range | None, str]:
        """What stands behind a verb that reports it, past whom and when it was said."""
        tree = self.tree
        if known is not None and (marked := marked_clause(tree, verb, known)) is not None:
            return (marked, self._marked_end(verb, marked)), "clause"
        later = [c for c in tree.children[verb] if edges(tree, c)[1] > group[1]]
        clause = any(tree.roles[c] == "ccomp" for c in later)
        quote = next((q for q in quoted if q >= group[1]), None)
        reported = clause or quote is not None
        for child in later:
            start = quote if child == quote else max(edges(tree, child)[0], group[1])
            evidence = self._opening(child, known, reported=reported, quote=quote)
            if evidence:
                start = self._with_subject(start, group[1])
                end = self._right_end(verb, start)
                if evidence in ("object", "infinitive"):
                    end = min(end, resumed_from(tree, verb, start))
                end = min(end, object_end(tree, start, end)) if evidence == "object" else end
                return (start, end), evidence
        if quote is not None:
            return (quote, self._right_end(verb, quote)), "quotation"
        if known is not None and known.takes_clause and known.says:
            piece = quoted_words(tree, group[1])
            return piece, "quotation" if piece is not None else "none"
        return None, "none"

    def _with_subject(self, start: int, after: int) -> int:
        """Where a clause begins whose subject is tied past its verb: "he was “a fool”"."""
        tree, last = self.tree, start - 1
        parted = is_finite(tree, start) and tree.roles[last] in SUBJECTS
        parted = parted and last >= after and tree.heads[last] > start
        if not parted:
            return start
        return run_start(tree.tags, phrase(tree, last)[0], ("RB",), after)  # "not everyone is"

    def _marked_end(self, verb: int, start: int) -> int:
        """Where a clause ends that opens with "that", tied to its verb by the tree or not."""
        tree = self.tree
        inner = tree.heads[start]
        if inner <= start or not is_verb(tree, inner):
            inner = next((k for k in range(start, len(tree.words)) if is_verb(tree, k)), start)
        end = max(self._right_end(verb, start), self._right_end(inner, start))
        end = min(end, main_clause(tree, verb, start))
        return min(end, resumed_from(tree, verb, start))

    def _opening(self, child: int, known: Verb | None, *, reported: bool, quote: int | None) -> str:
        """What shows it if this word's phrase begins what is reported; empty if it does not."""
        tree = self.tree
        role, tells = tree.roles[child], known is not None and known.takes_person
        if child == quote:
            return "quotation"
        if tree.tags[child] == "VBG" and not has_tense(tree, child) and role == "ccomp":
            return ""
        if role == "ccomp" or (role == "advcl" and mark_of(tree, child) == "that"):
            weak = known if known is not None and known.strength == "weak" else None
            when = tree.words[edges(tree, child)[0]].low in _WHEN  # "wept as it was read"
            silent = weak is not None and (when or not weak.takes_clause)
            return "" if silent and quote is None else "clause"  # "it means that"
        if known is None or role in _ADJUNCTS:
            return ""
        if role == "xcomp":
            return "infinitive"
        if role == "dobj":
            if reported:
                colon = quote is not None and tree.words[quote - 1].text == ":"
                return "" if tells or colon or not known.takes_clause else "clause"
            return "object" if known.takes_object else ""
        if role in ("nsubj", "expl") and reported:
            return "clause"
        if role == "prep" and not reported and self._is_about(child):
            topic = tree.words[child].low in ("about", "of") and known.asked
            return "object" if known.takes_object or topic else ""
        return "object" if role in ("oprd", "acomp") and known.takes_object else ""

    def _is_about(self, tie: int) -> bool:
        """Whether a preposition tells of whom or what somebody speaks: not "warned on Monday".

        Nor to whom: "apologised to passengers".
        """
        about, low = self.tree.child(tie, "pobj"), self.tree.words[tie].low
        when = about is not None and self.tree.kinds[about] == "time"
        whom = about is not None and low == "to" and is_source(self.tree, about)
        return low in _TIES and not when and not whom

    def _around(self, verb: int, group: Range) -> Range | None:
        """The clause that a parenthesis stands in: ", as Lee put it,", "he said"."""
        tree = self.tree
        head, mark = tree.heads[verb], tree.child(verb, "mark")
        start = group[0] if mark is None else min(group[0], mark)
        start = 0 if start == 1 and tree.words[0].is_mark else start
        inserted = tree.roles[verb] == "parataxis" or mark_of(tree, verb) == "as"
        if inserted and not start and mark is not None:
            # "As Lee once put it, …"
            commas = (k for k in range(group[1], len(tree.words)) if tree.words[k].text == ",")
            comma = next(commas, None)
            return None if comma is None else (comma + 1, len(tree.words))
        if inserted and head != verb and start and tree.words[start - 1].low in (",", DASH):
            begin, _ = edges(tree, head)
            return (begin, start) if begin < start else None
        return None

    def _right_end(self, verb: int, start: int) -> int:
        """Where the clause ends that a verb governs, without clauses that are joined to it."""
        tree = self.tree
        end = edges(tree, verb)[1]
        for child in tree.children[verb]:
            first = edges(tree, child)[0]
            if child <= verb or first <= start:
                continue
            loose = tree.words[first - 1].text == ","
            joined = tree.roles[child] in ("conj", "cc") and not self._is_shared(verb, start, child)
            joined = joined and (loose or "CC" in (tree.tags[first], tree.tags[first - 1]))
            participle = tree.roles[child] == "advcl" and loose and tree.tags[child] == "VBG"
            if joined or participle:
                end = min(end, first)
                break
        end = clause_end(tree, max(end, start + 1))
        for resumed, subject in resumptions(tree).items():
            if subject < verb and start < resumed < end:
                first, _ = self._group(resumed, subject)
                end = min(end, max(first, subject + 1))
        source = sourced(tree)
        end = min(end, main_clause(tree, verb, start), self._labelled(start))
        end = min(end, source) if start < source else end
        return self._with_that(next_saying(tree, start, end, tree.tags[verb]))

    def _with_that(self, end: int) -> int:
        """Past a clause that "that" ties to what is reported: "said it was, but that she hoped"."""
        tree = self.tree
        tie = end + (end < len(tree.words) and tree.words[end].text == ",")
        tied = tie + 2 < len(tree.words) and tree.words[tie].low in ("and", "but")
        tied = tied and tree.words[tie + 1].low == "that" and tree.tags[tie + 1] == "IN"
        return clause_end(tree, len(tree.words)) if tied else end

    def _labelled(self, start: int) -> int:
        """Where another's words begin behind a dash and a name: "predicts it – from Lee: “No.”"."""
        tree = self.tree
        for number in range(start + 1, len(tree.words)):
            if tree.words[number].is_quotation and name_before(tree, number) is not None:
                dashes = (k for k in range(number, start, -1) if tree.words[k].low in ("-", DASH))
                return next(dashes, number)
        return len(tree.words)

    def _is_shared(self, verb: int, start: int, child: int) -> bool:
        """Whether what is joined to a verb is reported too: "said she was ill and slept"."""
        tree = self.tree
        if tree.roles[child] == "cc":
            child = next((c for c in tree.children[verb] if c > child and is_verb(tree, c)), child)
        tie = next((k for k in range(child - 1, start, -1) if tree.tags[k] == "CC"), start)
        if tie + 1 < len(tree.words) and tree.words[tie + 1].low == "that":
            return True
        told = any(is_finite(tree, k) for k in range(start, child))
        if saying(tree, child) is not None or not told or not has_tense(tree, child):
            return False
        return tree.child(child, *SUBJECTS) is None or tree.words[tie - 1].text != ","
