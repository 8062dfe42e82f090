"""The scales on which answers are given: never mixed, and never told from what a filter leaves."""

from dataclasses import dataclass

import pandas as pd

from retention_core.analyses.steps import kept_rows, statement
from retention_core.engines.engine import Engine
from retention_core.tables import SCALES

# Lowest score that counts as satisfied: highest score of the scale -> threshold.
SATISFIED_FROM = {5: 4, 7: 6, 10: 9, 100: 80}


@dataclass(frozen=True)
class Scale:
    """One scale. word: what the answers are marked with, empty where with nothing. top: its highest score.

    holds_untold: whether answers of that word belong to it for which no scale was decided when they were loaded.
    """

    word: str = ""
    top: int = 5
    holds_untold: bool = False

    @property
    def label(self) -> str:
        """The scale in words: `CSAT, 1 to 5`."""
        return f"{self.word}, {SCALES[self.top]}" if self.word else SCALES[self.top]

    @property
    def satisfied_from(self) -> int:
        """The lowest score that counts as satisfied."""
        return SATISFIED_FROM[self.top]

    @property
    def values(self) -> dict[str, object]:
        """What the step `answers_on_scale` binds."""
        return {
            "scale_word": self.word,
            "scale_top": self.top,
            "untold_top": self.top if self.holds_untold else 0,
        }


def scales(engine: Engine) -> list[Scale]:
    """Return the scales of all answers of the workspace, at most 20, the most frequent first.

    Answers for which no scale was decided are on the one that the highest score among all of them of their word tells.
    """
    rows = kept_rows(engine, *statement("answer_scales"))
    untold = rows["scale_top"].isna()
    rows["top"] = rows["scale_top"].where(~untold, rows["highest_score"].map(scale_top)).astype(int)
    rows["untold"] = untold
    found = rows.groupby(["word", "top"], as_index=False).agg(answers=("answers", "sum"), untold=("untold", "any"))
    found = found.sort_values(["answers", "word", "top"], ascending=[False, True, True])
    return [Scale(str(row.word), int(row.top), bool(row.untold)) for row in found.head(20).itertuples()]


def scale_top(highest_score: float) -> int:
    """Return the top of the scale on which a highest score stands: 5, 7, 10 or 100."""
    return 5 if pd.isna(highest_score) else next((top for top in SCALES if highest_score <= top), 100)
