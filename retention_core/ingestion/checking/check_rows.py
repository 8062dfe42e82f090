"""What should be known before a file is loaded: what looks odd in it, and what that would do to the charts."""

from datetime import date

from retention_core.engines.duckdb_engine import DuckDBEngine
from retention_core.ingestion.checking import check_values
from retention_core.ingestion.checking.finding import ENOUGH_ROWS, Finding, figures
from retention_core.ingestion.understanding.understand import Understanding
from retention_core.words.numbers import whole
from retention_core.words.say import say, sentence

FEW_SHARED = 0.05
MANY_REPEATS = 0.1
_FOREIGN = {
    "orders": sentence("Only {shared} of the {known} customers of this file are among those of the orders loaded."),
    "complaints": sentence(
        "Only {shared} of the {known} customers of this file are among those of the complaints loaded."
    ),
}


def findings(engine: DuckDBEngine, understood: Understanding, today: date, *, is_alone: bool = True) -> list[Finding]:
    """Return what looks odd in a file that is about to be loaded; nothing of it keeps the file from being loaded.

    is_alone: False where it loads together with others, so that its customers may be those of a file that is not there
    yet.
    """
    if understood.open_questions:
        return []
    checks = [each for each in (*CHECKS, *check_values.CHECKS) if is_alone or each is not _different_ids]
    return [found for check in checks if (found := check(engine, understood, today)) is not None]


def _already_loaded(engine: DuckDBEngine, understood: Understanding, _: date) -> Finding | None:
    """Are rows of this file loaded already, from another one?"""
    table = understood.match.table
    if table.repeats == "keep_all" or table.key not in understood.readings:
        return None
    keys, again = figures(
        engine,
        understood,
        f"""SELECT count(*), count(stored.key) FROM (SELECT DISTINCT {table.key} AS key FROM typed WHERE {table.key}
        IS NOT NULL) AS own LEFT JOIN (SELECT DISTINCT {table.key} AS key FROM stored_{table.name} WHERE replaced_by IS NULL)
        AS stored USING (key)""",
    )
    if not again:
        return None
    return Finding(
        say(
            "{again} of the {rows} in this file are loaded already, by their number.",
            again=whole(again),
            rows=table.rows(int(keys)),
        ),
        say("Each would be counted twice."),
        say("Choose “Update” below to let these count instead, or undo the other upload (Your data › History)."),
    )


def _different_ids(engine: DuckDBEngine, understood: Understanding, _: date) -> Finding | None:
    """Are the customers of this file those of the other files?"""
    others = "complaints" if understood.match.table.name == "orders" else "orders"
    has_others = engine.query(f"SELECT count(*) > 0 AS any FROM stored_{others}")["any"].iloc[0]
    if "customer" not in understood.readings or not has_others or understood.match.table.name == "customers":
        return None
    known, shared = figures(
        engine,
        understood,
        f"""SELECT count(*), count(ids.customer_key) FROM (SELECT DISTINCT customer FROM typed WHERE customer IS NOT NULL)
        AS own LEFT JOIN (SELECT customer, customer_key FROM customer_ids
                          WHERE customer_key IN (SELECT customer_key FROM stored_{others} WHERE replaced_by IS NULL)) AS ids
        ON ids.customer = own.customer""",
    )
    if not known or shared / known > FEW_SHARED:
        return None
    return Finding(
        say(_FOREIGN[others], shared=whole(shared), known=whole(known)),
        say(
            "Probably the ids are of another kind; what joins the two, such as who came back, would stay nearly empty."
        ),
        say("Choose another column for the customer if there is one, or export both files with the same ids."),
    )


def _one_order_each(engine: DuckDBEngine, understood: Understanding, _: date) -> Finding | None:
    """Is the customer's id an order's id?"""
    if understood.match.table.name != "orders":
        return None
    order = "coalesce(order_id, row_number::VARCHAR)" if "order_id" in understood.readings else "row_number"
    customers, orders = figures(
        engine,
        understood,
        f"SELECT count(DISTINCT customer), count(DISTINCT {order}) FROM typed WHERE customer IS NOT NULL",
    )
    if orders < ENOUGH_ROWS or customers < orders:
        return None
    return Finding(
        say(
            "Each of the {orders} orders has a customer of its own in “{header}”.",
            orders=whole(orders),
            header=understood.match.headers["customer"],
        ),
        say("By this column nobody ever buys twice: every retention rate would be 0 %."),
        say(
            "If it numbers orders, choose the column that names the person, or upload the file that links the two ids."
        ),
    )


def _lines_without_number(engine: DuckDBEngine, understood: Understanding, _: date) -> Finding | None:
    """Are the rows lines of orders whose number was not recognised?"""
    if understood.match.table.name != "orders" or "order_id" in understood.readings:
        return None
    rows, moments = figures(
        engine,
        understood,
        "SELECT count(*), count(DISTINCT (customer, ordered_at)) FROM typed WHERE customer IS NOT NULL "
        "AND ordered_at <> date_trunc('day', ordered_at)",
    )
    if rows < ENOUGH_ROWS or (rows - moments) / rows < MANY_REPEATS:
        return None
    return Finding(
        say(
            "{shared} of {rows} rows share customer and minute with another, and no order number is chosen.",
            shared=whole(rows - moments),
            rows=whole(rows),
        ),
        say("If they are lines of one order, each line counts as a purchase: repeat purchases would be far too many."),
        say("Choose the column with the number of the order."),
    )


def _no_customer(_: DuckDBEngine, understood: Understanding, __: date) -> Finding | None:
    """Does the file say who complained or answered?"""
    readings, table = understood.readings, understood.match.table
    if table.name not in ("complaints", "satisfaction") or "customer" in readings:
        return None
    if table.name == "satisfaction" and "order_id" in readings:
        return None
    effect = (
        say("How long they wait is shown; who came back is not, and no value of the customer stands beside them.")
        if table.name == "complaints"
        else say("Answers feed no chart while nobody knows who gave them.")
    )
    return Finding(
        say("No column names the customer."),
        effect,
        say("Choose the column of the customer, if there is one, or export it as well."),
    )


CHECKS = (_already_loaded, _different_ids, _one_order_each, _lines_without_number, _no_customer)
