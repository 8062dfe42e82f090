"""The results as one picture: every analysis beside the floor, and every promise beside what it allows.

SVG written by hand, so that it needs no browser to draw; its colours follow the reader's choice of light or dark.
"""

import math
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

from benchmarks.measured import Goal, Marks, Subject, number
from retention_core.figures.palette import DARK, LIGHT, Palette

PICTURE = Path(__file__).parent / "results.svg"
WIDTH, LEFT, RIGHT, LINE = 920, 320, 70, 21  # pixels
KINDS = ("accent", "contrast", "faint")  # the colours of first, new filter and again


def write_picture(subjects: Sequence[Subject], headline: str, path: Path = PICTURE) -> None:
    """Draw what the subjects bring."""
    marks = next((subject.marks for subject in subjects if subject.marks), None)
    goals = [goal for subject in subjects for goal in subject.goals]
    parts, height = [_text(20, 34, headline, "title")], 60
    if marks:
        parts += _dots(marks, height)
        height += LINE * len(marks.rows) + 96
    parts += _bars(goals, height)
    height += LINE * len(goals) + 66
    path.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        f'role="img" aria-label="{escape(headline)}">\n<style>{_style()}</style>\n'
        f'<rect width="{WIDTH}" height="{height}" rx="8" class="ground"/>\n' + "\n".join(parts) + "\n</svg>\n",
        encoding="utf-8",
    )


def _dots(marks: Marks, top: int) -> Iterator[str]:
    """Draw one row for each analysis, with a dot for each kind of asking, on a logarithmic scale."""
    values = [ratio for row in marks.rows.values() for ratio in row.values()]
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(*values, 1.1)))
    yield _text(20, top + 12, "Times as long as the floor (every customer's first day, orders as they came)", "head")
    for place, kind in enumerate(marks.kinds):
        yield _dot(LEFT + 110 * place, top + 32, place) + _text(LEFT + 10 + 110 * place, top + 36, kind, "")
    start, end = top + 52, top + 52 + LINE * len(marks.rows)
    for power in range(low, high + 1):
        x = _scaled(10.0**power, low, high)
        yield _line(x, start, x, end, "floor" if power == 0 else "grid")
        yield _text(x, end + 16, "the floor" if power == 0 else f"{10.0**power:g} ×", "tick")
    for row, (name, ratios) in enumerate(marks.rows.items()):
        y = start + LINE * row + LINE / 2
        places = [_scaled(ratio, low, high) for ratio in ratios.values()]
        yield _text(LEFT - 14, y + 4, name, "name") + _line(min(places), y, max(places), y, "span")
        yield "".join(_dot(_scaled(ratios[kind], low, high), y, marks.kinds.index(kind)) for kind in reversed(ratios))


def _bars(goals: Sequence[Goal], top: int) -> Iterator[str]:
    """Draw one bar for each promise: how much of what is allowed was needed, cut off at twice as much."""
    yield _text(20, top + 12, "What was promised: how much of what is allowed was needed", "head")
    left, room = WIDTH - 340, 240
    start, end = top + 30, top + 30 + LINE * len(goals)
    yield _line(left + room / 2, start, left + room / 2, end, "floor") + _text(
        left + room / 2, end + 16, "allowed", "tick"
    )
    for row, goal in enumerate(goals):
        y, width = start + LINE * row, min(goal.share, 2) * room / 2
        kind = "kept" if goal.is_met else "missed"
        yield f'<rect x="{left}" y="{y + 4}" width="{max(1, width):.1f}" height="{LINE - 9}" rx="2" class="{kind}"/>'
        sign = "≥" if goal.at_least else "≤"
        yield _text(left - 14, y + 15, _short(goal.says), "name")
        yield _text(left + room + 8, y + 15, f"{number(goal.measured)} ({sign} {goal.limit:g})", "")


def _short(text: str, most: int = 88) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def _scaled(ratio: float, low: int, high: int) -> float:
    return LEFT + (math.log10(ratio) - low) / (high - low) * (WIDTH - LEFT - RIGHT)


def _text(x: float, y: float, words: str, kind: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" class="{kind}">{escape(words)}</text>'


def _line(x: float, y: float, to_x: float, to_y: float, kind: str) -> str:
    return f'<line x1="{x:.1f}" y1="{y:.1f}" x2="{to_x:.1f}" y2="{to_y:.1f}" class="{kind}"/>'


def _dot(x: float, y: float, kind: int) -> str:
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4.5" class="{KINDS[kind]}"/>'


def _style() -> str:
    return (
        "text{font:12px Inter,'Segoe UI','Noto Sans',Arial,sans-serif} .title{font-size:17px;font-weight:650} "
        ".head{font-size:14px;font-weight:600} .name{text-anchor:end} .tick{text-anchor:middle;font-size:11px} "
        f"{_colours(LIGHT)} @media (prefers-color-scheme:dark){{{_colours(DARK)}}}"
    )


def _colours(palette: Palette) -> str:
    return (
        f".ground{{fill:{palette.background}}} text{{fill:{palette.text}}} .tick{{fill:{palette.faint}}} "
        f".grid{{stroke:{palette.grid}}} .span{{stroke:{palette.quiet}}} "
        f".floor{{stroke:{palette.text};stroke-dasharray:3 3}} .kept{{fill:{palette.accent}}} .missed{{fill:{palette.bad}}} "
        + " ".join(f".{kind}{{fill:{getattr(palette, kind)}}}" for kind in KINDS)
    )
