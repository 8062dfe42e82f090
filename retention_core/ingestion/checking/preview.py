"""Raw beside understood: the first rows of a file, or its oddest ones, as they stand and as they will be loaded."""

from typing import Literal

import pandas as pd

from retention_core.engines.duckdb_engine import DuckDBEngine
from retention_core.ingestion.understanding.typed_rows import value_sql
from retention_core.ingestion.understanding.understand import Understanding
from retention_core.words.say import say

NUMBERS = ("money", "number", "score")  # stored with four decimals, shown without zeros at the end


def preview(
    engine: DuckDBEngine, understood: Understanding, rows: int = 20, which: Literal["first", "oddest"] = "first"
) -> pd.DataFrame:
    """Return some rows: row_number, then for each column its header with the text as it stands and, where it is turned
    into something else than text, `→ label` with the value understood.

    which: the first rows, or the oddest: those with most cells that are missing or cannot be read, then those with the
    earliest and latest moments and the most extreme numbers.
    """
    used = {understood.match.headers[name] for name in understood.readings}
    columns = [
        (each.header, understood.staged.column(each.header))
        for each in understood.open_questions
        if each.header in understood.staged.header and each.header not in used
    ]
    columns = list(dict(columns).items())
    for name in understood.readings:
        header, column = understood.match.headers[name], understood.match.table.column(name)
        is_text = column.kind in ("id", "text")
        columns.append(
            (
                say("{header} → {label}", header=header, label=say(column.label)) if is_text else header,
                understood.staged.column(header),
            )
        )
        if not is_text:
            value = f"({value_sql(understood, name)})::VARCHAR"
            zeros = (
                f"rtrim(rtrim({value}, '0'), '.')" if column.kind in NUMBERS else f"replace({value}, ' 00:00:00', '')"
            )
            columns.append((say("→ {label}", label=say(column.label)), zeros))
    listed = ", ".join(f"{sql} AS p{index}" for index, (_, sql) in enumerate(columns))
    order = "row_number" if which == "first" else _oddness(understood)
    frame = engine.query(
        f"SELECT row_number, {listed} FROM {understood.records} ORDER BY {order} LIMIT {rows}",
        understood.values,
    )
    return frame.fillna("").rename(columns={f"p{index}": label for index, (label, _) in enumerate(columns)})


def _oddness(understood: Understanding) -> str:
    """Return the order from the oddest row to the plainest."""
    unread = " + ".join(f"(({value_sql(understood, name)}) IS NULL)::INT" for name in understood.readings)
    kinds = {name: understood.match.table.column(name).kind for name in understood.readings}
    ranks = [
        f"percent_rank() OVER (ORDER BY {value})"
        for name, kind in kinds.items()
        if kind in ("moment", *NUMBERS)
        for value in (f"({value_sql(understood, name)})",)
    ]
    extremes = ", ".join(f"abs({rank} - 0.5)" for rank in ranks)
    return f"({unread}) DESC" + (f", greatest({extremes}) DESC" if ranks else "") + ", row_number"
