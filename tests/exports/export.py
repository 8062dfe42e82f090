"""One file of the trial set: what a system or a person writes, and what is true of it."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Export:
    """A file as a system writes it, and what is true of it.

    table: the canonical table, empty where it is none and must be refused or asked about. columns: canonical column ->
    header, only those that matter for the figures and are beyond dispute. asks: columns (or `table`) that a careful
    person could not know either, so that a question is right. either: canonical column -> other headers that are as
    right. facts: what is true once every row that counts is loaded, under the names of `first_look`. left_out: a word
    for rows that a switch should offer to leave out -> how many they are.
    """

    name: str
    file_name: str
    content: bytes
    table: str
    columns: dict[str, str]
    asks: frozenset[str] = frozenset()
    either: dict[str, tuple[str, ...]] = field(default_factory=dict)
    facts: dict[str, object] = field(default_factory=dict)
    left_out: dict[str, int] = field(default_factory=dict)
