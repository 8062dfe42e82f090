"""The canonical tables: which columns a file can feed, and how each is read."""

from dataclasses import dataclass
from typing import Literal

# The scales on which answers are given: highest score -> in words.
SCALES = {5: "1 to 5", 7: "1 to 7", 10: "0 to 10", 100: "0 to 100"}

Kind = Literal["id", "moment", "end", "length", "time", "money", "number", "score", "text", "truth"]


@dataclass(frozen=True)
class Column:
    """One canonical column.

    kind: how its values are read. `id` and `text` stay text, `moment` is a local date and time, `end` a moment
    after that of the row, or the time that passed until then, `length` that time alone, `time` a time of day that
    completes a date standing in another column, `money` and `number` are decimals, `score` is a number on a scale,
    `truth` is yes or no.
    is_segment: whether people may filter and compare by it.
    is_stored: whether it is a column of the canonical table; the others only help to read a file.
    """

    name: str
    kind: Kind
    label: str
    is_required: bool = False
    is_segment: bool = False
    is_stored: bool = True


@dataclass(frozen=True)
class Table:
    """One canonical table: its columns and the words for one row of it.

    moment: the column that places a row in time. key: the column that tells rows apart. repeats: what several
    records with one key are: lines to `add_up` (an invoice), updates of which to `keep_last` (a complaint), or rows
    of their own (`keep_all`).
    """

    name: str
    row: str
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
    row="purchase",
    moment="ordered_at",
    key="order_id",
    repeats="add_up",
    columns=(
        Column("customer", "id", "Customer", is_required=True),
        Column("ordered_at", "moment", "Order date", is_required=True),
        Column("ordered_time", "time", "Time of day", is_stored=False),
        Column("order_id", "id", "Order number"),
        Column("amount", "money", "Amount"),
        Column("quantity", "number", "Quantity"),
        Column("unit_price", "money", "Unit price", is_stored=False),
        Column("refunded_amount", "money", "Refunded amount", is_stored=False),
        Column("status", "text", "Status of the order", is_stored=False),
        Column("row_type", "text", "Kind of row", is_stored=False),
        Column("currency", "text", "Currency", is_stored=False),
        _segment("channel", "Channel"),
        _segment("employee", "Employee"),
        _segment("product", "Product"),
        _segment("branch", "Branch"),
        _segment("segment", "Segment"),
        _segment("account", "Account"),
    ),
)

COMPLAINTS = Table(
    name="complaints",
    row="complaint",
    moment="opened_at",
    key="complaint_id",
    repeats="keep_last",
    columns=(
        Column("customer", "id", "Customer"),
        Column("opened_at", "moment", "Opening date", is_required=True),
        Column("complaint_id", "id", "Complaint number"),
        Column("revision", "number", "Number of the update", is_stored=False),
        Column("first_response_at", "end", "First response"),
        Column("resolved_at", "end", "Resolved"),
        Column("closed_at", "end", "Closed"),
        Column("first_response_after", "length", "Time to first response", is_stored=False),
        Column("resolved_after", "length", "Time to resolution", is_stored=False),
        Column("reopened_count", "number", "Times reopened"),
        Column("follow_up_at", "moment", "Follow-up"),
        Column("compensation", "money", "Compensation"),
        _segment("channel", "Channel"),
        _segment("employee", "Employee"),
        _segment("team", "Team"),
        _segment("reason", "Reason"),
        _segment("status", "Status"),
        _segment("severity", "Severity"),
        _segment("branch", "Branch"),
    ),
)

SATISFACTION = Table(
    name="satisfaction",
    row="answer",
    moment="answered_at",
    key="answer_id",
    repeats="keep_all",
    columns=(
        Column("customer", "id", "Customer"),
        Column("answered_at", "moment", "Answer date", is_required=True),
        Column("score", "score", "Score", is_required=True),
        Column("answer_id", "id", "Answer number"),
        Column("order_id", "id", "Order number"),
        Column("complaint_id", "id", "Complaint number"),
        Column("scale", "text", "Scale"),
        Column("comment", "text", "Comment"),
        Column("status", "text", "Status of the answer", is_stored=False),
        _segment("employee", "Employee"),
        _segment("touchpoint", "Touchpoint"),
        _segment("branch", "Branch"),
    ),
)

CUSTOMERS = Table(
    name="customers",
    row="customer",
    moment="joined_at",
    key="customer",
    repeats="keep_all",
    columns=(
        Column("customer", "id", "Customer", is_required=True),
        Column("other_id", "id", "Other id of the same customer"),
        Column("joined_at", "moment", "Joined"),
        Column("left_at", "moment", "Left"),
        Column("leaving_reason", "text", "Reason for leaving"),
        Column("is_club_member", "truth", "Club member"),
        _segment("segment", "Segment"),
        _segment("account_manager", "Account manager"),
    ),
)

TABLES: dict[str, Table] = {table.name: table for table in (ORDERS, COMPLAINTS, SATISFACTION, CUSTOMERS)}
