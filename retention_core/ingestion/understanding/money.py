"""What an amount is of: a line or its whole order, one unit or several, one currency or many; told by values, or asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

from retention_core.engines.duckdb_engine import DuckDBEngine
from retention_core.ingestion.reading.staged import StagedTable
from retention_core.ingestion.understanding.header_names import says
from retention_core.ingestion.understanding.match_columns import TableMatch
from retention_core.ingestion.understanding.read_numbers import PLAIN
from retention_core.ingestion.understanding.readings import Question, Reading
from retention_core.words.numbers import decimal, whole
from retention_core.words.say import counted, say

WITHOUT_AMOUNTS = "without_amounts"
_SEVERAL = 2  # orders that must repeat their total before it is taken for one
_MOSTLY = 0.9
_CENT = 0.011
_SYMBOLS = "'([€£¥₽₺₹₩$]|[A-Z]{3}) ?[-(]?[0-9]|[0-9] ?([€£¥₽₺₹₩$]|[A-Z]{3})([^A-Z]|$)'"


@dataclass(frozen=True)
class Money:
    """How amounts count.

    amount_of: `order` where each line repeats the total of its order, which then counts once; `line` where lines are
    added up. price_of: whether the price of a line is that of one (`unit`) or of all (`line`). currency: the only one
    whose rows count, empty where there is one; `without_amounts` where none shall be read.
    """

    amount_of: Literal["line", "order"] = "line"
    price_of: Literal["unit", "line"] = "unit"
    currency: str = ""


@dataclass(frozen=True)
class Ledger:
    """The rows of orders as far as they are read: the SQL of each column that money depends on.

    records: their SQL. has_repeats: whether several of them are lines of one order.
    """

    engine: DuckDBEngine
    staged: StagedTable
    match: TableMatch
    readings: Mapping[str, Reading]
    records: str
    has_repeats: bool

    def column(self, name: str) -> str:
        """Return the SQL of a canonical column."""
        return self.readings[name].expression(self.staged, self.match.headers[name])

    def figures(self, sql: str) -> list[float]:
        """Return the figures of a query over `records`."""
        row = self.engine.query(sql.replace("{records}", self.records), {"path": str(self.staged.path)}).iloc[0]
        return [0.0 if pd.isna(value) else float(value) for value in row]

    def has(self, *names: str) -> bool:
        """Tell whether all these columns are read."""
        return set(names) <= set(self.readings)


def money(ledger: Ledger, answers: Mapping[str, str], known: Mapping[str, str]) -> tuple[Money, list[Question]]:
    """Return how the amounts of orders count, and what must be asked about them.

    answers: what a person has said; known: what is known of the export, under the same names.
    """
    if ledger.match.table.name != "orders":
        return Money(), []
    questions = [_amount_of(ledger, known), _price_of(ledger, known), _currency(ledger)]
    found: dict[str, Any] = {}
    for question in questions:
        if isinstance(question, Question):
            answer = next((each for each in question.readings if each.name == answers.get(question.column)), None)
            taken = answer or question.default
            found |= {question.column: taken.name} if taken else {}
        elif question:
            found |= question
    return Money(**found), [each for each in questions if isinstance(each, Question)]


def _amount_of(ledger: Ledger, known: Mapping[str, str]) -> dict[str, str] | Question:
    """Does the total of the order stand on each of its lines?"""
    if known.get("amount_of"):
        return {"amount_of": known["amount_of"]}
    if not ledger.has("order_id", "amount") or not ledger.has_repeats:
        return {}
    customer = ledger.column("customer") if ledger.has("customer") else "NULL"
    several, alike, totals, once, added = ledger.figures(
        f"""SELECT count(*), count(CASE WHEN lowest = highest THEN 1 END), count(DISTINCT lowest),
                   sum(highest), sum(added) FROM (
            SELECT min({ledger.column("amount")}) AS lowest, max({ledger.column("amount")}) AS highest,
                   sum({ledger.column("amount")}) AS added FROM {{records}} WHERE {ledger.column("order_id")} IS NOT NULL
            GROUP BY {ledger.column("order_id")}, {customer}
            HAVING count(*) > 1 AND count({ledger.column("amount")}) = count(*))"""
    )
    if several < _SEVERAL or alike < _MOSTLY * several or (alike < several and several < 10) or _are_of_lines(ledger):
        return {}
    header = ledger.match.headers["amount"]
    readings = (
        Reading("order", say("the total of the order, counted once"), "NULL"),
        Reading("line", say("the line's own, added up"), "NULL"),
    )
    evidence = tuple(say("{sum} in these orders", sum=decimal(each, 2)) for each in (once, added))
    asked = say(
        "“{header}” is the same on every line of {alike} of {several} orders with several lines. It is",
        header=header,
        alike=whole(alike),
        several=whole(several),
    )
    return Question("amount_of", header, readings, {}, evidence, asked, default=readings[0] if totals > 1 else None)


def _are_of_lines(ledger: Ledger) -> bool:
    """Tell whether the amount is quantity times price on most lines, which settles that it is the line's."""
    if not ledger.has("quantity", "unit_price"):
        return False
    amount, quantity, price = (ledger.column(name) for name in ("amount", "quantity", "unit_price"))
    rows, equal = ledger.figures(
        f"SELECT count({amount}), count(CASE WHEN abs(({amount})::DOUBLE - ({quantity})::DOUBLE * ({price})::DOUBLE) "
        f"<= {_CENT} THEN 1 END) FROM {{records}}"
    )
    return bool(rows) and equal >= _MOSTLY * rows


def _price_of(ledger: Ledger, known: Mapping[str, str]) -> dict[str, str] | Question:
    """Is the price that of one unit or of the whole line, where the amount is computed from it?"""
    if ledger.has("amount") or not ledger.has("quantity", "unit_price"):
        return {}
    quantity, price = (f"({ledger.column(name)})::DOUBLE" for name in ("quantity", "unit_price"))
    product = ledger.column("product") if ledger.has("product") else "NULL"
    several, unit, line, as_unit, as_line = ledger.figures(
        f"""WITH lines AS (SELECT {product} AS product, {quantity} AS quantity, {price} AS price FROM {{records}}),
        products AS (SELECT min(price) = max(price) AS by_unit,
                            max(price / quantity) - min(price / quantity) <= {_CENT} AS by_line
                     FROM lines WHERE product IS NOT NULL AND quantity > 0 GROUP BY product
                     HAVING count(DISTINCT quantity) > 1)
        SELECT (SELECT count(*) FROM lines WHERE abs(quantity) <> 1), (SELECT count(CASE WHEN by_unit THEN 1 END) FROM products),
               (SELECT count(CASE WHEN by_line THEN 1 END) FROM products),
               (SELECT sum(quantity * price) FROM lines), (SELECT sum(price) FROM lines)"""
    )
    header = ledger.match.headers["unit_price"]
    if not several or known.get("unit_price"):
        return {"price_of": "unit"}
    if max(unit, line) >= _SEVERAL and max(unit, line) > 3 * min(unit, line):
        return {"price_of": "unit" if unit > line else "line"}
    if says(header, "of_one"):
        return {"price_of": "unit"}
    readings = (
        Reading("unit", say("the price of one"), "NULL"),
        Reading("line", say("the price of the whole line"), "NULL"),
    )
    evidence = tuple(say("all orders together come to {sum}", sum=decimal(each, 2)) for each in (as_unit, as_line))
    asked = say("Is “{header}” the price of one, or of the quantity?", header=header)
    return Question("price_of", header, readings, {}, evidence, asked)


def _currency(ledger: Ledger) -> dict[str, str] | Question:
    """In which currencies are the amounts? More than one are never added up."""
    money = next((name for name in ("amount", "unit_price") if ledger.has(name)), "")
    if not money:
        return {}
    if ledger.has("currency"):
        code, header = f"upper({ledger.column('currency')})", ledger.match.headers["currency"]
    elif ledger.readings[money].name == PLAIN.name and ledger.readings[money].reads_all:
        return {}  # every value is a bare number, beside which nothing stands
    else:
        header = ledger.match.headers[money]
        text = f"upper({ledger.staged.text(header)})"
        code = f"nullif(regexp_extract({text}, {_SYMBOLS}, 1) || regexp_extract({text}, {_SYMBOLS}, 2), '')"
    rows = ledger.engine.query(
        f"SELECT {code} AS code, count(*) AS n FROM {ledger.records} WHERE code IS NOT NULL GROUP BY code "
        "ORDER BY n DESC, code",
        {"path": str(ledger.staged.path)},
    )
    if len(rows) < 2:
        return {}
    readings = tuple(
        Reading(str(row.code), say("only {currency}", currency=row.code), "NULL") for row in rows.head(6).itertuples()
    )
    evidence = tuple(
        counted("{n} row; the others are listed as left out", "{n} rows; the others are listed as left out", int(row.n))
        for row in rows.head(6).itertuples()
    )
    asked = say(
        "The amounts in “{header}” are in {currencies} currencies, which cannot be added up. Which rows count?",
        header=header,
        currencies=len(rows),
    )
    every = Reading(WITHOUT_AMOUNTS, say("all rows, without amounts"), "NULL")
    return Question("currency", header, (*readings, every), {}, (*evidence, say("revenue stays unknown")), asked)
