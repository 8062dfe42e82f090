"""A workspace over a cluster: what is kept there and for how long, what its views may say, and what is said of failures."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from retention_core.engines.asking import Asking
from retention_core.engines.cluster import Cluster, cluster_of
from retention_core.engines.spark_engine import KEPT_LIMIT, SparkEngine
from retention_core.engines.spark_tables import statements
from retention_core.engines.spark_values import bound
from retention_core.errors import QuestionStopped, WorkspaceUnavailable
from retention_core.workspace import Workspace
from retention_core.workspaces import open_saved, saved_names
from tests.cluster import serving

ORDERS = """CREATE OR REPLACE TEMPORARY VIEW cluster_orders AS
SELECT * FROM VALUES ('ann', TIMESTAMP_NTZ '2026-01-05 10:00:00', 10.0), ('ann', TIMESTAMP_NTZ '2026-02-05 10:00:00', -4.5),
                     ('bob', TIMESTAMP_NTZ '2300-01-01 00:00:00', 5.0) AS rows(customer, ordered_at, amount);"""


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """A cluster, one for this file."""
    with serving() as found:
        yield found


@pytest.fixture
def cluster(url: str) -> Iterator[SparkEngine]:
    """A workspace with three orders, one of them in the far future."""
    opened = SparkEngine(Cluster("Ours", url, ORDERS))
    yield opened
    opened.close()


def test_rows_of_the_future_count_nowhere_and_what_no_view_gives_is_unknown(cluster: SparkEngine) -> None:
    rows = cluster.query("SELECT customer_key, day, amount, is_refund, channel FROM orders ORDER BY day")
    assert list(rows["amount"]) == [10.0, -4.5]
    assert list(rows["is_refund"]) == [False, True]
    assert rows["channel"].isna().all()
    assert rows["customer_key"].nunique() == 1
    workspace = Workspace("Ours", cluster)
    assert workspace.counts == {"orders": 2, "complaints": 0, "satisfaction": 0, "customers": 0}
    assert workspace.days == (date(2026, 1, 5), date(2026, 2, 5))
    assert workspace.rows_there("orders") == 3


def test_what_is_kept_is_computed_once_until_somebody_looks_again(cluster: SparkEngine) -> None:
    sql, values = "SELECT count(*) AS n FROM orders WHERE day <= $until", {"until": date(2026, 1, 31)}
    name, version = cluster.keep(sql, values), Workspace("Ours", cluster).version
    assert cluster.query(f"SELECT n FROM {name}")["n"].tolist() == [1]
    assert cluster.keep(sql, values) == name
    assert cluster.keep(sql, {"until": date(2026, 2, 28)}) != name
    cluster.look_again()
    assert cluster.keep(sql, values) != name
    assert Workspace("Ours", cluster).version != version
    assert cluster.query(f"SELECT n FROM {name}")["n"].tolist() == [1], "who is about it can end what they began"


def test_figures_hold_no_longer_than_the_workspace_says(url: str) -> None:
    hasty = SparkEngine(Cluster("Ours", url, ORDERS, look_again_seconds=0.001))
    assert hasty.keep("SELECT 1 AS n") != hasty.keep("SELECT 1 AS n")
    hasty.close()


def test_few_tables_are_kept(cluster: SparkEngine) -> None:
    names = [cluster.keep("SELECT CAST($n AS INT) AS n", {"n": number}) for number in range(KEPT_LIMIT + 1)]
    assert cluster.query(f"SELECT n FROM {names[-1]}")["n"].tolist() == [KEPT_LIMIT]
    with pytest.raises(WorkspaceUnavailable):
        cluster.query(f"SELECT n FROM {names[0]}")


def test_a_session_that_the_cluster_forgot_is_opened_anew_with_what_was_kept(cluster: SparkEngine) -> None:
    from retention_core.engines.spark_session import SessionGone

    name, gone = cluster.keep("SELECT 7 AS n"), cluster._session
    plain = cluster._once

    def forgotten(session, ask):
        if session is gone:
            raise SessionGone
        return plain(session, ask)

    cluster._once = forgotten  # type: ignore[method-assign]
    assert cluster.query(f"SELECT n FROM {name}")["n"].tolist() == [7]
    gone.stop()


def test_a_question_that_was_stopped_says_so(cluster: SparkEngine) -> None:
    asking = Asking()
    asking.stop()
    with pytest.raises(QuestionStopped):
        asking.run(cluster.query, "SELECT 1 AS n")


def test_values_are_bound_as_spark_takes_them() -> None:
    sql, values = bound(
        "-- What is $this?\nSELECT $day, $moment, $money, $n",
        {"day": date(2026, 1, 2), "moment": datetime(2026, 1, 2, 3), "money": Decimal("1.50"), "n": 4, "unused": 5},
    )
    assert sql.strip() == "SELECT :day, CAST(:moment AS TIMESTAMP_NTZ), CAST(:money AS DECIMAL(38, 2)), :n"
    assert values == {"day": date(2026, 1, 2), "moment": "2026-01-02 03:00:00", "money": "1.50", "n": 4}


def test_statements_are_parted_where_they_end_and_nowhere_else() -> None:
    assert statements("-- one; two\nSELECT 'a;b' AS x; /* ; */ SELECT `c;d`, \"e;f\";\n") == [
        "SELECT 'a;b' AS x",
        'SELECT `c;d`, "e;f"',
    ]


@pytest.mark.parametrize(
    ("views", "said"),
    [
        ("DROP TABLE orders", "something else than to name views"),
        ("CREATE TEMP VIEW x AS SELECT 1; INSERT INTO t VALUES (1)", "something else than to name views"),
        ("CREATE OR REPLACE TEMP VIEW cluster_orders AS SELECT 'a' AS customer", "no column: ordered_at"),
        ("CREATE OR REPLACE TEMP VIEW cluster_orders AS SELECT * FROM no_such_table", "cannot answer this"),
    ],
)
def test_views_that_do_not_fit_are_explained(url: str, views: str, said: str) -> None:
    with pytest.raises(WorkspaceUnavailable, match=said) as raised:
        SparkEngine(Cluster("Ours", url, views))
    assert raised.value.advice
    assert "Traceback" not in str(raised.value)
    assert "grpc" not in str(raised.value).lower()


def test_a_column_that_nothing_reads_is_told(url: str) -> None:
    engine = SparkEngine(Cluster("Ours", url, ORDERS.replace("amount)", "ammount)")))
    assert engine.doubts == ("cluster_orders has columns that nothing reads: ammount.",)
    engine.close()


def test_a_cluster_that_is_away_is_told_at_once_and_without_its_token() -> None:
    with pytest.raises(WorkspaceUnavailable, match=r"Nobody answers at 127\.0\.0\.1:1") as raised:
        SparkEngine(Cluster("Ours", "sc://127.0.0.1:1/;token=secret", ORDERS))
    assert "secret" not in str(raised.value)


def test_a_folder_with_a_cluster_is_a_workspace(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OUR_CLUSTER", url)
    folder = tmp_path / "Ours"
    folder.mkdir()
    (folder / "views.sql").write_text(ORDERS, encoding="utf-8")
    (folder / "cluster.toml").write_text('url = "$OUR_CLUSTER"\nweek_start = "Saturday"\n', encoding="utf-8")
    assert saved_names(tmp_path) == ["Ours"]
    engine = open_saved(tmp_path, "Ours")
    assert isinstance(engine, SparkEngine)
    assert (engine.week_start, engine.time_zone, engine.setting("week_start")) == (5, "UTC", "5")
    saturday = engine.query("SELECT week_starts_on FROM calendar WHERE day = DATE '2026-01-07'")["week_starts_on"]
    assert saturday.iloc[0].date() == date(2026, 1, 3)
    engine.close()


@pytest.mark.parametrize(
    "told", ['url = "http://x"', 'url = "sc://x:1"\ntime_zone = "Nowhere"', 'url = "sc://x:1"\nweek_start = 9', "url ="]
)
def test_a_cluster_file_that_says_nothing_usable_is_explained(tmp_path: Path, told: str) -> None:
    (tmp_path / "cluster.toml").write_text(told, encoding="utf-8")
    (tmp_path / "views.sql").write_text("", encoding="utf-8")
    with pytest.raises(WorkspaceUnavailable, match="does not say how its cluster is reached") as raised:
        cluster_of(tmp_path)
    assert raised.value.found


def test_nothing_can_be_uploaded_into_a_cluster(cluster: SparkEngine) -> None:
    workspace = Workspace("Ours", cluster)
    assert workspace.uploads().empty
    with pytest.raises(WorkspaceUnavailable, match="only reads them"):
        workspace.in_files()
