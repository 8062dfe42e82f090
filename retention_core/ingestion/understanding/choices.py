"""What a person has corrected of what we understood."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Choices:
    """What a person has corrected.

    table: canonical table, empty for ours. columns: canonical column -> header or None. readings: what a question is
    about -> name of the reading, or several where several may be right. left_out: names of the rules whose rows are
    left out. left_out_text: customers whose id holds it are left out.
    """

    table: str = ""
    columns: Mapping[str, str | None] = field(default_factory=dict)
    readings: Mapping[str, str | Sequence[str]] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()
    left_out_text: str = ""

    def answer(self, column: str) -> str:
        """Return the one reading chosen for a question, empty where nobody has answered."""
        answer = self.readings.get(column, "")
        return answer if isinstance(answer, str) else next(iter(answer), "")

    def answers(self, column: str) -> tuple[str, ...]:
        """Return all readings chosen for a question."""
        answer = self.readings.get(column, ())
        return ((answer,) if answer else ()) if isinstance(answer, str) else tuple(answer)
