"""The canonical tables: which columns a file can feed, and how each is read."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from retention_core.words.say import Said, counted, sentence

# The scales on which answers are given: highest score -> in words.
SCALES = {5: sentence("1 to 5"), 7: sentence("1 to 7"), 10: sentence("0 to 10"), 100: sentence("0 to 100")}

Kind = Literal["id", "moment", "end", "length", "time", "money", "number", "score", "text", "truth"]


@dataclass(frozen=True)
class Column:
    """One canonical column.

    kind: how its values are read. `id` and `text` stay text, `moment` is a local date and time, `end` a moment
    after that of the row, or the time that passed until then, `length` that time alone, `time` a time of day that
    completes a date standing in another column, `money` and `number` are decimals, `score` is a number on a scale,
    `truth` is yes or no. label: as it stands alone. within: as it stands within a sentence, for those that one names.
    is_segment: whether people may filter and compare by it.
    is_stored: whether it is a column of the canonical table; the others only help to read a file.
    """

    name: str
    kind: Kind
    label: str
    is_required: bool = False
    is_segment: bool = False
    is_stored: bool = True
    within: str = ""


@dataclass(frozen=True)
class Table:
    """One canonical table: its columns and the words for its rows.

    title: its rows as they stand alone. within: as they stand within a sentence. rows: says so many of them. moment: the
    column that places a row in time. key: the column that tells rows apart. repeats: what several records with one key
    are: lines to `add_up` (an invoice), updates of which to `keep_last` (a complaint), or rows of their own
    (`keep_all`).
    """

    name: str
    title: str
    within: str
    rows: Callable[[int], Said]
    moment: str
    key: str
    repeats: Literal["add_up", "keep_last", "keep_all"]
    columns: tuple[Column, ...]

    def column(self, name: str) -> Column:
        """Return the column called `name`."""
        return next(column for column in self.columns if column.name == name)

    def stored(self) -> tuple[Column, ...]:
        """Return the columns that the canonical table keeps."""
        return tuple(column for column in self.columns if column.is_stored)

    def segments(self) -> tuple[Column, ...]:
        """Return the columns that people may filter and compare by."""
        return tuple(column for column in self.columns if column.is_segment)


def _segment(name: str, label: str) -> Column:
    return Column(name, "text", label, is_segment=True)


ORDERS = Table(
    name="orders",
    title=sentence("Orders"),
    within=sentence("orders"),
    rows=lambda n: counted("{n} purchase", "{n} purchases", n),
    moment="ordered_at",
    key="order_id",
    repeats="add_up",
    columns=(
        Column("customer", "id", sentence("Customer"), is_required=True, within=sentence("customer")),
        Column("ordered_at", "moment", sentence("Order date"), is_required=True, within=sentence("order date")),
        Column("ordered_time", "time", sentence("Time of day"), is_stored=False),
        Column("order_id", "id", sentence("Order number"), within=sentence("order number")),
        Column("amount", "money", sentence("Amount"), within=sentence("amount")),
        Column("quantity", "number", sentence("Quantity")),
        Column("unit_price", "money", sentence("Unit price"), is_stored=False),
        Column("refunded_amount", "money", sentence("Refunded amount"), is_stored=False),
        Column("status", "text", sentence("Status of the order"), is_stored=False),
        Column("row_type", "text", sentence("Kind of row"), is_stored=False),
        Column("currency", "text", sentence("Currency"), is_stored=False),
        _segment("channel", sentence("Channel")),
        _segment("employee", sentence("Employee")),
        _segment("product", sentence("Product")),
        _segment("branch", sentence("Branch")),
        _segment("segment", sentence("Segment")),
        _segment("account", sentence("Account")),
    ),
)

COMPLAINTS = Table(
    name="complaints",
    title=sentence("Complaints"),
    within=sentence("complaints"),
    rows=lambda n: counted("{n} complaint", "{n} complaints", n),
    moment="opened_at",
    key="complaint_id",
    repeats="keep_last",
    columns=(
        Column("customer", "id", sentence("Customer"), within=sentence("customer")),
        Column("opened_at", "moment", sentence("Opening date"), is_required=True, within=sentence("opening date")),
        Column("complaint_id", "id", sentence("Complaint number"), within=sentence("complaint number")),
        Column("revision", "number", sentence("Number of the update"), is_stored=False),
        Column("first_response_at", "end", sentence("First response")),
        Column("resolved_at", "end", sentence("Resolved"), within=sentence("resolution")),
        Column("closed_at", "end", sentence("Closed")),
        Column("first_response_after", "length", sentence("Time to first response"), is_stored=False),
        Column("resolved_after", "length", sentence("Time to resolution"), is_stored=False),
        Column("reopened_count", "number", sentence("Times reopened")),
        Column("follow_up_at", "moment", sentence("Follow-up")),
        Column("compensation", "money", sentence("Compensation")),
        _segment("channel", sentence("Channel")),
        _segment("employee", sentence("Employee")),
        _segment("team", sentence("Team")),
        _segment("reason", sentence("Reason")),
        _segment("status", sentence("Status")),
        _segment("severity", sentence("Severity")),
        _segment("branch", sentence("Branch")),
    ),
)

SATISFACTION = Table(
    name="satisfaction",
    title=sentence("Satisfaction"),
    within=sentence("satisfaction"),
    rows=lambda n: counted("{n} answer", "{n} answers", n),
    moment="answered_at",
    key="answer_id",
    repeats="keep_all",
    columns=(
        Column("customer", "id", sentence("Customer"), within=sentence("customer")),
        Column("answered_at", "moment", sentence("Answer date"), is_required=True, within=sentence("answer date")),
        Column("score", "score", sentence("Score"), is_required=True, within=sentence("score")),
        Column("answer_id", "id", sentence("Answer number"), within=sentence("answer number")),
        Column("order_id", "id", sentence("Order number"), within=sentence("order number")),
        Column("complaint_id", "id", sentence("Complaint number"), within=sentence("complaint number")),
        Column("scale", "text", sentence("Scale")),
        Column("comment", "text", sentence("Comment")),
        Column("status", "text", sentence("Status of the answer"), is_stored=False),
        _segment("employee", sentence("Employee")),
        _segment("touchpoint", sentence("Touchpoint")),
        _segment("branch", sentence("Branch")),
    ),
)

CUSTOMERS = Table(
    name="customers",
    title=sentence("Customers"),
    within=sentence("customers"),
    rows=lambda n: counted("{n} customer", "{n} customers", n),
    moment="joined_at",
    key="customer",
    repeats="keep_all",
    columns=(
        Column("customer", "id", sentence("Customer"), is_required=True, within=sentence("customer")),
        Column("other_id", "id", sentence("Other id of the same customer")),
        Column("joined_at", "moment", sentence("Joined")),
        Column("left_at", "moment", sentence("Left")),
        Column("leaving_reason", "text", sentence("Reason for leaving")),
        Column("is_club_member", "truth", sentence("Club member")),
        _segment("segment", sentence("Segment")),
        _segment("account_manager", sentence("Account manager")),
    ),
)

TABLES: dict[str, Table] = {table.name: table for table in (ORDERS, COMPLAINTS, SATISFACTION, CUSTOMERS)}
