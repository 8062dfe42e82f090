"""The scales of answers as people and links name them."""

from retention_core.analyses.satisfaction.answer_scales import Scale, scales
from retention_core.answers.kept import kept_here
from retention_core.tables import SCALES
from retention_core.words.say import say
from retention_core.workspace import Workspace


def scale_words(scale: Scale) -> str:
    """Return a scale as people read it: `CSAT, 1 to 5`."""
    ends = say(SCALES[scale.top])
    return say("{word}, {ends}", word=scale.word, ends=ends) if scale.word else ends


def scales_by_id(workspace: Workspace) -> dict[str, Scale]:
    """Return the scales of the workspace by the ids that links carry, such as `CSAT-5`, the most frequent first."""
    known = kept_here(workspace, "scales", lambda: scales(workspace.engine))
    return {f"{scale.word}-{scale.top}" if scale.word else str(scale.top): scale for scale in known}


def read_scale(known: dict[str, Scale], text: str) -> str:
    """Return the id of a scale from a link; raises ValueError where it names none.

    Older links name a scale by its words in English, and the oldest by its word alone: the most frequent one of that
    word is meant.
    """
    if text in known:
        return text
    for name, scale in known.items():
        ends = SCALES[scale.top]
        if text in (f"{scale.word}, {ends}" if scale.word else ends, scale.word):
            return name
    raise ValueError(text)
