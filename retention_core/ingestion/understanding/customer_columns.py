"""Which columns may be the customer, and what would follow from each."""

from dataclasses import dataclass

from retention_core.engines.duckdb_engine import DuckDBEngine
from retention_core.ingestion.understanding.evidence import Sample, are_e_mails, may_name_customers
from retention_core.ingestion.understanding.match_columns import named_like
from retention_core.ingestion.understanding.understand import Understanding
from retention_core.words.numbers import percent
from retention_core.words.say import counted


@dataclass(frozen=True)
class CustomerColumn:
    """One column that may be the customer. customers: how many there are by it, with_several: of them, with rows on
    several days."""

    header: str
    customers: int
    with_several: int

    @property
    def words(self) -> str:
        """The consequence, in words."""
        share = self.with_several / self.customers if self.customers else 0
        return counted(
            "{n} customer, {share} of whom come on several days",
            "{n} customers, {share} of whom come on several days",
            self.customers,
            share=percent(share, 1),
        )


def customer_columns(engine: DuckDBEngine, understood: Understanding, sample: Sample) -> list[CustomerColumn]:
    """Return the columns that may be the customer, the chosen one first; only it where no other may be.

    Those are the columns named like one whose values may be customers, and other columns of e-mail addresses.
    """
    match, staged = understood.match, understood.staged
    moment = match.table.moment
    if "customer" not in match.headers or moment not in understood.readings or match.table.name == "customers":
        return []
    chosen = match.headers["customer"]
    other = {header for column, header in match.headers.items() if column != "customer"}
    named = named_like(match.table.name, "customer", staged.header)
    mails = [header for header in staged.header if header not in named and are_e_mails(sample[header])]
    headers = [
        chosen,
        *(each for each in (*named, *mails) if each not in {chosen, *other} and may_name_customers(sample[each])),
    ]
    day = understood.readings[moment].expression(staged, match.headers[moment])
    found = []
    for header in headers if len(headers) > 1 else []:
        row = engine.query(
            f"""SELECT count(*), count(*) FILTER (days > 1) FROM (
            SELECT {staged.text(header)} AS customer, count(DISTINCT ({day})::DATE) AS days
            FROM {understood.records} WHERE customer IS NOT NULL GROUP BY customer)""",
            understood.values,
        ).iloc[0]
        found.append(CustomerColumn(header, int(row.iloc[0]), int(row.iloc[1])))
    return [each for each in found if each.customers]
