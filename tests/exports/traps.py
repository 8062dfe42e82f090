"""Files that are easily understood wrongly in silence: each must be asked about, warned of, or read rightly."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from tests.exports.by_hand_answers import Change, as_it_is, listed, texts_in
from tests.exports.by_hand_orders import WRITINGS, Row, columns_of, headers, name_of, order_facts, sale_rows, written
from tests.exports.export import Export

_EN = WRITINGS["en"]
_LIST = "Date>ordered_at day | Customer>customer %05d"
_FREE = "Date>ordered_at day | Customer>customer | Order no>order_id | Amount>amount"  # the customer as shown
_ORDERS = f"{_LIST} | Order no>order_id"
_STATEMENT = "Booking date,Value date,Description,Debit,Credit,Balance"
_COUNTED = {"ordered_at": "Date", "customer": "Customer", "quantity": "Qty"}
_PRICES = {"Tea": Decimal("12.50"), "Cup": Decimal("8.90"), "Pot": Decimal("31.00")}


def sold(
    name: str, line: str, show: Change = as_it_is, alter: Change = as_it_is, size: int = 40, **truth: Any
) -> Export:
    """A list of sales; `alter` changes the rows themselves, `rejected` tells rows that cannot be loaded."""
    sales = sale_rows(Random(name), truth.get("writing", _EN), size)
    rows = [row | alter(n, row) for n, row in enumerate(sales)]
    kept = [row for n, row in enumerate(rows) if n not in truth.get("rejected", ())]
    return listed(name, "orders", line, rows, order_facts(kept, headers(columns_of(line))), show, **truth)


def other(name: str, cells: Sequence[Sequence[Any]], asks: str = "") -> Export:
    """A file that is none of the tables: it must be refused, or asked about."""
    return Export(name, f"{name}.csv", written(cells, _EN), "", {}, frozenset(asks.split()))


def walk_in(name: str, word: str, line: str, way: str = "en") -> Export:
    """Sales of which every third names no customer but a word for anybody."""

    def alter(number: int, row: Row) -> dict[str, Any]:
        return {"customer": 0} if number % 3 == 0 else {}

    def show(_number: int, row: Row) -> dict[str, Any]:
        return {"customer": f"{row['customer']:05}" if row["customer"] else word}

    return sold(name, line, show, alter, writing=WRITINGS[way], left_out={"guest": 14})


def dated(name: str, text: Callable[[datetime], str], **truth: Any) -> Export:
    """Sales whose days are written in an uncommon way."""
    return sold(name, f"{_ORDERS} | Amount>amount", lambda _n, row: {"ordered_at": text(row["ordered_at"])}, **truth)


def _priced(number: int, row: Row) -> dict[str, Any]:
    product = list(_PRICES)[number % 3]
    price = _PRICES[product]
    return {"product": product, "unit_price": price, "amount": price * row["quantity"]}


def _signed(number: int, row: Row) -> dict[str, Any]:
    return {"amount": -row["amount"]} if number % 4 == 0 else {}


def _parts(_number: int, row: Row) -> dict[str, Any]:
    net, ship = row["amount"], Decimal("4.90")
    off, tax = (net / 10).quantize(Decimal("0.01")), (net / 5).quantize(Decimal("0.01"))
    return {"xsub": net, "xoff": off, "xtax": tax, "xship": ship, "xgross": net + tax, "amount": net - off + tax + ship}


def _order_total_repeated() -> Export:
    """Ten lines of five orders; each line repeats the total of its order, which counts once."""
    rows = sale_rows(Random("total"), _EN, 10)
    twins = [rows[n - n % 2] | {"customer": 1 + n // 2 % 3} for n in range(10)]
    line = f"{_ORDERS} | Item>product=Tea/Cup | Order total>amount"
    revenue = round(float(sum(row["amount"] for row in twins[::2])), 2)
    facts = order_facts(twins, headers(columns_of(line))) | {"revenue": revenue}
    return listed("order_total_repeated_ten_rows", "orders", line, twins, facts)


def _subtotals() -> Export:
    """A report by customer with a subtotal under each: the rows without a day are no orders."""
    rows = sorted(sale_rows(Random("report"), _EN, 36), key=lambda row: row["customer"])
    cells: list[list[Any]] = [["Customer", "Date", "Amount"]]
    for customer in sorted({row["customer"] for row in rows}):
        own = [row for row in rows if row["customer"] == customer]
        cells += [[f"C{customer:03}", row["ordered_at"].date().isoformat(), f"{row['amount']:.2f}"] for row in own]
        cells.append([f"Subtotal C{customer:03}", "", f"{sum(row['amount'] for row in own):.2f}"])
    cells.append(["Grand total", "", f"{sum(row['amount'] for row in rows):.2f}"])
    told = {"customer": "Customer", "ordered_at": "Date", "amount": "Amount"}
    return Export(
        "report_with_subtotals", "report.csv", written(cells, _EN), "orders", told, facts=order_facts(rows, told)
    )


def _deals() -> Export:
    stages = ("Won", "Lost*lost", "Won", "Negotiation*open")
    line = "Deal>order_id | Account>customer A%04d | Close date>ordered_at day | Stage>status | Deal value>amount"
    return sold("deals_lost_and_open", line, lambda n, _row: {"status": stages[n % 4]})


def _nowhere() -> tuple[Export, ...]:
    """Files that are none of the tables, or nobody can tell which."""
    rng = Random("none")
    days = [date(2024, 3, 4) + timedelta(days=7 * n + rng.randrange(5)) for n in range(40)]
    later = [day + timedelta(days=rng.randrange(2, 90)) for day in days]
    who = [f"c{rng.randrange(1, 16):03}" for _ in days]

    def file(name: str, header: str, row: Callable[[int], Sequence[Any]], asks: str = "") -> Export:
        return other(name, [header.split(","), *map(row, range(40))], asks)

    count = rng.randrange
    return (
        file("customer_and_date_only", "Customer,Date", lambda n: (who[n], days[n]), "table"),
        file("name_and_two_dates", "Name,Start,End", lambda n: (name_of(n * n % 17, _EN), days[n], later[n]), "table"),
        file("email_and_end_date", "Email,End Date", lambda n: (f"{who[n]}@mail.example", later[n]), "table"),
        file("product_ratings", "Product,Reviewed on,Rating", lambda n: (f"Tea {n % 4}", days[n], count(1, 6))),
        file("bank_statement", _STATEMENT, lambda n: (days[n], days[n], "Transfer", *_sides(n), count(9000))),
        file(
            "monthly_summary",
            "Month,Orders,Customers,Revenue",
            lambda n: (_month(n), 90 + n, 60 + n, count(9999)),
        ),
        file("pivot_by_month", "Customer,Jan,Feb,Mar,Total", lambda n: (f"C{n:03}", n, 2 * n, 9, 3 * n + 9)),
        file("stock_list", "Article no,Name,In stock,Last counted", lambda n: (n, f"Tea {n}", count(90), days[n])),
        file("staff_hours", "Employee,Date,Hours worked", lambda n: (name_of(n % 5, _EN), days[n], count(4, 9))),
    )


def _sides(number: int) -> tuple[str, str]:
    return ("", f"{number * 31}.20") if number % 4 == 0 else (f"{number * 17}.90", "")


def _month(number: int) -> str:
    return f"{2022 + number // 12}-{number % 12 + 1:02}-01"


def _churn_table() -> Export:
    """One row per customer without any day, as for training a model: at best a list of customers."""
    rng = Random("churn")
    cells = [[f"C{n:04}", 20 + n % 50, rng.choice("MF"), rng.randrange(60), rng.choice("01")] for n in range(50)]
    header, asks = ["customer_id", "age", "gender", "tenure", "churn"], frozenset({"table"})
    content = written([header, *cells], _EN)
    return Export(
        "churn_table", "churn.csv", content, "customers", {"customer": header[0]}, asks, facts={"customers": 50}
    )


def _days() -> tuple[Export, ...]:
    """Sales whose days are written in uncommon ways, or in ways that can be read twice."""
    unsure: dict[str, Any] = {"asks": "ordered_at", "unknown": "first_day last_day"}
    return (
        dated("day_mon_d_yy", lambda day: day.strftime("%b-%d-%y")),
        dated("day_d_mon_yyyy", lambda day: day.strftime("%d-%b-%Y")),
        dated("day_without_marks", lambda day: day.strftime("%Y%m%d")),
        dated("day_two_digit_year", lambda day: day.strftime("%d.%m.%y")),
        dated("day_serial_of_excel", lambda day: str((day.date() - date(1899, 12, 30)).days)),
        dated("day_of_an_era", lambda day: f"令和{day.year - 2018}年{day.month}月{day.day}日"),
        dated("day_in_two_forms", lambda day: day.strftime("%d.%m.%Y" if day.day > 12 else "%Y-%m-%d")),
        dated("offset_to_another_day", lambda day: day.strftime("%Y-%m-%dT23:%M:00-05:00")),
        dated("weeks_only", lambda day: day.strftime("%G-W%V"), **unsure),
        dated("day_and_month_mixed", lambda day: day.strftime("%d/%m/%Y" if day.minute % 2 else "%m/%d/%Y"), **unsure),
        dated("day_or_month", lambda day: day.strftime("%d/%m/%Y"), alter=_early, **unsure),
    )


def _early(_number: int, row: Row) -> dict[str, Any]:
    """A day up to the 12th, so that it could be a month."""
    return {"ordered_at": row["ordered_at"].replace(day=(row["ordered_at"].day - 1) % 12 + 1)}


def _refunded(number: int, row: Row) -> dict[str, Any]:
    return {"refunded_amount": row["amount"] if number % 8 == 0 else Decimal(0)}


def _credited(_number: int, row: Row) -> dict[str, Any]:
    return {"amount": f"{abs(row['amount']):.2f} {'CR' if row['amount'] < 0 else 'DR'}"}


def _sign(form: str, row: Row) -> str:
    return form.format(f"{-row['amount']:.2f}") if row["amount"] < 0 else f"{row['amount']:.2f}"


def _person(_number: int, row: Row) -> dict[str, Any]:
    number = row["customer"]
    return {"xage": 20 + 3 * number, "xgender": "MF"[number % 2], "xstatus": ("single", "married")[number % 3 % 2]}


def _day_apart(_number: int, row: Row) -> dict[str, Any]:
    day = row["ordered_at"]
    return {"xyear": day.year, "xmonth": day.month, "xday": day.day}


_SUMS = f"{_ORDERS} | Amount>amount"
_UNSURE: dict[str, Any] = {"asks": "amount", "unknown": "revenue"}
_EITHER: dict[str, Any] = {"asks": "amount unit_price", "unknown": "revenue", "told": _COUNTED}
_SHARES = "Subtotal>xsub | Discount>xoff | Tax>xtax | Shipping>xship | Total>amount"
_ITEMS = f"{_LIST} | Item>product | Qty>quantity"
# Sales whose money can be read wrongly.
_AMOUNTS: tuple[Export, ...] = (
    sold("amount_in_parts", f"{_ORDERS} | {_SHARES}", alter=_parts),
    sold("net_and_gross", f"{_ORDERS} | Net>xsub | VAT>xtax | Gross>xgross", alter=_parts, **_UNSURE),
    sold("price_of_the_line", f"{_ITEMS} | Price>amount", alter=_priced),
    sold("price_of_one_unit", f"{_ITEMS} | Price>unit_price", alter=_priced),
    sold("price_of_either", f"{_LIST} | Qty>quantity | Price>amount", **_EITHER),
    sold("several_currencies", f"{_SUMS} | Currency>currency=EUR/USD/GBP", asks="currency", unknown="revenue"),
    sold("credit_and_debit", _SUMS, _credited, _signed, **_UNSURE),
    sold("minus_behind", _SUMS, lambda _n, row: {"amount": _sign("{}-", row)}, _signed),
    sold("brackets_for_minus", _SUMS, lambda _n, row: {"amount": _sign("({})", row)}, _signed),
    sold("three_digits_behind_a_dot", _SUMS, lambda n, _row: {"amount": f"{n % 9 + 1}.{n * 137 % 1000:03}"}, **_UNSURE),
    sold("amount_of_1e14", _SUMS, alter=lambda n, _row: {"amount": Decimal(10**14)} if n == 5 else {}),
    sold(
        "amounts_beyond_reason",
        _SUMS,
        texts_in("amount", "1e30", "1E400"),
        asks="amount",
        unknown="orders revenue customers",
    ),
    sold(
        "amounts_that_are_errors",
        _SUMS,
        texts_in("amount", "#DIV/0!", "infinity", "NaN"),
        rejected=(4, 5, 6),
        unknown="orders customers first_day last_day",
    ),
    sold("amount_twice", f"{_SUMS} | Amount>xsub", alter=lambda n, row: {"xsub": row["amount"] / 2}, **_UNSURE),
    sold("refunded_beside_amount", f"{_SUMS} | Refunded>refunded_amount", alter=_refunded, unknown="revenue"),
    _order_total_repeated(),
)

_INVOICE = "No>order_id | Invoice date>ordered_at day | Client>customer | Due>xdue day | Paid on>xpaid day | Sum>amount"
_PERSON = "Name>person name | Customer no>customer %05d | E-mail>person c%03d@mail.example"
_ABOUT = "Age>xage | Gender>xgender | Status>xstatus"
_APART = "Year>xyear | Month>xmonth | Day>xday | Customer>customer %05d | Order no>order_id | Amount>amount"
_GERMAN = "Datum>ordered_at day | Kunde>customer | Beleg>order_id | Betrag>amount"
_PERSIAN = "تاریخ>ordered_at day | مشتری>customer | فاکتور>order_id | مبلغ>amount"
_SPACES = ("", " ", "\u200b", "\u00a0")
# Sales with columns that look like others, and ids that are not what they seem.
_COLUMNS: tuple[Export, ...] = (
    walk_in("walk_in_customer", "Walk-in customer", _FREE),
    walk_in("walk_in_guest", "Guest", _FREE),
    walk_in("walk_in_barverkauf", "Barverkauf", _GERMAN, "de"),
    walk_in("walk_in_gozari", "مشتری گذری", _PERSIAN, "fa"),
    sold(
        "test_orders",
        _FREE,
        lambda _n, row: {"customer": f"{row['customer']:05}" if row["customer"] else "TEST"},
        lambda n, _row: {"customer": 0} if n % 10 == 3 else {},
        left_out={"test": 4},
    ),
    sold("days_beyond_time", _FREE, texts_in("ordered_at", "epoch", "infinity", "now"), rejected=(4, 5, 6)),
    sold("ids_with_hidden_spaces", _FREE, lambda n, row: {"customer": f"K{row['customer']:04}{_SPACES[n % 4]}"}),
    sold(
        "ids_as_exponents",
        _FREE,
        lambda _n, row: {"customer": f"{1 + row['customer'] / 10:.1f}E+04"},
        asks="customer",
        unknown="customers",
    ),
    sold("id_with_few_values", f"ID>=1/2/3 | {_ORDERS} | Amount>amount"),
    sold("name_number_and_mail", f"{_ORDERS.partition(' | ')[0]} | {_PERSON} | Amount>amount"),
    sold(
        "age_gender_status",
        f"Customer>customer %05d | {_ABOUT} | Date>ordered_at day | Amount>amount",
        alter=_person,
    ),
    sold("adviser_of_the_customer", f"{_LIST} | Customer adviser>employee=Mia/Tom | Amount>amount"),
    sold(
        "invoice_due_and_paid",
        _INVOICE,
        alter=lambda _n, row: {
            "xdue": row["ordered_at"] + timedelta(days=30),
            "xpaid": row["ordered_at"] + timedelta(days=21),
        },
    ),
    sold("year_month_day_apart", _APART, alter=_day_apart, asks="ordered_at"),
    sold(
        "header_in_row_four",
        f"{_ORDERS} | Amount>amount",
        writing=replace(_EN, title=("Sales", "Printed 1 March"), total="Total"),
    ),
    sold(
        "text_in_a_workbook",
        f"{_ORDERS} | Amount>amount",
        writing=replace(_EN, separator="xlsx", real=False, day="%d/%m/%Y"),
    ),
    sold("ten_orders", f"{_ORDERS} | Amount>amount", size=10),
    _deals(),
    _subtotals(),
)

EXPORTS: tuple[Export, ...] = (*_nowhere(), _churn_table(), *_days(), *_AMOUNTS, *_COLUMNS)
