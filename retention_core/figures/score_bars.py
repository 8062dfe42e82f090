"""Came back by score: the rate with its interval, and what became of everybody who gave it."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from retention_core.analyses.intervals import FEW, TOO_FEW
from retention_core.analyses.satisfaction.satisfaction_return import OUTCOMES, SatisfactionReturn
from retention_core.figures.axes import share_axis
from retention_core.figures.palette import Palette, base_figure
from retention_core.words.numbers import bare, percent, whole
from retention_core.words.say import Number, say, sentence

PARTS = {
    "came_back": sentence("came back"),
    "did_not": sentence("did not"),
    "not_yet_known": sentence("not yet known"),
}
ALL_KNOWN = -1  # the part of a point that stands for those who came back and those who did not
_MOST_NAMED = 12  # scores; of more, such as those of 0 to 100, only some are named, and none has a percentage
_WIDTH_OF_A_NAME = 44  # pixels
_FADED = 0.4  # opacity of what stands on few customers


def score_bars(answer: SatisfactionReturn, palette: Palette, *, compact: bool = False) -> go.Figure:
    """Draw, for each score, the rate of return with its interval and, unless compact, the three parts of everybody.

    Customers without an answer stand apart, in grey, as the last bar. Under each score stands its number of customers.
    Those of fewer than 30 known customers are faded, those of fewer than 10 have no percentage written. The customdata
    of a point is the place of its score, that of its outcome (or `ALL_KNOWN`), and its sentence.
    """
    rows = answer.scores
    traces = [_percentages(rows, palette), _rates(rows, palette)]
    if not compact:
        traces += _everybody(rows, palette)
    look = {"barmode": "stack", "bargap": 0.35} | _axes(answer, palette, compact=compact)
    return base_figure(palette, 340 if compact else 540, traces, **look)


def score_name(score: float) -> str:
    """Return a score as people read it; customers without an answer have none."""
    return say("no answer") if pd.isna(score) else Number(f"{score:g}")


def width_of_scores(answer: SatisfactionReturn) -> int:
    """Return how many pixels a chart needs so that the names of the scores stand side by side."""
    return 50 + _WIDTH_OF_A_NAME * min(len(answer.scores), _MOST_NAMED)


def _axes(answer: SatisfactionReturn, palette: Palette, *, compact: bool) -> dict[str, Any]:
    """Return the axes: of the rates, and unless compact, of everybody below them."""
    rows, names = answer.scores, _names(answer.scores)
    high = float(rows["high"].max()) if rows["high"].notna().any() else 0.9
    rates = _share_axis(min(1.14, max(0.1, high) * 1.2), say("Back within {days} days", days=answer.question.days))
    title = {"title": {"text": say("Score of the first answer; customers under it")}}
    if compact:
        return {"xaxis": names | title, "yaxis": rates}
    usual = base_figure(palette, 0).to_plotly_json()["layout"]
    below = {**usual["yaxis"], **_share_axis(1.0, say("Of all who gave it")), "domain": [0, 0.37], "anchor": "x2"}
    below["title"] = {**usual["yaxis"]["title"], **below["title"]}
    named = {**usual["xaxis"], **names, "title": {**usual["xaxis"]["title"], **title["title"]}, "anchor": "y2"}
    return {
        "xaxis": names | {"showticklabels": False},
        "yaxis": rates | {"domain": [0.55, 1]},
        "xaxis2": named,
        "yaxis2": below,
        "legend": {"y": 0.42, "traceorder": "normal"},
    }


def _share_axis(top: float, title: str) -> dict[str, Any]:
    """Return an axis of shares, for one of several charts in a figure."""
    alone = go.Figure()
    share_axis(alone, top, title=title)
    axis: dict[str, Any] = alone.layout.yaxis.to_plotly_json()
    return axis


def _names(rows: pd.DataFrame) -> dict[str, Any]:
    """Return the x axis: a place for each score, with its name and its number of customers."""
    places = range(0, len(rows), -(-len(rows) // _MOST_NAMED))
    names = [
        f"{score_name(row.score)}<br><span style='font-size:11px'>{whole(row.customers)}</span>"
        for row in rows.itertuples()
    ]
    return {
        "range": [-0.6, len(rows) - 0.4],
        "tickvals": list(places),
        "ticktext": [names[place] for place in places],
        "tickangle": 0,
    }


def _percentages(rows: pd.DataFrame, palette: Palette) -> dict[str, Any]:
    """Write each rate over its interval, where enough are known and there is room."""
    has_room = len(rows) <= _MOST_NAMED
    pairs = zip(rows["return_rate"], rows["known"], strict=True)
    return {
        "type": "scatter",
        "x": list(range(len(rows))),
        "y": (rows["high"] + 0.015 * max(0.1, rows["high"].max())).to_numpy(float),
        "mode": "text",
        "showlegend": False,
        "hoverinfo": "skip",
        "cliponaxis": False,
        "text": [str(percent(rate)) if has_room and known >= TOO_FEW else "" for rate, known in pairs],
        "textposition": "top center",
        "textfont": {"size": 13, "color": palette.text},
    }


def _rates(rows: pd.DataFrame, palette: Palette) -> dict[str, Any]:
    return {
        "type": "scatter",
        "x": list(range(len(rows))),
        "y": rows["return_rate"].to_numpy(float),
        "mode": "markers",
        "showlegend": False,
        "customdata": _told(rows, ALL_KNOWN),
        "hovertemplate": "%{customdata[2]}<extra></extra>",
        "cliponaxis": False,
        "marker": {
            "size": 12,
            "color": [palette.faint if silent else palette.accent for silent in rows["score"].isna()],
            "opacity": _opacities(rows),
        },
        "error_y": {
            "type": "data",
            "symmetric": False,
            "array": (rows["high"] - rows["return_rate"]).to_numpy(float),
            "arrayminus": (rows["return_rate"] - rows["low"]).to_numpy(float),
            "color": palette.faint,
            "thickness": 2,
            "width": 6,
        },
    }


def _everybody(rows: pd.DataFrame, palette: Palette) -> list[dict[str, Any]]:
    return [
        {
            "type": "bar",
            "x": list(range(len(rows))),
            "y": (rows[part] / rows["customers"]).to_numpy(float),
            "name": str(say(PARTS[part])),
            "marker": {"color": colour, "line": {"width": 0}, "opacity": _opacities(rows)},
            "customdata": _told(rows, place),
            "hovertemplate": "%{customdata[2]}<extra></extra>",
            "xaxis": "x2",
            "yaxis": "y2",
        }
        for place, (part, colour) in enumerate(
            zip(OUTCOMES, (palette.accent, palette.contrast, palette.quiet), strict=True)
        )
    ]


def _told(rows: pd.DataFrame, part: int) -> list[list[Any]]:
    """Return what each mark of a part tells: the place of its score, its part, and its sentence."""
    return [[place, part, str(_sentence(row))] for place, row in enumerate(rows.itertuples())]


def _opacities(rows: pd.DataFrame) -> list[float]:
    return [1.0 if known >= FEW else _FADED for known in rows["known"]]


def _sentence(row: Any) -> str:
    places = {
        "score": score_name(row.score),
        "came_back": whole(row.came_back),
        "known": whole(row.known),
        "rate": percent(row.return_rate, 1),
        "low": bare(row.low, 1),
        "high": bare(row.high, 1),
        "not_yet_known": whole(row.not_yet_known),
    }
    if pd.isna(row.score):
        return say(
            "No answer: {came_back} of {known} came back ({rate}, {low} to {high}); {not_yet_known} not yet known",
            **places,
        )
    return say(
        "Score {score}: {came_back} of {known} came back ({rate}, {low} to {high}); {not_yet_known} not yet known",
        **places,
    )
