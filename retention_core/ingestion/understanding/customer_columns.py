"""Which columns may be the customer, and what would follow from each."""

from dataclasses import dataclass

from retention_core.engines.duckdb_engine import DuckDBEngine
from retention_core.ingestion.understanding.match_columns import named_like
from retention_core.ingestion.understanding.understand import Understanding


@dataclass(frozen=True)
class CustomerColumn:
    """One column that may be the customer. customers: how many there are by it, with_several: of them, with orders on
    several days."""

    header: str
    customers: int
    with_several: int

    @property
    def words(self) -> str:
        """The consequence, in words."""
        share = self.with_several / self.customers if self.customers else 0
        return f"{self.customers:,} customers, {share:.1%} of whom buy on several days"


def customer_columns(engine: DuckDBEngine, understood: Understanding) -> list[CustomerColumn]:
    """Return the columns that may be the customer of orders, the chosen one first; only it where no other may be."""
    if understood.match.table.name != "orders" or "ordered_at" not in understood.readings:
        return []
    chosen, staged = understood.match.headers["customer"], understood.staged
    other = {header for column, header in understood.match.headers.items() if column != "customer"}
    headers = [
        chosen,
        *(name for name in named_like("orders", "customer", staged.header) if name not in {chosen, *other}),
    ]
    day = understood.readings["ordered_at"].expression(staged, understood.match.headers["ordered_at"])
    found = []
    for header in headers if len(headers) > 1 else []:
        row = engine.query(
            f"""SELECT count(*), count(*) FILTER (days > 1) FROM (
            SELECT {staged.text(header)} AS customer, count(DISTINCT ({day})::DATE) AS days
            FROM {understood.records} WHERE customer IS NOT NULL GROUP BY customer)""",
            {"path": str(staged.path)},
        ).iloc[0]
        found.append(CustomerColumn(header, int(row.iloc[0]), int(row.iloc[1])))
    return [each for each in found if each.customers]
