"""What a workspace holds: only rows in force, counted anew when they change."""

from datetime import date

from retention_core.analyses.complaints.response_times import ResponseQuestion, response_times
from retention_core.analyses.customers.cohort_question import CohortQuestion
from retention_core.analyses.customers.cohort_retention import cohort_retention
from retention_core.analyses.steps import step
from retention_core.analyses.workspace.holds import absent_segments, counts, days, linked, segment_values
from retention_core.engines.duckdb_engine import DuckDBEngine
from retention_core.filters import Filters
from retention_core.tables import CUSTOMERS
from retention_core.workspace import Workspace
from tests.tables import add_answers, add_complaints, add_orders


def _replace(engine: DuckDBEngine, table: str, day: str) -> None:
    """Let a later upload replace the rows of a day."""
    with engine.transaction() as cursor:
        cursor.execute(f"UPDATE stored_{table} SET replaced_by = 9 WHERE day = $day", {"day": day})


def test_an_empty_workspace_has_no_days_and_no_segments(engine) -> None:
    assert days(engine) == (None, None)
    assert set(counts(engine).values()) == {0}
    assert segment_values(engine) == {}


def test_days_and_counts_leave_out_rows_that_a_later_upload_replaced(engine) -> None:
    add_orders(engine, [("ann", "2020-03-01", 1.0), ("bob", "2026-01-05", 1.0), ("cid", "2026-01-31", 1.0)])
    assert days(engine) == (date(2020, 3, 1), date(2026, 1, 31))
    _replace(engine, "orders", "2020-03-01")
    assert days(engine) == (date(2026, 1, 5), date(2026, 1, 31))
    assert counts(engine)["orders"] == 2


def test_a_workspace_whose_rows_are_all_replaced_holds_nothing(engine) -> None:
    add_orders(engine, [("ann", "2020-03-01", 1.0)])
    _replace(engine, "orders", "2020-03-01")
    assert days(engine) == (None, None)
    assert not any(counts(engine).values())


def test_days_span_orders_complaints_and_answers(engine) -> None:
    add_orders(engine, [("ann", "2026-02-01", 1.0)])
    add_complaints(engine, [(None, "2026-01-09", None, None)])
    add_answers(engine, [("ann", "2026-03-04", 5)])
    assert days(engine) == (date(2026, 1, 9), date(2026, 3, 4))
    assert counts(engine) == {"orders": 1, "complaints": 1, "satisfaction": 1, "customers": 0}
    assert linked(engine) == {"orders": 1, "complaints": 0, "satisfaction": 1, "customers": 0}


def test_a_segment_offers_no_value_that_only_replaced_rows_have(engine) -> None:
    rows = [("ann", "2020-03-01", 1.0), ("bob", "2026-01-05", 1.0), ("cid", "2026-01-31", 1.0)]
    add_orders(engine, rows, channel=["Fax", "Web", "Shop"], branch=["North", "South", "South"])
    assert segment_values(engine) == {"channel": ["Fax", "Shop", "Web"], "branch": ["North", "South"]}
    _replace(engine, "orders", "2020-03-01")
    assert segment_values(engine) == {"channel": ["Shop", "Web"]}


def test_customers_count_of_whom_a_file_says_more_than_their_id(engine) -> None:
    add_orders(engine, [("ann", "2026-01-01", 1.0), ("bob", "2026-01-01", 1.0), ("cid", "2026-01-01", 1.0)])
    with engine.transaction() as cursor:
        cursor.execute(
            "INSERT INTO stored_customers BY NAME SELECT customer_key, 0 AS upload_id, "
            "CASE customer WHEN 'ann' THEN TIMESTAMP '2025-05-05' END AS joined_at, 'gold' AS segment "
            "FROM customer_ids WHERE customer <> 'cid'"
        )
    assert counts(engine)["customers"] == 2
    assert linked(engine)["customers"] == 1


def test_the_last_day_is_that_of_an_answer_where_it_comes_after_all_else(engine) -> None:
    add_complaints(engine, [("ann", "2026-01-05", "2026-01-06", "2026-01-23"), ("bob", "2026-01-08", None, None)])
    assert days(engine) == (date(2026, 1, 5), date(2026, 1, 23))


def test_a_segment_of_which_complaints_know_nothing_does_not_empty_them(engine) -> None:
    add_orders(engine, [("ann", "2026-01-01", 1.0), ("bob", "2026-01-02", 1.0)], channel=["web", "shop"])
    add_complaints(engine, [("ann", "2026-01-02", None, None)], team=["A"])
    absent = absent_segments(engine)
    assert "channel" in absent["complaints"]
    assert "channel" not in absent["orders"]
    assert "team" not in absent["complaints"]
    filters = Filters(segments={"channel": ("web",), "team": ("A",)}, absent=absent)
    assert filters.for_table("complaints") == {"team": ("A",)}
    assert filters.for_table("orders") == {"channel": ("web",)}
    assert response_times(engine, ResponseQuestion(filters=filters)).overall["complaints"] == 1
    by_complaint = CohortQuestion(cohort_by="first_complaint", filters=filters)
    assert cohort_retention(engine, by_complaint).counts() == [[1]]


def test_a_segment_of_which_orders_know_nothing_does_not_empty_their_revenue(engine) -> None:
    add_orders(engine, [("ann", "2026-01-01", 5.0), ("bob", "2026-01-02", 7.0)])
    add_complaints(engine, [("ann", "2026-01-05", None, None)], branch=["A"])
    filters = Filters(segments={"branch": ("A",)}, absent=absent_segments(engine))
    revenue = cohort_retention(engine, CohortQuestion(measure="revenue", filters=filters))
    assert revenue.counts() == cohort_retention(engine, CohortQuestion(filters=filters)).counts() == [[2]]
    assert revenue.counts("revenue") == [[12]]


def test_a_workspace_tells_what_it_holds_as_soon_as_that_changes(engine) -> None:
    workspace = Workspace("Mine", engine)
    assert (workspace.days, workspace.as_of, workspace.is_empty) == ((None, None), None, True)
    add_orders(engine, [("ann", "2026-01-05", 1.0), ("bob", "2026-01-31", -1.0)], channel=["web", "shop"])
    assert workspace.days == (date(2026, 1, 5), date(2026, 1, 31))
    assert workspace.as_of == date(2026, 1, 31)
    assert workspace.counts["orders"] == workspace.linked["orders"] == 2
    assert workspace.has("orders")
    assert not workspace.has("complaints")
    assert workspace.has_refunds
    assert workspace.segment_values == {"channel": ["shop", "web"]}
    assert "branch" in workspace.absent_segments["orders"]


def test_the_version_of_a_workspace_changes_with_its_data_and_not_without(engine) -> None:
    workspace = Workspace("Mine", engine)
    empty = workspace.version
    assert workspace.version == Workspace("Mine", engine).version == empty
    add_orders(engine, [("ann", "2026-01-05", 1.0)])
    assert workspace.version != empty


def test_two_workspaces_have_no_version_in_common(engine) -> None:
    other = DuckDBEngine()
    try:
        assert Workspace("Mine", engine).version != Workspace("Mine", other).version
    finally:
        other.close()


def test_all_that_a_file_can_say_of_a_customer_is_counted() -> None:
    held = step("held").sql
    told = [column.name for column in CUSTOMERS.stored() if column.kind != "id"]
    assert [name for name in told if f"{name} IS NOT NULL" not in held] == []
