"""Files that belong together, understood as one: what loads, what is joined to the orders by their number, what is not needed."""

from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from retention_core.engines.duckdb_engine import DuckDBEngine
from retention_core.errors import RetentionError
from retention_core.ingestion.reading.rewritten import rewritten
from retention_core.ingestion.reading.staged import StagedTable
from retention_core.ingestion.understanding.evidence import are_sums, is_flag
from retention_core.ingestion.understanding.header_names import normal
from retention_core.ingestion.understanding.understand import Understanding, sample_values, understand
from retention_core.ingestion.understanding.words import words
from retention_core.words.lists import all_of, in_turn
from retention_core.words.say import counted, say

_ORDER = ("customers", "orders", "complaints", "satisfaction")  # ids are linked before they are used
_SHARED = 0.5  # of the numbers of a file, how many must be those of orders before it belongs to them


@dataclass(frozen=True)
class Plan:
    """How several files load as one. loads: what is understood of each table that loads, in this order. joined: titles of
    the tables whose columns were joined to the orders. unneeded: titles of those that no chart needs."""

    loads: tuple[Understanding, ...]
    joined: tuple[str, ...]
    unneeded: tuple[str, ...]

    @property
    def words(self) -> str:
        """The plan in one sentence."""
        loaded = all_of([say(each.match.table.within) for each in self.loads])
        said = [counted("{tables} loads", "{tables} load", len(self.loads), tables=loaded)]
        if self.joined:
            joined = all_of(self.joined)
            said.append(say("{tables} belong to the orders and are joined by their number", tables=joined))
        if self.unneeded:
            unneeded = all_of(self.unneeded)
            said.append(
                counted("{tables} is not needed", "{tables} are not needed", len(self.unneeded), tables=unneeded)
            )
        return say("{plan}.", plan=in_turn(said))


def plan(engine: DuckDBEngine, tables: Sequence[StagedTable]) -> Plan | None:
    """Return how several tables load together; None where each stands for itself, or one needs an answer first."""
    understood, others = list[Understanding](), list[StagedTable]()
    for table in tables:
        found = _settled(engine, table)
        if found is None:
            others.append(table)
        else:
            understood.append(found)
    orders = next((each for each in _longest_first(understood) if _numbers_orders(each)), None)
    if orders is None or len(tables) < 2:
        return None
    belonging = sorted((each for each in others if _belongs(each, orders)), key=_has_no_product)
    joined, has_lines = orders, False
    for each in belonging:
        numbers = _column(each, _alike(each, _number(orders)))
        has_several = pc.count_distinct(numbers).as_py() < len(numbers)
        wider = _settled(engine, _join(engine, joined, each, added_up=has_lines and has_several))
        has_lines |= has_several
        joined = wider if wider is not None and wider.match.table is orders.match.table else joined
    loads = [joined if each is orders else each for each in understood]
    kinds = [each.match.table.name for each in loads]
    if len(set(kinds)) < len(kinds) or (not belonging and len(loads) < 2):
        return None
    loads.sort(key=lambda each: _ORDER.index(each.match.table.name))
    unneeded = [each.title for each in others if each not in belonging]
    return Plan(tuple(loads), tuple(each.title for each in belonging), tuple(unneeded))


def _settled(engine: DuckDBEngine, table: StagedTable) -> Understanding | None:
    """Return what is understood of a table where nothing is left to ask; None otherwise."""
    try:
        found = understand(engine, table)
    except RetentionError:
        return None
    return None if found.open_questions else found


def _longest_first(understood: Sequence[Understanding]) -> list[Understanding]:
    return sorted(understood, key=lambda each: -each.staged.rows_read)


def _numbers_orders(understood: Understanding) -> bool:
    return understood.match.table.name == "orders" and "order_id" in understood.readings


def _number(understood: Understanding) -> str:
    return understood.match.headers["order_id"]


def _belongs(table: StagedTable, orders: Understanding) -> bool:
    """Tell whether a table has the number of the orders under the same name, and mostly their numbers."""
    header = _alike(table, _number(orders))
    if not header:
        return False
    own, known = pc.unique(_column(table, header)), _column(orders.staged, _number(orders))
    return len(own) > 0 and pc.sum(pc.is_in(own, pc.unique(known))).as_py() >= _SHARED * len(own)


def _alike(table: StagedTable, header: str) -> str:
    return next((name for name in table.header if normal(name) == normal(header)), "")


def _has_no_product(table: StagedTable) -> bool:
    """Tell whether a table names no products; those that do are the lines of the orders, and come first."""
    return not any({"product", "item", "sku", "artikel", "کالا"} & set(normal(name).split()) for name in table.header)


def _column(table: StagedTable, header: str) -> pa.ChunkedArray:
    return pq.read_table(table.path, columns=[table.column(header)]).column(0)


def _join(engine: DuckDBEngine, orders: Understanding, table: StagedTable, *, added_up: bool) -> StagedTable:
    """Return the orders with the columns of a table that they lack, one row for each of its rows, in their own order.

    added_up: one row for each order instead, its sums added up, so that lines that are there already are not doubled.
    A column that only says yes or no is told by its name, so that “Returned: Yes” becomes the status “Returned”.
    """
    base, key = orders.staged, _alike(table, _number(orders))
    names = [name for name in table.header if name != key and not _alike(base, name)]
    left = pq.read_table(base.path)
    right = pq.read_table(table.path, columns=[table.column(key), *(table.column(name) for name in names)])
    right = right.rename_columns(["its_key", *(f"c{len(base.header) + index}" for index in range(len(names)))])
    sample = sample_values(engine, table)
    for index, name in enumerate(names):
        if is_flag(sample[name]):
            right = _told_by_name(right, f"c{len(base.header) + index}", name)
    if added_up:
        right = _added_up(right, [f"c{len(base.header) + n}" for n, name in enumerate(names) if are_sums(sample[name])])
    rows = left.join(right, base.column(_number(orders)), "its_key", join_type="left outer").sort_by("row_number")
    columns = [pc.fill_null(rows[f"c{index}"], "") for index in range(len(base.header) + len(names))]
    numbers = pa.array(range(2, len(rows) + 2), pa.int64())
    whole = pa.table([numbers, *columns], names=["row_number", *(f"c{index}" for index in range(len(columns)))])
    return rewritten(
        base,
        whole,
        f"with-{table.path.stem[-8:]}",
        header=(*base.header, *names),
        sheet=" + ".join(filter(None, (base.sheet, table.title))),
        reading=say(
            "{reading}, joined with {table} by “{number}”",
            reading=base.reading,
            table=table.title,
            number=_number(orders),
        ),
    )


def _added_up(rows: pa.Table, sums: Sequence[str]) -> pa.Table:
    """Return one row for each key: the sum of what holds money, of the rest what stands first."""
    figures = [pc.cast(pc.if_else(pc.equal(rows[name], ""), "0", rows[name]), pa.float64()) for name in sums]
    for name, figure in zip(sums, figures, strict=True):
        rows = rows.set_column(rows.column_names.index(name), name, figure)
    kinds = [(name, "sum" if name in sums else "first") for name in rows.column_names if name != "its_key"]
    grouped = rows.group_by("its_key", use_threads=False).aggregate(kinds)
    columns = [
        pc.cast(pc.round(grouped[f"{name}_sum"], 4), pa.string()) if kind == "sum" else grouped[f"{name}_first"]
        for name, kind in kinds
    ]
    return pa.table([grouped["its_key"], *columns], names=["its_key", *(name for name, _ in kinds)])


def _told_by_name(rows: pa.Table, column: str, name: str) -> pa.Table:
    yes = pc.is_in(pc.utf8_lower(rows[column]), pa.array(words()["truth"]["yes"]))
    return rows.set_column(rows.column_names.index(column), column, pc.if_else(yes, name, ""))
