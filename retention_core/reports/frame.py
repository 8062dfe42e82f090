"""What stands around an answer in a document: whose data it is about, and as of when."""

from dataclasses import dataclass
from datetime import date

from retention_core.words.say import say


@dataclass(frozen=True)
class Frame:
    """What a reader must know who has nothing but the document.

    workspace: its name as people read it. in_force: the filters in force, in words. as_of: the last day of the data,
    None where there is none. saved_on: the day on which the document is made.
    """

    workspace: str
    in_force: str
    as_of: date | None
    saved_on: date

    def lines(self) -> tuple[tuple[str, str], ...]:
        """Return what it says, each as a label and what stands beside it."""
        known = say("{day}", day=self.as_of) if self.as_of else say("no data yet")
        return (
            (say("Workspace"), self.workspace),
            (say("Filters"), self.in_force),
            (say("Data up to"), known),
            (say("Saved on"), say("{day}", day=self.saved_on)),
        )

    def source(self) -> str:
        """Return the same in one line, for a picture."""
        places = {"workspace": self.workspace, "in_force": self.in_force, "day": self.as_of}
        if self.as_of is None:
            return say("{workspace} · {in_force} · Comeback", **places)
        return say("{workspace} · {in_force} · data up to {day} · Comeback", **places)
