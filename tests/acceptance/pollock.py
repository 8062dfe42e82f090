"""How close tables read from polluted CSV files come to the right ones, by the measure of the Pollock benchmark.

For each file ten figures between 0 and 1: whether it was read without an error, and precision, recall and F1 of the
cells of the header, of the records, and of the cells of the records, each compared as multisets. The score of a
system is the sum over the ten of their means over all files: 10 at most. (Vitagliano et al., PVLDB 16, 2023.)
"""

import csv
from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from pathlib import Path

Table = list[list[str]]


def precision_recall_f1(found: Iterable[Hashable], right: Iterable[Hashable]) -> list[float]:
    """Return the three figures for two multisets; two empty ones agree."""
    found, right = Counter(found), Counter(right)
    if not found and not right:
        return [1.0, 1.0, 1.0]
    hits = (found & right).total()
    precision, recall = hits / max(1, found.total()), hits / max(1, right.total())
    return [precision, recall, 2 * precision * recall / (precision + recall) if hits else 0.0]


def figures(found: Table, right: Table) -> list[float]:
    """Return the nine figures of one table that was read without an error."""
    header, records = (found[0] if found else []), found[1:]
    right_header, right_records = (right[0] if right else []), right[1:]
    return [
        *precision_recall_f1(header, right_header),
        *precision_recall_f1(map(tuple, records), map(tuple, right_records)),
        *precision_recall_f1((c for row in records for c in row), (c for row in right_records for c in row)),
    ]


def score_files(folder: Path, read: Callable[[Path], Table]) -> dict[str, list[float]]:
    """Return the ten figures of each file of the sample; an error gives ten zeros."""
    scores = {}
    for path in sorted((folder / "csv").iterdir()):
        with (folder / "clean" / path.name).open(newline="", encoding="utf-8") as file:
            right = list(csv.reader(file))
        try:
            scores[path.name] = [1.0, *figures(read(path), right)]
        except Exception:  # noqa: BLE001  (whatever a reader raises is an error of the reader)
            scores[path.name] = [0.0] * 10
    return scores


def total(scores: dict[str, list[float]]) -> float:
    """Return the score of all files together, 10 at most."""
    return sum(sum(each) for each in scores.values()) / len(scores)
