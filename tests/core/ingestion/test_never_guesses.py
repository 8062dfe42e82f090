"""What trials found decided in silence, or trapping a person: each is now right, or asked about."""

from datetime import date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retention_core.errors import ColumnMissing, RetentionError
from retention_core.ingestion.checking.check_rows import findings
from retention_core.ingestion.loading.load import load
from retention_core.ingestion.loading.upload import understand_file
from retention_core.ingestion.understanding.understand import Choices, Understanding, understand
from tests.core.ingestion.files import csv_file

AT = datetime(2026, 2, 1)


def seen(engine, tmp_path, text: str, choices: Choices | None = None) -> Understanding:
    understood = understand_file(engine, csv_file(tmp_path, text))
    return understand(engine, understood.staged, choices) if choices else understood


def asked(understood: Understanding) -> list[str]:
    return [question.column for question in understood.open_questions]


def rows(count: int, line: str) -> str:
    """Lines in which {n} counts, {c} is one of seven customers and {d} a day."""
    return "".join(line.format(n=n, c=n % 7, d=date(2026, 1, 1 + n % 28)) + "\n" for n in range(count))


LOG = "case,customer,code,at\n" + "".join(
    f"{n},K{n % 5},10,2026-01-0{1 + n % 5} 08:00\n{n},K{n % 5},{60 + 10 * (n % 2)},2026-01-0{3 + n % 5} 08:00\n"
    for n in range(20)
)


def test_several_codes_of_an_event_log_may_close_and_the_answer_stays(engine, tmp_path) -> None:
    understood = seen(engine, tmp_path, LOG)
    assert asked(understood) == ["resolved_at"]
    answered = understand(engine, understood.staged, Choices(readings={"resolved_at": ["60", "70"]}))
    assert asked(answered) == []
    assert [question.column for question in answered.questions] == ["resolved_at"]  # it can still be changed
    load(engine, answered, AT)
    assert engine.query("SELECT count(resolved_at) AS n FROM complaints")["n"].iloc[0] == 20


def test_one_closing_code_leaves_the_other_open(engine, tmp_path) -> None:
    load(engine, seen(engine, tmp_path, LOG, Choices(readings={"resolved_at": ["60"]})), AT)
    assert engine.query("SELECT count(resolved_at) AS n FROM complaints")["n"].iloc[0] == 10


def test_a_status_that_ends_complaints_though_we_do_not_know_it_is_asked_about(engine, tmp_path) -> None:
    text = "case,customer,status,at\n" + "".join(
        f"{n},K{n % 5},Open,2026-01-01\n{n},K{n % 5},{'Closed' if n % 2 else 'Zurueckgewiesen'},2026-01-05\n"
        for n in range(10)
    )
    assert asked(seen(engine, tmp_path, text)) == ["resolved_at"]


def test_a_file_of_which_no_required_column_is_missing_is_told_what_it_lacks(engine, tmp_path) -> None:
    text = "Ticket ID,Customer Email,Date of Purchase,Ticket Status,First Response Time\n1,a@x.io,2026-01-01,Open,2026-01-02\n"
    understood = seen(engine, tmp_path, text)
    assert understood.match.table.name in ("orders", "complaints")


def test_a_customer_and_a_date_alone_are_asked_about(engine, tmp_path) -> None:
    understood = seen(engine, tmp_path, "customer,date\n" + rows(10, "K{c},{d}"))
    assert asked(understood) == ["table"]
    assert asked(understand(engine, understood.staged, Choices("orders"))) == []


@pytest.mark.parametrize(
    ("header", "line", "table"),
    [
        ("تاریخ,کد مشتری,میزان رضایت شما از خدمات", "{d},K{c},{s}", "satisfaction"),
        ("Datum,Kundennummer,Wie zufrieden sind Sie mit uns?", "{d},K{c},{s}", "satisfaction"),
        ("Дата,Код клиента,Оценка", "{d},K{c},{s}", "satisfaction"),
        ("订单编号,客户编号,下单时间,订单金额", "{n},K{c},{d},5.50", "orders"),
        ("注文番号,顧客番号,注文日,合計金額", "{n},K{c},{d},5.50", "orders"),
    ],
)
def test_a_table_is_known_by_what_only_it_has(engine, tmp_path, header, line, table) -> None:
    text = (
        header
        + "\n"
        + "".join(line.format(n=n, c=n % 7, d=date(2026, 1, 1 + n % 28), s=1 + n % 5) + "\n" for n in range(20))
    )
    understood = seen(engine, tmp_path, text)
    assert (understood.match.table.name, asked(understood)) == (table, [])


def test_an_address_and_an_end_date_make_no_list_of_customers(engine, tmp_path) -> None:
    text = "email,End Date\n" + "".join(f"p{n % 9}@x.io,2026-01-{1 + n % 28:02}\n" for n in range(20))
    understood = seen(engine, tmp_path, text)
    assert asked(understood) == ["table"]


def test_two_dates_and_a_name_make_no_complaints(engine, tmp_path) -> None:
    text = "Name,Start,End\n" + "".join(f"Guest {n % 9},2026-01-{1 + n:02},2026-02-{1 + n:02}\n" for n in range(20))
    try:
        understood = seen(engine, tmp_path, text)
    except ColumnMissing:
        return
    assert understood.open_questions


def test_a_word_in_a_header_makes_no_key_of_a_column_of_four_values(engine, tmp_path) -> None:
    text = "Ticket type,Requester,Created at,Solved at\n" + "".join(
        f"{('Question', 'Problem', 'Task', 'Incident')[n % 4]},p{n % 30}@x.io,2026-01-{1 + n % 20:02},2026-01-{2 + n % 20:02}\n"
        for n in range(60)
    )
    understood = seen(engine, tmp_path, text)
    assert "complaint_id" not in understood.match.headers
    load(engine, understand(engine, understood.staged, Choices("complaints")), AT)
    assert engine.query("SELECT count(*) AS n FROM complaints")["n"].iloc[0] == 60


def test_a_part_of_a_header_makes_no_key_though_nobody_says_whose_the_rows_are(engine, tmp_path) -> None:
    text = "Date received,Issue,Sub-issue,Date sent to company\n" + "".join(
        f"2026-01-{1 + n % 20:02},Billing,Kind {n % 9} of it,2026-01-{2 + n % 20:02}\n" for n in range(60)
    )
    understood = seen(engine, tmp_path, text)
    assert "complaint_id" not in understood.match.headers
    load(engine, understood, AT)
    assert engine.query("SELECT count(*) AS n FROM complaints")["n"].iloc[0] == 60


def test_a_flag_is_no_moment_and_an_assignment_no_answer(engine, tmp_path) -> None:
    text = "Case ID,Customer,Opened,Initially assigned at,Closed\n" + "".join(
        f"{n},K{n % 7},2026-01-{1 + n % 20:02} 10:00,2026-01-{1 + n % 20:02} 10:05,{n % 2}\n" for n in range(20)
    )
    headers = seen(engine, tmp_path, text).match.headers
    assert "Closed" not in headers.values()
    assert headers.get("first_response_at") != "Initially assigned at"


@pytest.mark.parametrize("header", ["Id", "ID", "Check Id", "Deal ID", "Reference", "Nº Factura"])
def test_a_bare_number_is_that_of_the_rows_own_kind(engine, tmp_path, header) -> None:
    understood = seen(engine, tmp_path, f"{header},Customer,Date,Amount\n" + rows(12, "A{n},K{c},{d},5.50"))
    assert understood.match.headers["order_id"] == header


@pytest.mark.parametrize("column", ["Customer age", "Customer gender", "Customer status"])
def test_an_age_a_gender_or_a_status_is_no_customer(engine, tmp_path, column) -> None:
    text = f"{column},Order No,Date,Amount,Shopper\n" + rows(30, "3{c},A{n},{d},5.50,K{n}")
    understood = seen(engine, tmp_path, text)
    assert understood.match.headers.get("customer") != column


def test_a_name_never_goes_before_an_id_or_an_address(engine, tmp_path) -> None:
    text = "Customer name,Customer email,Order No,Date,Amount\n" + rows(12, "Ann {c},p{c}@x.io,A{n},{d},5.50")
    assert seen(engine, tmp_path, text).match.headers["customer"] == "Customer email"


@pytest.mark.parametrize(
    ("amounts", "expected"),
    [
        (["40.00", "12.00", "5.00 CR"], 47.0),
        (["40.00", "12.00", "5.00-"], 47.0),
        (["40.00", "12.00", "(5.00)"], 47.0),
    ],
)
def test_credits_and_marks_behind_an_amount_are_taken_off(engine, tmp_path, amounts, expected) -> None:
    text = "order no,customer,date,amount\n" + "".join(f"{n},K,2026-01-0{n + 1},{a}\n" for n, a in enumerate(amounts))
    load(engine, seen(engine, tmp_path, text), AT)
    assert engine.query("SELECT sum(amount)::DOUBLE AS s FROM orders")["s"].iloc[0] == expected


def test_credit_and_debit_together_are_asked_about(engine, tmp_path) -> None:
    text = "order no,customer,date,amount\n1,K,2026-01-01,40.00 CR\n2,K,2026-01-02,12.00 DR\n3,L,2026-01-03,9.00 CR\n"
    assert asked(seen(engine, tmp_path, text)) == ["amount"]


@pytest.mark.parametrize(("price", "taken"), [("7.50", "unit"), ("{line}", "line")], ids=["of one", "of the line"])
def test_a_price_is_that_of_one_or_of_the_line_as_its_products_say(engine, tmp_path, price, taken) -> None:
    text = "order no,customer,date,product,qty,price\n" + "".join(
        f"{n},K{n % 5},2026-01-{1 + n % 20:02},P{n % 3},{1 + n % 4},{price.format(line=7.5 * (1 + n % 4))}\n"
        for n in range(24)
    )
    understood = seen(engine, tmp_path, text)
    assert (understood.money.price_of, asked(understood)) == (taken, [])
    load(engine, understood, AT)
    total = sum(7.5 * (1 + n % 4) for n in range(24))
    assert engine.query("SELECT sum(amount)::DOUBLE AS s FROM orders")["s"].iloc[0] == total


def test_a_price_of_which_nobody_can_tell_is_asked_about(engine, tmp_path) -> None:
    text = "order no,customer,date,qty,price\n" + "".join(
        f"{n},K{n % 5},2026-01-{1 + n % 20:02},{1 + n % 4},{5 + n}.50\n" for n in range(24)
    )
    assert asked(seen(engine, tmp_path, text)) == ["price_of"]


@pytest.mark.parametrize("column", ["Discount", "Tax", "Shipping fee"])
def test_discounts_and_taxes_are_no_amounts(engine, tmp_path, column) -> None:
    understood = seen(engine, tmp_path, f"Order No,Customer,Date,{column}\n" + rows(12, "A{n},K{c},{d},5.50"))
    assert "amount" not in understood.match.headers


def test_of_several_sums_the_one_that_was_paid_is_taken(engine, tmp_path) -> None:
    text = "Order No,Customer,Date,Amount,Discount,Tax,Net amount\n" + "".join(
        f"A{n},K{n % 5},2026-01-{1 + n:02},{100 + n}.00,5.00,{9 + n}.50,{100 + n - 5 + 9 + n}.50\n" for n in range(12)
    )
    assert seen(engine, tmp_path, text).match.headers["amount"] == "Net amount"


def test_rows_of_nobody_and_of_deals_that_are_not_won_can_be_left_out(engine, tmp_path) -> None:
    text = "Deal,Customer,Close date,Stage,Amount\n" + "".join(
        f"D{n},{'Walk-in customer' if n % 3 == 0 else f'K{n % 8}'},2026-01-{1 + n % 28:02},"
        f"{'Closed Lost' if n % 5 == 0 else 'Won'},{n}.50\n"
        for n in range(30)
    )
    rules = {rule.name: rule.rows for rule in seen(engine, tmp_path, text).rules}
    assert rules == {"nobody": 10, "not_bought": 6}


def test_days_stay_as_the_shop_wrote_them_whatever_the_offset(engine, tmp_path) -> None:
    text = "order no,customer,date,amount\n1,K,2025-01-31 22:40 -0500,5.00\n2,K,2025-02-01 01:10 -0500,5.00\n"
    load(engine, seen(engine, tmp_path, text), AT)
    days = engine.query("SELECT day::VARCHAR AS day FROM orders ORDER BY day")["day"].tolist()
    assert days == ["2025-01-31", "2025-02-01"]


def test_a_wait_over_an_offset_or_the_change_of_the_clock_is_the_time_that_passed(engine, tmp_path) -> None:
    text = (
        "ticket id,customer,opened at,resolved at\n"
        "1,K,2025-11-02T01:50:00-04:00,2025-11-02T01:10:00-05:00\n"  # the clock went back: 20 minutes
        "2,K,2025-11-03T10:00:00-05:00,2025-11-03T16:00:00Z\n"  # 16:00 in UTC is 11:00 here: one hour
    )
    load(engine, seen(engine, tmp_path, text), AT)
    waits = engine.query("SELECT resolved_second - opened_second AS w FROM complaints ORDER BY complaint_id")["w"]
    assert waits.tolist() == [1200, 3600]


def test_year_month_and_day_in_three_columns_are_one_date(engine, tmp_path) -> None:
    text = "Year,Month,Day,Customer,Order No,Amount\n2026,1,31,K,A1,5.00\n2026,2,1,L,A2,6.00\n"
    load(engine, seen(engine, tmp_path, text), AT)
    assert engine.query("SELECT max(day)::VARCHAR AS d FROM orders")["d"].iloc[0] == "2026-02-01"


def test_dates_that_suit_both_orders_in_a_mixed_column_are_asked_about(engine, tmp_path) -> None:
    mixed = ["13/02/2026", "14/02/2026", "02/15/2026", "02/16/2026", "03/04/2026"]
    text = "order no,customer,date,amount\n" + "".join(f"{n},K,{day},5.00\n" for n, day in enumerate(mixed))
    assert asked(seen(engine, tmp_path, text)) == ["ordered_at"]
    clear = text.replace("03/04/2026", "17/02/2026")
    assert asked(understand_file_of(engine, tmp_path, clear)) == []


def understand_file_of(engine, tmp_path, text: str) -> Understanding:
    return understand_file(engine, csv_file(tmp_path, text, "other.csv"))


def test_a_length_stands_in_for_a_moment_that_is_missing(engine, tmp_path) -> None:
    text = (
        "ticket id,customer,created at,first reply at,first reply time in minutes\n"
        "1,K,2026-01-01 10:00,2026-01-01 10:30,30\n2,L,2026-01-02 10:00,,90\n3,M,2026-01-03 10:00,,\n"
    )
    load(engine, seen(engine, tmp_path, text), AT)
    waits = engine.query("SELECT first_response_second - opened_second AS w FROM complaints ORDER BY complaint_id")
    assert waits["w"].astype(object).where(waits["w"].notna(), None).tolist() == [1800, 5400, None]


def test_more_currencies_than_one_are_never_added_up(engine, tmp_path) -> None:
    text = "order no,customer,date,amount\n1,K,2026-01-01,€5.00\n2,K,2026-01-02,$6.00\n3,L,2026-01-03,€7.00\n"
    understood = seen(engine, tmp_path, text)
    assert asked(understood) == ["currency"]
    load(engine, understand(engine, understood.staged, Choices(readings={"currency": "€"})), AT)
    assert engine.query("SELECT sum(amount)::DOUBLE AS s FROM orders")["s"].iloc[0] == 12.0


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Month,Revenue\n" + "".join(f"2025-{n:02},{n}00.50\n" for n in range(1, 13)), "summary by month"),
        ("Date,Description,Debit,Credit,Balance\n2026-01-01,Card,5.00,,95.00\n2026-01-02,Pay,,9.00,104.00\n", "bank"),
        (
            "CustomerID,Churn,Tenure\n" + "".join(f"{50000 + n},{n % 2},{n}\n" for n in range(20)),
            "one row per customer",
        ),
    ],
)
def test_a_refusal_says_what_the_file_looks_like_and_lists_all_headers(engine, tmp_path, text, words) -> None:
    with pytest.raises(ColumnMissing) as refused:
        seen(engine, tmp_path, text)
    assert words in refused.value.found
    assert all(header in refused.value.found for header in text.splitlines()[0].split(","))


def test_answers_of_nobody_are_said_to_feed_no_chart(engine, tmp_path) -> None:
    understood = seen(engine, tmp_path, "Product,Reviewed on,Rating (of 10)\n" + rows(12, "Tea,{d},{c}"))
    said = [each.effect for each in findings(engine, understood, date(2026, 2, 1))]
    assert any("feed no chart" in each for each in said)


NASTY = [
    "1e14",
    "1e30",
    "1E400",
    "-1e308",
    "infinity",
    "-infinity",
    "epoch",
    "nan",
    "+99:99",
    "99999999999:00",
    "#DIV/0!",
]


@pytest.mark.slow
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(NASTY), st.integers(0, 4)), min_size=1, max_size=6))
def test_no_cell_stops_a_file_or_becomes_a_day(engine, tmp_path, cells) -> None:
    lines = [[f"T{n}", f"K{n % 5}", "2026-01-05 10:00", "5.50", "2026-01-06 10:00"] for n in range(12)]
    for place, (value, column) in enumerate(cells):
        lines[place][column] = value
    header = ("order no,customer,order date,amount,delivered", "ticket id,customer,opened at,compensation,resolved at")
    for name, head in zip(("orders", "complaints"), header, strict=True):
        path = csv_file(tmp_path, head + "\n" + "\n".join(",".join(line) for line in lines) + "\n", f"{name}.csv")
        try:
            understood = understand(engine, understand_file(engine, path).staged, Choices(name))
            report = load(engine, understood, AT, "replace")
        except RetentionError:
            continue
        assert report.rows_kept + report.rows_rejected == 12
        days = engine.query(f"SELECT min(day)::VARCHAR AS d FROM {name}")["d"]
        assert days.iloc[0] == "2026-01-05"


@pytest.mark.parametrize(
    ("unit", "meanwhile", "tomans"),
    [
        ("rial", "as rials like those of this workspace", "in tomans, kept in rials"),
        ("toman", "as tomans like those of this workspace", "in tomans"),
    ],
)
def test_until_rial_or_toman_is_said_amounts_count_in_the_unit_of_the_workspace(
    engine, tmp_path, unit, meanwhile, tomans
) -> None:
    engine.set_setting("money_unit", unit)
    path = csv_file(tmp_path, "مشتری,تاریخ,مبلغ\n1,1404/01/01,100\n2,1404/01/02,200\n")
    (question,) = understand_file(engine, path).questions
    assert question.default is not None
    assert question.default.words == f"the amounts count as they are written, {meanwhile}"
    assert question.readings[1].words == tomans
