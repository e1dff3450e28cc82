"""Tells a denial: that somebody denies a thing is their word, though the thing is nobody's."""

from index.language.verbs import CUES
from index.schema import Statement


def is_denial(text: str, statement: Statement) -> bool:
    """Whether a statement of an article with this text has what a verb of denying reports.

    Unlike "Lee did not say that".
    """
    cue = CUES.get(statement.cue.of(text).lower()) if statement.cue else None
    return statement.modality == "denied" and cue is not None and cue.verb.denies
