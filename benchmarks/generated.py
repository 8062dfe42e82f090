"""The shop that the benchmarks ask about: orders, complaints and answers as files, the same for the same numbers."""

from pathlib import Path

import duckdb
import xlsxwriter

DATA = Path(__file__).parent / ".data"
CHANNELS = ("Web", "Shop", "App", "Phone", "Partner")
BRANCHES = 40
SECONDS = 63_072_000  # two years from 2024-01-01
_CUSTOMER = """'C' || lpad((((hash(range + {salt}) % 1000000) / 1e6 * (hash(range + {salt} + 7) % 1000000) / 1e6)
                            * {customers})::BIGINT::VARCHAR, 7, '0')"""
_MOMENT = "TIMESTAMP '2024-01-01' + to_seconds((hash(range * {salt}) % {seconds})::BIGINT)"
_AS_TEXT = "strftime({moment}, '%Y-%m-%d %H:%M:%S')"


def generate(rows: int, customers: int = 0) -> Path:
    """Write a CSV of orders over two years, some customers far busier than others. customers: by default rows / 20."""
    customers = customers or default_customers(rows)
    path = DATA / f"orders_in_channels_{rows}_{customers}.csv"
    channels = ", ".join(f"'{name}'" for name in CHANNELS)
    return _written(
        path,
        f"""SELECT 'INV' || (10000000 + range) AS order_id,
                   {_CUSTOMER.format(salt=0, customers=customers)} AS customer_id,
                   {_AS_TEXT.format(moment=_moment(3))} AS order_date,
                   ((hash(range * 5) % 20000) / 100)::DECIMAL(10, 2) AS amount,
                   [{channels}][1 + (hash(range * 11) % {len(CHANNELS)})::INTEGER] AS channel,
                   'Branch ' || lpad((1 + hash(range * 13) % {BRANCHES})::VARCHAR, 2, '0') AS branch
            FROM range({rows})""",
    )


def default_customers(rows: int) -> int:
    """Return how many customers share so many orders."""
    return max(10, rows // 20)


def complaints(rows: int, customers: int) -> Path:
    """Write a CSV of complaints, answered after 0 to 12 days, one in ten never."""
    return _written(
        DATA / f"complaints_{rows}_{customers}.csv",
        f"""SELECT 'T' || range AS ticket_id, {_CUSTOMER.format(salt=5, customers=customers)} AS customer_id,
                   strftime(opened, '%Y-%m-%d %H:%M:%S') AS opened_at,
                   CASE WHEN hash(range * 19) % 10 > 0 AND resolved < TIMESTAMP '2025-12-29'
                        THEN strftime(resolved, '%Y-%m-%d %H:%M:%S') END AS resolved_at
            FROM (SELECT range, {_moment(17)} AS opened,
                         {_moment(17)} + to_seconds((hash(range * 23) % 1036800)::BIGINT) AS resolved
                  FROM range({rows}))""",
    )


def answers(rows: int, customers: int) -> Path:
    """Write a CSV of answers to a survey, scores from 1 to 5."""
    return _written(
        DATA / f"answers_{rows}_{customers}.csv",
        f"""SELECT {_CUSTOMER.format(salt=9, customers=customers)} AS customer_id,
                   {_AS_TEXT.format(moment=_moment(29))} AS answered_at, 1 + hash(range * 31) % 5 AS score
            FROM range({rows})""",
    )


def as_parquet(orders: Path) -> Path:
    """Write the same orders as Parquet, with moments and amounts as such."""
    path = orders.with_suffix(".parquet")
    if not path.exists():
        duckdb.sql(f"COPY (FROM read_csv('{orders}')) TO '{path}' (FORMAT parquet)")
    return path


def workbook(rows: int) -> Path:
    """Write a workbook of order lines."""
    path = DATA / f"lines_{rows}.xlsx"
    if not path.exists():
        DATA.mkdir(exist_ok=True)
        with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
            sheet = book.add_worksheet("Lines")
            sheet.write_row(0, 0, ["order id", "order date", "customer", "product", "quantity", "unit price"])
            for row in range(rows):
                day = f"2025-{row * 12 // rows + 1:02}-{row % 28 + 1:02}"
                line = [row // 3, day, f"C{row * 7919 % 9000}", f"product {row % 400}", row % 5 + 1, row % 900 / 10]
                sheet.write_row(row + 1, 0, line)
    return path


def _moment(salt: int) -> str:
    return _MOMENT.format(salt=salt, seconds=SECONDS)


def _written(path: Path, sql: str) -> Path:
    """Write what a query returns, unless it lies there already; what is half written bears another name."""
    if not path.exists():
        DATA.mkdir(exist_ok=True)
        duckdb.sql(f"COPY ({sql}) TO '{path}.half' (FORMAT csv, HEADER)")
        Path(f"{path}.half").rename(path)
    return path
