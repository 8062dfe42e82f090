# ruff: noqa: E501  (rows of files stand on one line each)
"""A small file of every kind that people bring, each with its right reading."""

import gzip
import zipfile
from dataclasses import dataclass, field
from datetime import date, datetime

import pandas as pd
import pytest

from retention_core.errors import ColumnMissing, QuestionOpen
from retention_core.ingestion.checking.check_rows import findings
from retention_core.ingestion.loading.load import load, undo
from retention_core.ingestion.loading.rejects import rejected_rows
from retention_core.ingestion.loading.templates import LANGUAGES, template
from retention_core.ingestion.loading.upload import best_sheet, understand_file
from retention_core.ingestion.reading.read_file import read_file
from retention_core.ingestion.understanding.understand import Choices, understand
from retention_core.tables import TABLES
from tests.core.ingestion.files import csv_file, workbook

AT = datetime(2027, 5, 1, 12)


@dataclass(frozen=True)
class Kind:
    """One file. text: its content. table, headers: what it is matched to. query, rows: what must be stored.

    answers: what a person says where a question is asked. asked: words of the question.
    """

    name: str
    text: str
    table: str
    headers: dict[str, str]
    query: str
    rows: list[list[object]]
    answers: dict[str, str] = field(default_factory=dict)
    asked: str = ""


ORDERS = "SELECT customer, ordered_at::VARCHAR, amount::DOUBLE FROM orders JOIN customer_ids USING (customer_key) ORDER BY 2, 1"
WAITS = "SELECT complaint_id, opened_at::VARCHAR, first_response_at::VARCHAR, resolved_at::VARCHAR FROM complaints ORDER BY 1"
SCORES = "SELECT customer, score::DOUBLE FROM satisfaction JOIN customer_ids USING (customer_key) ORDER BY 1"

KINDS = [
    Kind(
        "shopify",
        "Name,Email,Financial Status,Total,Created at,Lineitem quantity,Lineitem name,Lineitem price,Refunded Amount\n"
        "#1002,Bo@x.io,paid,30.00,2026-01-09 23:30:00 -0500,1,Mug,10.00,0.00\n#1002,Bo@x.io,,,,2,Tea,10.00,\n"
        "#1001,ann@x.io,partially_refunded,50.00,2026-01-05 10:00:00 -0500,1,Pot,50.00,20.00\n",
        "orders",
        {
            "order_id": "Name",
            "customer": "Email",
            "ordered_at": "Created at",
            "amount": "Total",
            "status": "Financial Status",
        },
        ORDERS,
        [["ann@x.io", "2026-01-05 10:00:00", 30.0], ["bo@x.io", "2026-01-09 23:30:00", 30.0]],
    ),
    Kind(
        "woocommerce",
        "Order ID,Order Date,Order Status,Customer Email,Order Total\n11,2026-01-05 10:00,wc-completed,a@x.io,5.00\n"
        "12,2026-01-06 11:00,wc-completed,b@x.io,7.50\n",
        "orders",
        {"order_id": "Order ID", "ordered_at": "Order Date", "customer": "Customer Email", "amount": "Order Total"},
        ORDERS,
        [["a@x.io", "2026-01-05 10:00:00", 5.0], ["b@x.io", "2026-01-06 11:00:00", 7.5]],
    ),
    Kind(
        "square",
        "Date,Time,Gross Sales,Transaction ID,Customer ID,Location\n2026-01-05,10:00:00,$5.00,T1,C1,Main\n"
        "2026-01-06,16:20:00,($7.50),T2,C1,Main\n",
        "orders",
        {"ordered_at": "Date", "ordered_time": "Time", "order_id": "Transaction ID", "amount": "Gross Sales"},
        ORDERS,
        [["C1", "2026-01-05 10:00:00", 5.0], ["C1", "2026-01-06 16:20:00", -7.5]],
    ),
    Kind(
        "stripe",
        "id,Created (UTC),Amount,Amount Refunded,Currency,Customer ID,Status\n"
        "ch_1,2026-01-05 10:00:00,20.00,0.00,eur,cus_1,Paid\nch_2,2026-01-06 11:00:00,7.50,7.50,eur,cus_2,Refunded\n",
        "orders",
        {
            "ordered_at": "Created (UTC)",
            "amount": "Amount",
            "refunded_amount": "Amount Refunded",
            "customer": "Customer ID",
        },
        "SELECT customer, amount::DOUBLE, is_refund FROM orders JOIN customer_ids USING (customer_key) ORDER BY 1",
        [["cus_1", 20.0, False], ["cus_2", 0.0, True]],
    ),
    Kind(
        "magento",
        "ID,Purchase Point,Purchase Date,Customer Email,Grand Total (Base),Status\n"
        '000001,Main,"Jan 5, 2026 1:00:00 PM",a@x.io,$5.00,Complete\n000002,Main,"Jan 6, 2026 11:00:00 AM",b@x.io,$7.50,Complete\n',
        "orders",
        {"ordered_at": "Purchase Date", "customer": "Customer Email", "amount": "Grand Total (Base)"},
        ORDERS,
        [["a@x.io", "2026-01-05 13:00:00", 5.0], ["b@x.io", "2026-01-06 11:00:00", 7.5]],
    ),
    Kind(
        "persian_till",
        "شماره فاکتور,تاریخ صدور,کد مشتری,نام مشتری,مبلغ فاکتور (ریال),صندوقدار,شعبه\n"
        "۱۰۰۱,۱۴۰۴/۰۱/۱۵-۱۷:۴۱:۰۷,۰۰۷,سارا,۱٬۲۰۰٬۰۰۰,رضا,ونک\n۱۰۰۲,۱۴۰۴/۱۱/۲۸-۰۹:۰۰:۰۰,۰۰۸,امید,۵۰۰٬۰۰۰,رضا,ونک\n",
        "orders",
        {
            "order_id": "شماره فاکتور",
            "ordered_at": "تاریخ صدور",
            "customer": "کد مشتری",
            "amount": "مبلغ فاکتور (ریال)",
            "employee": "صندوقدار",
            "branch": "شعبه",
        },
        ORDERS,
        [["007", "2025-04-04 17:41:07", 1200000.0], ["008", "2026-02-17 09:00:00", 500000.0]],
    ),
    Kind(
        "jalali_month_names",
        "مشتری,تاریخ,مبلغ (تومان)\nالف,شنبه ۳۰ مهر ۱۴۰۱,۱۲٫۵\nب,۱ آبان ۱۴۰۱,۳\n",
        "orders",
        {"customer": "مشتری", "ordered_at": "تاریخ", "amount": "مبلغ (تومان)"},
        ORDERS,
        [["الف", "2022-10-22 00:00:00", 12.5], ["ب", "2022-10-23 00:00:00", 3.0]],
    ),
    Kind(
        "rial_or_toman_is_asked_but_not_waited_for",
        "مشتری,تاریخ,مبلغ\n1,1404/01/01,100\n2,1404/01/02,200\n",
        "orders",
        {"customer": "مشتری", "ordered_at": "تاریخ", "amount": "مبلغ"},
        ORDERS,
        [["1", "2025-03-21 00:00:00", 100.0], ["2", "2025-03-22 00:00:00", 200.0]],
        asked="rials or tomans",
    ),
    Kind(
        "german_excel_csv",
        "Kundennummer;Bestelldatum;Betrag\n0042;05.01.2026;1.234,50 €\n0043;31.01.2026;5,00 €\n",
        "orders",
        {"customer": "Kundennummer", "ordered_at": "Bestelldatum", "amount": "Betrag"},
        ORDERS,
        [["0042", "2026-01-05 00:00:00", 1234.5], ["0043", "2026-01-31 00:00:00", 5.0]],
    ),
    Kind(
        "german_month_names",
        "Kunde;Datum;Betrag\nA;3. März 2026;1,50\nB;14. Dez. 2026;2,50\n",
        "orders",
        {"customer": "Kunde", "ordered_at": "Datum", "amount": "Betrag"},
        ORDERS,
        [["A", "2026-03-03 00:00:00", 1.5], ["B", "2026-12-14 00:00:00", 2.5]],
    ),
    Kind(
        "french_weekdays",
        "client;date de commande;montant\nA;mar. 3 mars 2026;1,50\nB;lundi 1 juin 2026;2,50\n",
        "orders",
        {"customer": "client", "ordered_at": "date de commande", "amount": "montant"},
        ORDERS,
        [["A", "2026-03-03 00:00:00", 1.5], ["B", "2026-06-01 00:00:00", 2.5]],
    ),
    Kind(
        "american_twelve_hours",
        "customer,order date,amount\nA,Mon 01/05/2026 12:05 am,1\nB,Sat 01/31/2026 1:05 p.m.,2\n",
        "orders",
        {"customer": "customer", "ordered_at": "order date", "amount": "amount"},
        ORDERS,
        [["A", "2026-01-05 00:05:00", 1.0], ["B", "2026-01-31 13:05:00", 2.0]],
    ),
    Kind(
        "excel_day_numbers",
        "customer,order date,amount\nA,46027,1\nB,46028.5,2\n",
        "orders",
        {"customer": "customer", "ordered_at": "order date"},
        ORDERS,
        [["A", "2026-01-05 00:00:00", 1.0], ["B", "2026-01-06 12:00:00", 2.0]],
    ),
    Kind(
        "epoch_seconds",
        "customer,order date,amount\nA,1767571200,1\nB,1767657600,2\n",
        "orders",
        {"customer": "customer", "ordered_at": "order date"},
        ORDERS,
        [["A", "2026-01-05 00:00:00", 1.0], ["B", "2026-01-06 00:00:00", 2.0]],
    ),
    Kind(
        "epoch_milliseconds",
        "customer,order date,amount\nA,1767571200000,1\nB,1767657600000,2\n",
        "orders",
        {"customer": "customer", "ordered_at": "order date"},
        ORDERS,
        [["A", "2026-01-05 00:00:00", 1.0], ["B", "2026-01-06 00:00:00", 2.0]],
    ),
    Kind(
        "day_or_month_first_is_asked",
        "customer,order date,amount\nA,05/01/2026,1\nB,06/02/2026,2\n",
        "orders",
        {"customer": "customer", "ordered_at": "order date"},
        ORDERS,
        [["A", "2026-01-05 00:00:00", 1.0], ["B", "2026-02-06 00:00:00", 2.0]],
        answers={"ordered_at": "day_first"},
        asked="05/01/2026",
    ),
    Kind(
        "no_header",
        " 00004 19970101  2   29.33\n 00004 19970118  2   29.73\n 00021 19970101  3   63.34\n",
        "orders",
        {"customer": "column 1", "ordered_at": "column 2", "quantity": "column 3", "amount": "column 4"},
        ORDERS,
        [
            ["00004", "1997-01-01 00:00:00", 29.33],
            ["00021", "1997-01-01 00:00:00", 63.34],
            ["00004", "1997-01-18 00:00:00", 29.73],
        ],
    ),
    Kind(
        "title_footnote_and_totals",
        "Sales report\n\ncustomer,order date,amount,shop\nA,2026-01-05,1,x\nB,2026-01-06,2,x\nTotal,,3,\ncustomer,order date,amount,shop\n"
        "Printed on Monday,,,\n",
        "orders",
        {"customer": "customer", "ordered_at": "order date", "amount": "amount"},
        "SELECT row_number, coalesce(try_cast(reason AS JSON)->>'$.said', reason) FROM rejected_rows ORDER BY 1",
        [[6, "a total of other rows"], [7, "the header again"], [8, "a note, not a row of the table"]],
    ),
    Kind(
        "zendesk_lengths",
        "Ticket ID,Requester email,Created at,First reply time (hours),Full resolution time (hours),Status\n"
        "1,a@x.io,2026-01-05 10:00,1.5,26,Solved\n2,b@x.io,2026-01-06 10:00,2,,Open\n",
        "complaints",
        {
            "complaint_id": "Ticket ID",
            "customer": "Requester email",
            "opened_at": "Created at",
            "first_response_at": "First reply time (hours)",
            "resolved_at": "Full resolution time (hours)",
        },
        WAITS,
        [
            ["1", "2026-01-05 10:00:00", "2026-01-05 11:30:00", "2026-01-06 12:00:00"],
            ["2", "2026-01-06 10:00:00", "2026-01-06 12:00:00", None],
        ],
    ),
    Kind(
        "freshdesk_clocks",
        "Ticket ID,Created time,Initial response time,Resolution time,Agent\n1,2026-01-05 10:00:00,0:30:00,26:15:00,Jo\n"
        "2,2026-01-06 10:00:00,1:00:00,2:00:00,Jo\n",
        "complaints",
        {"opened_at": "Created time", "first_response_at": "Initial response time", "resolved_at": "Resolution time"},
        WAITS,
        [
            ["1", "2026-01-05 10:00:00", "2026-01-05 10:30:00", "2026-01-06 12:15:00"],
            ["2", "2026-01-06 10:00:00", "2026-01-06 11:00:00", "2026-01-06 12:00:00"],
        ],
    ),
    Kind(
        "lengths_without_a_unit_are_asked",
        "ticket,created at,resolution time\n1,2026-01-05,90\n2,2026-01-06,1440\n",
        "complaints",
        {"opened_at": "created at", "resolved_at": "resolution time"},
        WAITS,
        [
            ["1", "2026-01-05 00:00:00", None, "2026-01-05 01:30:00"],
            ["2", "2026-01-06 00:00:00", None, "2026-01-07 00:00:00"],
        ],
        answers={"resolved_at": "minutes_passed"},
        asked="Which|unit",
    ),
    Kind(
        "event_log_with_words",
        "ticket id,status,changed at\n1,New,2026-01-05 10:00\n1,Pending,2026-01-05 11:00\n1,Closed,2026-01-06 10:00\n"
        "2,New,2026-01-07 10:00\n2,Closed,2026-01-07 11:00\n2,Reopened,2026-01-08 11:00\n",
        "complaints",
        {"complaint_id": "ticket id", "status": "status", "opened_at": "changed at"},
        WAITS,
        [["1", "2026-01-05 10:00:00", None, "2026-01-06 10:00:00"], ["2", "2026-01-07 10:00:00", None, None]],
    ),
    Kind(
        "event_log_with_codes_is_asked",
        "CaseID,ActivityID,CompleteTimestamp\n1,4,2026-01-05 10:00\n1,6,2026-01-06 10:00\n2,4,2026-01-07 10:00\n2,9,2026-01-08 10:00\n",
        "complaints",
        {"complaint_id": "CaseID", "status": "ActivityID", "opened_at": "CompleteTimestamp"},
        WAITS,
        [["1", "2026-01-05 10:00:00", None, "2026-01-06 10:00:00"], ["2", "2026-01-07 10:00:00", None, None]],
        answers={"resolved_at": "6"},
        asked="resolved",
    ),
    Kind(
        "updates_of_one_incident",
        "number,sys_mod_count,opened_at,resolved_at,caller_id\nI1,0,15/1/2026 10:00,?,c1\nI1,2,15/1/2026 10:00,31/1/2026 12:00,c1\n",
        "complaints",
        {"complaint_id": "number", "revision": "sys_mod_count", "opened_at": "opened_at", "resolved_at": "resolved_at"},
        WAITS,
        [["I1", "2026-01-15 10:00:00", None, "2026-01-31 12:00:00"]],
    ),
    *(
        Kind(
            f"scores_as_{name}",
            f"customer,answered at,rating\nA,2026-01-05,{one}\nB,2026-01-06,{other}\n",
            "satisfaction",
            {"customer": "customer", "answered_at": "answered at", "score": "rating"},
            SCORES,
            [["A", first], ["B", second]],
        )
        for name, one, other, first, second in (
            ("stars", "★★★★☆", "★☆☆☆☆", 4.0, 1.0),
            ("words", "Very satisfied", "Dissatisfied", 5.0, 2.0),
            ("persian_words", "خیلی راضی", "ناراضی", 5.0, 2.0),
            ("fractions", "4/5", "2 / 5", 4.0, 2.0),
            ("percent", "80 %", "100 %", 80.0, 100.0),
            ("named_stars", "4 stars", "1 star", 4.0, 1.0),
            ("one_to_ten", "9", "10", 9.0, 10.0),
        )
    ),
    Kind(
        "delighted",
        "Email,Score,Comment,Survey Type,Created At\na@x.io,9,fine,nps,2026-01-05 10:00:00 UTC\nb@x.io,3,no,nps,2026-01-06 10:00:00 UTC\n",
        "satisfaction",
        {
            "customer": "Email",
            "score": "Score",
            "comment": "Comment",
            "scale": "Survey Type",
            "answered_at": "Created At",
        },
        SCORES,
        [["a@x.io", 9.0], ["b@x.io", 3.0]],
    ),
    Kind(
        "google_forms",
        "Timestamp,Email Address,How satisfied are you?\n2026/01/05 10:00:00,a@x.io,5\n2026/01/31 10:00:00,b@x.io,1\n",
        "satisfaction",
        {"answered_at": "Timestamp", "customer": "Email Address", "score": "How satisfied are you?"},
        SCORES,
        [["a@x.io", 5.0], ["b@x.io", 1.0]],
    ),
    Kind(
        "surveymonkey",
        "Respondent ID,End Date,Email Address,How likely are you to recommend us to a friend?\n114,01/31/2026 10:00:05 AM,a@x.io,10\n"
        "115,02/01/2026 01:00:05 PM,b@x.io,2\n",
        "satisfaction",
        {"answered_at": "End Date", "score": "How likely are you to recommend us to a friend?"},
        "SELECT answered_at::VARCHAR, score::DOUBLE FROM satisfaction ORDER BY 1",
        [["2026-01-31 10:00:05", 10.0], ["2026-02-01 13:00:05", 2.0]],
    ),
    Kind(
        "porsline",
        "شماره پاسخ,تاریخ ثبت,شماره مشتری,میزان رضایت\n1,۱۴۰۴/۱۰/۱۵ ۱۰:۳۰,۱۲,۵\n2,۱۴۰۴/۱۰/۱۶ ۱۱:۳۰,۱۳,۲\n",
        "satisfaction",
        {"answer_id": "شماره پاسخ", "answered_at": "تاریخ ثبت", "customer": "شماره مشتری", "score": "میزان رضایت"},
        SCORES,
        [["12", 5.0], ["13", 2.0]],
    ),
    Kind(
        "hubspot",
        "Ticket ID,Ticket status,Create date,Close date,Associated Contact\n1,Closed,2026-01-05 10:00,2026-01-06 10:00,Ann\n"
        "2,New,2026-01-07 10:00,,Bo\n",
        "complaints",
        {
            "complaint_id": "Ticket ID",
            "status": "Ticket status",
            "opened_at": "Create date",
            "resolved_at": "Close date",
        },
        WAITS,
        [["1", "2026-01-05 10:00:00", None, "2026-01-06 10:00:00"], ["2", "2026-01-07 10:00:00", None, None]],
    ),
    Kind(
        "intercom",
        "Conversation ID,Started at (UTC),First response time (seconds),Last closed (UTC),User email,Assignee\n"
        "1,2026-01-05 10:00:00,90,2026-01-06 10:00:00,a@x.io,Jo\n2,2026-01-05 11:00:00,30,,b@x.io,Jo\n",
        "complaints",
        {
            "complaint_id": "Conversation ID",
            "opened_at": "Started at (UTC)",
            "resolved_at": "Last closed (UTC)",
            "first_response_at": "First response time (seconds)",
            "customer": "User email",
            "employee": "Assignee",
        },
        WAITS,
        [
            ["1", "2026-01-05 10:00:00", "2026-01-05 10:01:30", "2026-01-06 10:00:00"],
            ["2", "2026-01-05 11:00:00", "2026-01-05 11:00:30", None],
        ],
    ),
    Kind(
        "zammad",
        "Ticket Number,Title,Customer,State,Created at,First response at,Close at\n"
        "11001,Hi,a@x.io,closed,2026-01-05 10:00:00 UTC,2026-01-05 11:00:00 UTC,2026-01-06 10:00:00 UTC\n",
        "complaints",
        {
            "complaint_id": "Ticket Number",
            "customer": "Customer",
            "opened_at": "Created at",
            "first_response_at": "First response at",
            "resolved_at": "Close at",
        },
        WAITS,
        [["11001", "2026-01-05 10:00:00", "2026-01-05 11:00:00", "2026-01-06 10:00:00"]],
    ),
    Kind(
        "chatwoot",
        "Conversation ID,Contact Email,Created At,First Reply At,Resolved At,Agent\n5,a@x.io,2026-01-05T10:00:00Z,2026-01-05T10:05:00Z,,Jo\n",
        "complaints",
        {
            "complaint_id": "Conversation ID",
            "customer": "Contact Email",
            "opened_at": "Created At",
            "first_response_at": "First Reply At",
        },
        WAITS,
        [["5", "2026-01-05 10:00:00", "2026-01-05 10:05:00", None]],
    ),
    Kind(
        "scientific_and_trailing_minus",
        "customer,order date,amount\n17850,2026-01-05,1.5E+2\n17851,2026-01-06,12.50-\n",
        "orders",
        {"customer": "customer", "amount": "amount"},
        ORDERS,
        [["17850", "2026-01-05 00:00:00", 150.0], ["17851", "2026-01-06 00:00:00", -12.5]],
    ),
    Kind(
        "swiss_and_dotted_currencies",
        "customer,order date,amount\nA,2026-01-05,CHF 1'234.-\nB,2026-01-06,Fr. 12.50\n",
        "orders",
        {"customer": "customer", "amount": "amount"},
        ORDERS,
        [["A", "2026-01-05 00:00:00", 1234.0], ["B", "2026-01-06 00:00:00", 12.5]],
    ),
]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_it_is_read_rightly_or_the_right_question_is_asked(engine, tmp_path, kind) -> None:
    path = csv_file(tmp_path, kind.text, f"{kind.name}.csv")
    understood = understand_file(engine, path)
    assert understood.match.table.name == kind.table
    assert {name: understood.match.headers.get(name) for name in kind.headers} == kind.headers
    if kind.asked:
        (question,) = [each for each in understood.questions if each.column != "amount_of"]
        assert pd.Series([f"{question.words} {question.examples}"]).str.contains(kind.asked).all()
    else:
        assert understood.open_questions == ()
    if kind.answers:
        with pytest.raises(QuestionOpen):
            load(engine, understood, AT)
        understood = understand(engine, understood.staged, Choices(readings=kind.answers))
    report = load(engine, understood, AT)
    assert report.rows_kept + report.rows_rejected == understood.staged.rows_read
    found = engine.query(kind.query).astype(object)
    assert found.where(found.notna(), None).values.tolist() == kind.rows


def test_cancelled_orders_are_left_out_by_consent_and_listed(engine, tmp_path) -> None:
    text = "order id,order date,customer,status\n1,2026-01-05,A,paid\n2,2026-01-06,A,cancelled\n3,2026-01-07,B,Test\n"
    staged = read_file(csv_file(tmp_path, text), engine.staging)[0]
    before = understand(engine, staged)
    assert [(rule.name, rule.rows) for rule in before.rules] == [("not_bought", 1)]
    report = load(engine, understand(engine, staged, Choices(left_out=("not_bought",))), AT)
    assert report.reasons == {"left out: the order was cancelled or refunded, or never paid": 1}
    assert rejected_rows(engine, report.upload_id)["order id"].tolist() == ["2"]


def test_the_houses_own_people_are_left_out_by_a_text_that_never_becomes_sql(engine, tmp_path) -> None:
    text = "order id,order date,customer\n1,2026-01-05,ann@us.com\n2,2026-01-06,o'neil@us.com\n3,2026-01-07,bo@x.io\n"
    staged = read_file(csv_file(tmp_path, text), engine.staging)[0]
    report = load(engine, understand(engine, staged, Choices(left_out_text="O'Neil@US")), AT)
    assert (report.rows_kept, report.rows_rejected) == (2, 1)


def test_amounts_of_one_workspace_are_in_one_unit(engine, tmp_path) -> None:
    for number, unit in enumerate(("تومان", "ریال")):
        text = f"مشتری,تاریخ,مبلغ ({unit})\n{number},1404/01/01,100\n"
        load(engine, understand_file(engine, csv_file(tmp_path, text, f"{unit}.csv")), AT)
    assert engine.query("SELECT amount::DOUBLE AS a FROM orders ORDER BY 1")["a"].tolist() == [10, 100]


def test_moments_with_an_offset_become_local_time_of_the_workspace(engine, tmp_path) -> None:
    engine.set_setting("time_zone", "Asia/Tehran")
    text = "customer,order date,amount\nA,2026-01-05T21:00:00Z,5.00\n"
    load(engine, understand_file(engine, csv_file(tmp_path, text)), AT)
    assert engine.query("SELECT day::VARCHAR AS day FROM orders")["day"].tolist() == ["2026-01-06"]


@pytest.mark.parametrize("mode", ["update", "replace"])
def test_rows_that_are_updated_or_replaced_come_back_on_undo(engine, tmp_path, mode) -> None:
    first = csv_file(tmp_path, "order id,order date,customer,amount\n1,2026-01-05,A,1\n2,2026-01-06,B,2\n", "one.csv")
    again = csv_file(tmp_path, "order id,order date,customer,amount\n2,2026-01-06,B,20\n3,2026-01-07,C,30\n", "two.csv")
    load(engine, understand_file(engine, first), AT)
    report = load(engine, understand_file(engine, again), AT, mode)
    amounts = engine.query("SELECT amount::INT AS a FROM orders ORDER BY 1")["a"].tolist()
    assert amounts == ([1, 20, 30] if mode == "update" else [20, 30])
    undo(engine, report.upload_id)
    assert engine.query("SELECT amount::INT AS a FROM orders ORDER BY 1")["a"].tolist() == [1, 2]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("table", TABLES)
def test_a_template_maps_without_a_click_and_loads(engine, tmp_path, table, language) -> None:
    path = tmp_path / "template.xlsx"
    path.write_bytes(template(table, language))
    understood = best_sheet(engine, read_file(path, engine.staging))
    assert understood.match.table.name == table
    assert len(understood.match.headers) == len(understood.staged.header)
    assert load(engine, understood, AT).rows_rejected == 0


TABLE = [["customer", "order date", "amount"], ["A", "2026-01-05", "1"], ["Björk", "2026-01-31", "2"]]


@pytest.mark.parametrize("ending", ["csv", "tsv", "txt", "psv", "gz", "zip", "xlsx", "parquet", "jsonl"])
def test_every_format_gives_the_same_table(engine, tmp_path, ending) -> None:
    separator = {"tsv": "\t", "psv": "|", "txt": ";"}.get(ending, ",")
    text = "".join(separator.join(row) + "\r\n" for row in TABLE)
    path = tmp_path / f"orders.{ending}"
    frame = pd.DataFrame(TABLE[1:], columns=TABLE[0])
    if ending == "gz":
        path = tmp_path / "orders.csv.gz"
        path.write_bytes(gzip.compress(text.encode()))
    elif ending == "zip":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("inner/orders.csv", text)
    elif ending == "xlsx":
        workbook(tmp_path, {"A": TABLE})
    elif ending == "parquet":
        frame.to_parquet(path)
    elif ending == "jsonl":
        frame.to_json(path, orient="records", lines=True, force_ascii=False)
    else:
        path.write_text(text, encoding="utf-8")
    load(engine, understand_file(engine, path), AT)
    stored = engine.query(ORDERS).values.tolist()
    assert stored == [["A", "2026-01-05 00:00:00", 1.0], ["Björk", "2026-01-31 00:00:00", 2.0]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1252", "latin-1"])
def test_every_western_encoding_gives_the_same_table(engine, tmp_path, encoding) -> None:
    path = csv_file(tmp_path, "\n".join(",".join(row) for row in TABLE), encoding=encoding)
    load(engine, understand_file(engine, path), AT)
    assert engine.query(ORDERS)["customer"].tolist() == ["A", "Björk"]


def test_arabic_code_page_1256_is_told_from_1252(engine, tmp_path) -> None:
    text = "".join(f"مشترى {number},2026-01-{number:02},1\n" for number in range(1, 29))
    load(
        engine,
        understand_file(engine, csv_file(tmp_path, "customer,order date,amount\n" + text, encoding="windows-1256")),
        AT,
    )
    assert "مشترى 1" in engine.query(ORDERS)["customer"].tolist()


def test_a_file_that_is_no_table_of_ours_says_what_it_lacks(engine, tmp_path) -> None:
    with pytest.raises(ColumnMissing, match="customer"):
        understand_file(engine, csv_file(tmp_path, "order_id,product_id,price\n1,2,3\n"))


MORE = [
    (
        "Customer Code,Customer Name,Date,Amount\nK1,Ann Lee,2025-01-05,10\n",
        {"customer": "Customer Code", "order_id": None},
    ),
    (
        "Bestellnr.;Kundennummer;Name;Bestelldatum;Umsatz brutto (€)\n1;K1;Anna;05.01.2025;1,50\n",
        {"customer": "Kundennummer", "amount": "Umsatz brutto (€)"},
    ),
    (
        "ID,Order date,Customer,Net,VAT,Gross\n1,2025-01-05,A,1.00,0.20,1.20\n",
        {"customer": "Customer", "amount": "Gross"},
    ),
    (
        "Cod. cliente,Nombre cliente,Fecha,Importe\n1,Ana,2025-01-05,1.50\n",
        {"customer": "Cod. cliente", "amount": "Importe"},
    ),
    ("customer,date,Total Price,Shipping,Grand Total\nA,2025-01-05,10,2,12\n", {"amount": "Grand Total"}),
    (
        "Issue key,Reporter,Created,Resolved,Status\nA-1,ann,05/Jan/25 3:15 PM,06/Jan/25 3:15 PM,Done\n",
        {"complaint_id": "Issue key", "opened_at": "Created", "resolved_at": "Resolved"},
    ),
    (
        "Marca temporal,Correo electrónico,¿Qué tan satisfecho está?\n2025/01/05 10:00:00,a@x.io,Muy satisfecho\n",
        {"answered_at": "Marca temporal", "score": "¿Qué tan satisfecho está?"},
    ),
    (
        "Date,Client,Satisfaction\n2025-01-05,A,Très satisfait\n2025-01-06,B,Ni satisfait ni insatisfait\n",
        {"score": "Satisfaction", "customer": "Client"},
    ),
]


@pytest.mark.parametrize(("text", "headers"), MORE, ids=[text.split("\n")[0] for text, _ in MORE])
def test_columns_that_first_users_stumbled_over_are_matched(engine, tmp_path, text, headers) -> None:
    found = understand_file(engine, csv_file(tmp_path, text)).match.headers
    assert {name: found.get(name) for name in headers} == headers


def test_lines_below_merged_cells_belong_to_the_order_above(engine, tmp_path) -> None:
    text = "Receipt,Customer,Date,Item,Amount\n1,A,2025-03-01,x,10\n,,,y,5\n2,B,2025-03-02,z,7\n,,,w,1\n"
    report = load(engine, understand_file(engine, csv_file(tmp_path, text)), AT)
    assert engine.query("SELECT amount::INT AS a, line_count FROM orders ORDER BY 1").values.tolist() == [
        [8, 2],
        [15, 2],
    ]
    assert "further lines of the order above" in report.derived


def test_nested_json_gives_a_column_for_each_value(engine, tmp_path) -> None:
    path = csv_file(
        tmp_path,
        '{"created":"2025-01-05T00:30:00+02:00","customer":{"id":"c1","orders":1},"total":{"amount":10.10}}\n'
        '{"created":"2025-01-06T00:30:00+02:00","customer":{"id":"c1","orders":2},"total":{"amount":5}}\n',
        "orders.jsonl",
    )
    load(engine, understand_file(engine, path), AT)
    assert engine.query(ORDERS).values.tolist() == [
        ["c1", "2025-01-05 00:30:00", 10.1],
        ["c1", "2025-01-06 00:30:00", 5.0],
    ]


def test_what_will_not_be_loaded_is_said_before(engine, tmp_path) -> None:
    text = (
        "customer,order date,amount,currency\nA,2025-01-05,1,EUR\n,2025-01-06,2,EUR\nB,soon,3,JPY\nC,2025-01-07,4,JPY\n"
    )
    understood = understand_file(engine, csv_file(tmp_path, text))
    (asked,) = understood.open_questions
    assert [reading.name for reading in asked.readings] == ["EUR", "JPY", "without_amounts"]
    understood = understand(engine, understood.staged, Choices(readings={"currency": "without_amounts"}))
    found = findings(engine, understood, date(2026, 1, 1))
    assert found[0].found.startswith("2 of 4 rows will not be loaded")
    understood = understand(engine, understood.staged, Choices(readings={"currency": "EUR"}))
    assert load(engine, understood, AT).reasons == {"left out: not in EUR": 2, "no customer": 1}
