"""Came back by score: the rate with its interval, and what became of everybody who gave it."""

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from retention_core.analyses.intervals import FEW, TOO_FEW
from retention_core.analyses.satisfaction.satisfaction_return import SatisfactionReturn
from retention_core.figures.palette import Palette, base_figure
from retention_core.wording import bare, percent, say, whole

PARTS = {"came_back": "came back", "did_not": "did not", "not_yet_known": "not yet known"}
_FADED = 0.4  # opacity of what stands on few customers
_RATE, _PARTS = {"row": 1, "col": 1}, {"row": 2, "col": 1}


def score_bars(answer: SatisfactionReturn, palette: Palette, *, compact: bool = False) -> go.Figure:
    """Draw, for each score, the rate of return with its interval and, unless compact, the three parts of everybody.

    Customers without an answer stand apart, in grey, as the last bar. Under each score stands its number of customers.
    Those of fewer than 30 known customers are faded, those of fewer than 10 have no percentage written.
    """
    rows = answer.scores
    places = list(range(len(rows)))
    figure = make_subplots(
        rows=1 if compact else 2, cols=1, row_heights=[1] if compact else [0.55, 0.45], vertical_spacing=0.16
    )
    look = base_figure(palette, 340 if compact else 520, barmode="stack", bargap=0.35).layout
    x_axis, y_axis = look.xaxis.to_plotly_json(), look.yaxis.to_plotly_json()
    figure.update_layout(look)
    _rates(figure, answer, palette)
    named = [
        f"{row.label}<br><span style='font-size:11px'>n = {whole(row.customers)}</span>" for row in rows.itertuples()
    ]
    figure.update_xaxes(
        x_axis | {"range": [-0.6, len(rows) - 0.25], "tickvals": places, "ticktext": named, "tickangle": 0}
    )
    figure.update_yaxes(y_axis)
    top = max(0.1, float(rows["high"].max()) * 1.1) if rows["high"].notna().any() else 1.0
    figure.update_yaxes(
        tickformat=".0%",
        range=[-0.02 * top, min(1.06, top)],
        title_text=f"Back within {answer.question.days} days",
        **_RATE,
    )
    if not compact:
        _everybody(figure, answer, palette)
    figure.update_xaxes(title_text="Score of the first answer", row=1 if compact else 2, col=1)
    return figure


def _rates(figure: go.Figure, answer: SatisfactionReturn, palette: Palette) -> None:
    rows = answer.scores
    figure.add_scatter(
        x=list(range(len(rows))),
        y=rows["return_rate"],
        mode="markers+text",
        showlegend=False,
        customdata=[_sentence(row) for row in rows.itertuples()],
        hovertemplate="%{customdata}<extra></extra>",
        text=[
            f"  {percent(rate)}" if known >= TOO_FEW else ""
            for rate, known in zip(rows["return_rate"], rows["known"], strict=True)
        ],
        textposition="middle right",
        textfont={"size": 13, "color": palette.text},
        marker={
            "size": 12,
            "color": [palette.faint if silent else palette.accent for silent in rows["score"].isna()],
            "opacity": _opacities(answer),
        },
        error_y={
            "type": "data",
            "symmetric": False,
            "array": rows["high"] - rows["return_rate"],
            "arrayminus": rows["return_rate"] - rows["low"],
            "color": palette.faint,
            "thickness": 2,
            "width": 6,
        },
        **_RATE,
    )


def _everybody(figure: go.Figure, answer: SatisfactionReturn, palette: Palette) -> None:
    rows = answer.scores
    for part, colour in (
        ("came_back", palette.accent),
        ("did_not", palette.contrast),
        ("not_yet_known", palette.quiet),
    ):
        figure.add_bar(
            x=list(range(len(rows))),
            y=rows[part] / rows["customers"],
            name=PARTS[part],
            marker={"color": colour, "line": {"width": 0}, "opacity": _opacities(answer)},
            customdata=[_sentence(row) for row in rows.itertuples()],
            hovertemplate="%{customdata}<extra></extra>",
            **_PARTS,
        )
    figure.update_yaxes(title_text="Of all who gave it", tickformat=".0%", range=[0, 1], **_PARTS)
    figure.update_xaxes(showticklabels=False, **_RATE)
    figure.update_layout(legend={"y": 0.42, "traceorder": "normal"})


def _opacities(answer: SatisfactionReturn) -> list[float]:
    return [1.0 if known >= FEW else _FADED for known in answer.scores["known"]]


def _sentence(row) -> str:  # type: ignore[no-untyped-def]
    name = "score_bar_none" if row.label == "no answer" else "score_bar"
    return say(
        name,
        label=row.label,
        came_back=whole(row.came_back),
        known=whole(row.known),
        rate=percent(row.return_rate, 1),
        low=bare(row.low, 1),
        high=bare(row.high, 1),
        not_yet_known=whole(row.not_yet_known),
    )
