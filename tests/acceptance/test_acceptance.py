"""What peers assert in their own tests, and figures that others published, through the doors in adapters.py."""

import json

import pytest

from retention_core.errors import RetentionError
from tests.acceptance.adapters import (
    averages_of,
    claims,
    cohort_counts,
    is_complete,
    retention_table,
    upload,
    waiting_time,
    wilson_of,
)

DECEMBER_2010 = [885, 324, 286, 340, 321, 352, 321, 309, 313, 350, 331, 445]
DECEMBER_2010_WITH_REFUNDS = [948, 362, 317, 367, 341, 376, 360, 336, 336, 374, 354, 474, 260]
JANUARY_2011_WITH_REFUNDS = [421, 101, 119, 102, 138, 126, 110, 108, 131, 146, 155, 63]


def test_retention_tables_are_those_that_peers_assert(acceptance_cases) -> None:
    for case in json.loads((acceptance_cases / "retention_cases.json").read_text())["cases"]:
        told = retention_table(case)
        asserted = set(case["expected"]) - {"rows_asserted", "independently_verified"}
        assert asserted <= set(told), case["id"]
        for key in asserted:
            assert told[key] == case["expected"][key], (case["id"], key)


def test_averages_intervals_and_completeness_are_those_that_peers_assert(acceptance_cases) -> None:
    facts = json.loads((acceptance_cases / "retention_cases.json").read_text())
    for case in facts["average_cases"]:
        assert {key: averages_of(case)[key] for key in case["expected"]} == pytest.approx(case["expected"], abs=5e-6)
    for case in facts["wilson_95"]:
        assert wilson_of(case) == pytest.approx(case["interval"], abs=5e-5)
    # a customer born on the last of July is in column 1 of 30-day windows until 29 September
    assert not is_complete("2020-07-31", "month", 1, "2020-09-28", window_days=30)
    assert is_complete("2020-07-31", "month", 1, "2020-09-29", window_days=30)
    assert not is_complete("2020-07-31", "month", 1, "2020-08-30")
    assert is_complete("2020-07-31", "month", 1, "2020-08-31")


def test_durations_are_those_that_peers_assert(acceptance_cases) -> None:
    compared = 0
    for case in json.loads((acceptance_cases / "response_time_cases.json").read_text())["cases"]:
        answer = waiting_time(case)
        for key in set(answer) & set(case["expected"]):
            assert answer[key] == case["expected"][key], (case["id"], key)
            compared += 1
    assert compared


@pytest.mark.parametrize(
    "file",
    [
        "online_retail/online_retail.xlsx",
        "online_retail/online_retail_latin1_us_dates.csv.zip",
        "persian/online_retail_invoices_fa_jalali.csv",
        "persian/online_retail_invoices_fa_jalali_persian_digits.xlsx",
    ],
)
def test_online_retail_gives_the_published_cohorts_in_every_form(real_data, file) -> None:
    table = cohort_counts(real_data / file)
    assert table[0][:12] == DECEMBER_2010
    assert table[1][:3] == [417, 92, 111]
    assert sum(row[0] for row in table) == 4339


def test_online_retail_gives_the_published_cohorts_with_refunds_counted(real_data) -> None:
    table = cohort_counts(real_data / "persian/online_retail_invoices_fa_jalali.csv", refunds="count")
    assert table[0] == DECEMBER_2010_WITH_REFUNDS
    assert table[1] == JANUARY_2011_WITH_REFUNDS


def test_jalali_months_hold_the_same_customers_in_other_cohorts(real_data) -> None:
    table = cohort_counts(real_data / "persian/online_retail_invoices_fa_jalali.csv", calendar="jalali")
    assert len(table) == 13  # Azar 1389 to Azar 1390
    assert sum(row[0] for row in table) == 4339


def test_lines_without_a_customer_are_reported_and_not_lost(real_data) -> None:
    told = upload(real_data / "online_retail/online_retail_latin1_us_dates.csv.zip")
    assert (told["rows_read"], told["rows_kept"], told["rows_rejected"]) == (541_909, 406_829, 135_080)
    assert told["columns"]["ordered_at"] == "InvoiceDate"
    assert told["questions"] == []


def test_of_the_incidents_the_last_update_counts_and_closing_where_there_is_no_resolution(real_data, engine) -> None:
    from datetime import datetime

    from retention_core.analyses.complaints.response_times import ResponseQuestion, response_times
    from retention_core.ingestion.loading.upload import upload as load_file

    report = load_file(engine, real_data / "incidents/incident_event_log.csv.zip", datetime(2026, 1, 1))
    assert (report.rows_read, report.rows_kept, report.rows_stored) == (141_712, 141_712, 24_918)
    overall = response_times(engine, ResponseQuestion()).overall
    assert (overall["complaints"], overall["answered"] - overall["by_closing"]) == (24_918, 23_362)
    assert (overall["by_closing"], overall["still_open"], overall["closed_apart"]) == (1_556, 0, 0)


def test_olist_customers_return_only_by_their_own_id(real_data, engine) -> None:
    from datetime import datetime

    from retention_core.analyses.customers.return_within import return_within
    from retention_core.analyses.satisfaction.satisfaction_return import ReturnQuestion, satisfaction_return
    from retention_core.filters import Filters
    from retention_core.ingestion.loading.upload import upload as load_file

    at = datetime(2026, 1, 1)
    load_file(engine, real_data / "olist/olist_orders_dataset.csv", at)
    assert return_within(engine, Filters()).repeat_purchase.count == 0
    load_file(engine, real_data / "olist/olist_customers_dataset.csv", at)
    repeat = return_within(engine, Filters()).repeat_purchase
    assert repeat.total == 8016
    assert repeat.count == 73  # 0.91 % of 8,016
    load_file(engine, real_data / "olist/olist_order_reviews_dataset.csv", at)
    scores = satisfaction_return(engine, ReturnQuestion(days=90)).scores
    assert list(scores["label"][:5]) == ["1", "2", "3", "4", "5"]


def test_cdnow_repeat_buying_is_as_published(real_data, engine) -> None:
    from datetime import datetime

    from retention_core.ingestion.loading.upload import upload as load_file

    load_file(engine, real_data / "cdnow/CDNOW_master.txt", datetime(2026, 1, 1))
    row = engine.query(
        "SELECT count(*) AS orders, count(DISTINCT customer_key) AS customers, avg(amount) AS mean, "
        "avg(quantity) AS units, sum(amount) / count(DISTINCT customer_key) AS spent FROM orders"
    ).iloc[0]
    assert (row["orders"], row["customers"]) == (69_659, 23_570)
    assert (row["mean"], row["units"], row["spent"]) == pytest.approx((35.893648, 2.410040, 106.080426), abs=1e-5)


@pytest.mark.parametrize(
    ("file", "told"),
    [
        ("messy/truncated.xlsx", "incomplete"),
        ("messy/census_retail.xls", "No column"),
        ("olist/olist_sellers_dataset.csv", "No column"),
    ],
)
def test_files_that_hold_no_table_of_ours_are_refused_with_a_clear_word(real_data, file, told) -> None:
    with pytest.raises(RetentionError, match=told) as refused:
        upload(real_data / file)
    assert refused.value.advice


def test_the_tenth_of_cdnow_repeats_as_published(real_data, engine) -> None:
    from datetime import date, datetime

    from retention_core.analyses.customers.second_purchase import second_purchase
    from retention_core.filters import Filters
    from retention_core.ingestion.loading.upload import upload as load_file
    from retention_core.ingestion.reading.read_file import read_file
    from retention_core.ingestion.understanding.understand import Choices, understand

    report = load_file(engine, real_data / "cdnow/CDNOW_sample.txt", datetime(2026, 1, 1))
    assert report.rows_kept == 6_919
    published = Filters(as_of=date(1997, 9, 30))
    answer = second_purchase(engine, published)
    assert (answer.customers, answer.came_back) == (2_357, 946)
    days = engine.query(
        "SELECT count(DISTINCT (customer_key, day)) - count(DISTINCT customer_key) AS repeats FROM orders WHERE day <= $day",
        {"day": published.as_of},
    )
    assert days["repeats"].iloc[0] == 2_457
    staged = read_file(real_data / "cdnow/CDNOW_sample.txt", engine.staging)[0]
    assert understand(engine, staged, Choices()).match.headers["ordered_at"] == "column 3"


def test_online_retail_by_rule_b_has_the_published_repeat_share(real_data, engine) -> None:
    from datetime import datetime

    from retention_core.analyses.customers.cohort_question import CohortQuestion
    from retention_core.analyses.customers.cohort_retention import cohort_retention
    from retention_core.analyses.customers.returning_revenue import orders_per_customer
    from retention_core.filters import Filters
    from retention_core.ingestion.loading.upload import upload as load_file

    load_file(engine, real_data / "online_retail/online_retail_latin1_us_dates.csv.zip", datetime(2026, 1, 1))
    rows = orders_per_customer(engine, Filters())
    assert int(rows["customers"].sum()) == 4_339
    assert int(rows.loc[rows["orders"] > 1, "customers"].sum()) == 2_845
    by_hand = engine.query(  # the same question in other SQL, over the orders themselves
        """WITH months AS (SELECT DISTINCT customer_key, year(day) * 12 + month(day) AS m FROM orders WHERE NOT is_refund),
        firsts AS (SELECT customer_key, min(m) AS f FROM months GROUP BY 1)
        SELECT f, m - f AS k, count(*) AS n FROM months JOIN firsts USING (customer_key) GROUP BY 1, 2 ORDER BY 1, 2"""
    )
    cells = cohort_retention(engine, CohortQuestion()).cells
    assert cells[cells["customers"] > 0]["customers"].tolist() == by_hand["n"].tolist()
    money = cohort_retention(engine, CohortQuestion(measure="revenue")).cells
    total = engine.query(
        "SELECT sum(amount) AS total FROM orders WHERE customer_key IN (SELECT customer_key FROM orders WHERE NOT is_refund)"
    )
    before = engine.query(
        """WITH firsts AS (SELECT customer_key, min(day) AS day FROM orders WHERE NOT is_refund GROUP BY 1)
        SELECT coalesce(sum(amount), 0) AS s FROM orders JOIN firsts USING (customer_key)
        WHERE date_trunc('month', orders.day) < date_trunc('month', firsts.day)"""
    )
    assert money["revenue"].sum() == pytest.approx(float(total["total"].iloc[0]) - float(before["s"].iloc[0]))


EVENTS = [
    {
        "kind": "purchase",
        "customer": who,
        "ts": f"2020-06-{day:02}T{hour:02}:00:00+00:00",
        "tag": tag,
        "country": country,
    }
    for who, day, hour, tag, country in [
        ("ann", 10, 9, "tea", "NL"),
        ("ann", 11, 9, "jam", "NL"),
        ("ann", 12, 8, "tea", "NL"),
        ("bob", 10, 20, "jam", "NL"),
        ("bob", 11, 10, "tea", "NL"),
        ("cid", 11, 9, "tea", "DE"),
        ("dan", 11, 9, "jam", "FR"),
    ]
]
DAYS = {"period": "day", "first_cohort": "2020-06-10", "last_period": "2020-06-12", "timezone": "UTC", "columns": 3}


def test_a_start_without_and_a_return_with_a_condition() -> None:
    case = {"events": EVENTS, "settings": DAYS | {"return_rule": "on", "return_filter": {"tag": "tea"}}}
    assert retention_table(case)["counts"] == [[2, 1, 1], [2, 0], [0]]  # of the 10th: bob on the 11th, ann on the 12th


def test_values_beyond_the_limit_stand_together() -> None:
    case = {"events": EVENTS, "settings": DAYS | {"return_rule": "on", "breakdown": "country", "breakdown_limit": 1}}
    tables = retention_table(case)["counts_by_value"]
    assert tables == {"NL": [[2, 2, 1], [0, 0], [0]], "Other": [[0, 0, 0], [2, 0], [0]]}


def test_windows_of_24_hours_beside_calendar_days() -> None:
    expected = {"rows_24h": {"0": [2, 1, 0]}, "rows_calendar_recurring": {"0": [2, 2, 1], "1": [4, 1]}}
    case = {"events": EVENTS, "settings": DAYS | {"return_rule": "on"}, "expected": expected}
    answer = retention_table(case)
    # ann comes after 24 and 47 hours: twice in window 1; bob after 14 hours: window 0
    assert answer["rows_24h"] == {"0": [2, 1, 0]}
    assert answer["rows_calendar_recurring"] == {"0": [2, 2, 1], "1": [4, 1]}


def test_every_page_says_what_it_claims(tmp_path) -> None:
    lines = ["customer,order date,amount"]
    for month in range(1, 25):
        year, of_year = 2023 + (month - 1) // 12, (month - 1) % 12 + 1
        after = f"{year + of_year // 12}-{of_year % 12 + 1:02}-04"
        for number in range(60):
            lines.append(f"c{month}-{number},{year}-{of_year:02}-05,{number + 10}")
            if number < (50 if month > 16 else 20):
                lines.append(f"c{month}-{number},{after},{number + 20}")
    (tmp_path / "orders.csv").write_text("\n".join(lines))
    overview, headline, verdict = claims([tmp_path / "orders.csv"])
    assert [each["page"] for each in (overview, headline, verdict)] == [
        "overview",
        "cohort-retention",
        "cohort-retention",
    ]
    for each in (overview, headline, verdict):
        assert each["claimed"]
        assert each["direction"] == "more"
        assert each["n"] == 360
    assert "30 points" not in headline["sentence"]
    assert "50 points more than those of Jul 2023 to Sep 2023" in headline["sentence"]
