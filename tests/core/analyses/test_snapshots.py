"""The finished SQL of every question, as a reviewer reads it, and the steps that it is made of.

Where the SQL of a question is meant to change, write the snapshots anew and read what changed in them:
`python -m tests.core.analyses.test_snapshots --renew`.
"""

import re
import sys
from pathlib import Path

import pytest

from retention_core.analyses import steps
from retention_core.analyses.steps import FOLDER, VIEWS, StepsDoNotFit, statement, step
from tests.core.analyses.asked import snapshots

SNAPSHOTS = Path(__file__).parent / "snapshots"
FILES = sorted(FOLDER.rglob("*.sql"))
RENEW = "Read what changed; if it is meant: python -m tests.core.analyses.test_snapshots --renew"


@pytest.fixture(scope="module")
def asked() -> tuple[dict[str, str], set[str]]:
    """The finished SQL of every question, and the steps that it was made of."""
    steps.step.cache_clear()
    used, plain = set[str](), steps.step

    def noted(name: str) -> steps.Step:
        used.add(name)
        return plain(name)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(steps, "step", noted)
        return snapshots(), used


def test_the_finished_sql_of_every_question_is_as_it_was_read_last(asked) -> None:
    kept = {path.name: path.read_text(encoding="utf-8") for path in SNAPSHOTS.glob("*.sql")}
    assert sorted(asked[0]) == sorted(kept), RENEW
    for name, sql in asked[0].items():
        assert sql == kept[name], f"{name}: {RENEW}"


def test_no_hole_is_left_in_finished_sql(asked) -> None:
    assert len(asked[0]) > 30
    assert [name for name, sql in asked[0].items() if re.search(r"[{}]", sql)] == []


def test_every_step_is_used_by_a_question(asked) -> None:
    unused = sorted({path.stem for path in FILES} - asked[1])
    assert not unused, f"no question uses {unused}: ask one in tests/core/analyses/asked.py. {RENEW}"


def test_no_two_steps_have_one_name() -> None:
    assert len({path.stem for path in FILES}) == len(FILES)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_head_of_a_step_declares_what_it_reads_its_holes_and_what_it_binds(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    head = [line for line in lines if line.startswith("-- ")]
    assert head == lines[: len(head)]
    assert len(head) >= 2
    found, sql = step(path.stem), "\n".join(lines[len(head) :])
    assert set(re.findall(r"\{(\w+)\}", sql)) == found.holes
    assert set(re.findall(r"\$(\w+)", sql)) == found.binds
    rows_of = set(re.findall(r"\b(?:FROM|JOIN)\s+([\w{}]+)", sql))
    read = next(line for line in head if line.startswith("-- reads:")).removeprefix("-- reads:").split(",")
    assert rows_of == {name.strip() for name in read}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_head_of_a_step_begins_with_a_question_and_then_says_what_one_row_is(path: Path) -> None:
    first, second = path.read_text(encoding="utf-8").splitlines()[:2]
    assert re.fullmatch(r"-- [A-Z][^{}$]*\?", first)
    assert re.match(r"-- (One row|Its rows)", second)


def test_a_hole_that_is_missing_or_given_in_vain_is_an_error() -> None:
    with pytest.raises(StepsDoNotFit, match="missing: \\['orders_looked_at'\\]"):
        statement("buyers")
    with pytest.raises(StepsDoNotFit, match="in vain: \\['period'\\]"):
        statement("buyers", {"orders_looked_at": "1 = 1", "period": "calendar.day"})


def test_a_value_that_is_missing_or_given_in_vain_is_an_error() -> None:
    with pytest.raises(StepsDoNotFit, match="missing: \\['day'\\]"):
        statement("day_end")
    with pytest.raises(StepsDoNotFit, match="in vain: \\['days'\\]"):
        statement("day_end", values={"day": 1, "days": 2})


def test_a_choice_that_nobody_reads_and_a_step_that_does_not_exist_are_errors() -> None:
    with pytest.raises(StepsDoNotFit, match="in vain: \\['landmarks'\\]"):
        statement("available_waits", steps={"landmarks": "purchases"})
    with pytest.raises(StepsDoNotFit, match="0 steps called landmarks"):
        statement("came_back_after", {"orders_looked_at": "1 = 1"}, {"days": 1, "as_of_number": 1})


def test_one_name_is_never_bound_to_two_values() -> None:
    with pytest.raises(StepsDoNotFit, match=r"\$most"):
        statement("purchases_so_far", {"orders_looked_at": ("amount > $most", {"most": 2})}, {"most": 1})


def test_each_step_stands_once_after_those_that_it_reads() -> None:
    holes = {"unit": "orders.account", "bitmaps": "kept", "is_member": "1 = 1", "of_segment": "1 = 1"}
    sql, values = statement(
        "cohort_orders",
        {**holes, "orders_looked_at": ("orders.day <= $as_of", {"as_of": 5})},
        {"refunds_are_visits": 1, "most": 4, "cohort": 3},
        {"behind_cell": "members_by_bits", "named": "named_accounts"},
    )
    assert values == {"refunds_are_visits": 1, "most": 4, "cohort": 3, "as_of": 5}
    assert sql.count("behind_cell AS (") == 1
    assert sql.index("behind_cell AS (") < sql.index("JOIN behind_cell") < sql.index("FROM behind_cell")
    assert VIEWS.isdisjoint(re.findall(r"(\w+) AS \(", sql))


if __name__ == "__main__" and "--renew" in sys.argv:
    for path in SNAPSHOTS.glob("*.sql"):
        path.unlink()
    for name, sql in snapshots().items():
        (SNAPSHOTS / name).write_text(sql, encoding="utf-8")
