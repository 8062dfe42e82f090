"""Does it get faster: which weeks are compared, and what may be said of them."""

from datetime import date, datetime, timedelta

import pytest
from scipy.stats import chi2

from retention_core.analyses.claims import Comparison, Stretches
from retention_core.analyses.complaints.control import control_chart
from retention_core.analyses.complaints.response_times import ResponseQuestion, response_times
from retention_core.analyses.complaints.stretch_curves import log_rank, stretch_waits
from retention_core.analyses.complaints.weeks_compared import WeeksCompared, weeks_compared
from retention_core.analyses.intervals import Share
from retention_core.filters import Filters
from retention_core.periods import Period
from tests.tables import add_complaints

MONDAY = datetime(2026, 1, 5, 10)


def weekly(weeks: list[tuple[int, int]], start: datetime = MONDAY) -> list[tuple]:
    """Return, for each week, so many complaints resolved after a day and so many after ten; all opened on its Monday."""
    return [
        (f"c{week}{place}", opened, None, opened + timedelta(days=1 if place < quick else 10))
        for week, (quick, slow) in enumerate(weeks)
        for opened in [start + timedelta(weeks=week)]
        for place in range(quick + slow)
    ]


def compared(engine, filters: Filters | None = None, limit_days: int = 5) -> WeeksCompared | None:
    return weeks_compared(response_times(engine, ResponseQuestion(filters=filters or Filters(), limit_days=limit_days)))


def open_on(day: str) -> tuple:
    """Return a complaint that is open, opened on the last day of the data."""
    return ("late", f"{day} 09:00", None, None)


def test_the_last_four_weeks_that_are_known_are_compared_with_the_four_before(engine) -> None:
    add_complaints(engine, [*weekly([(5, 5)] * 4 + [(9, 1)] * 4 + [(10, 0)]), open_on("2026-03-06")])
    found = compared(engine)
    # of the ninth week, which ends on 8 March, not all is known; the eighth ends on 1 March, five days before the last
    assert found.days == (date(2026, 2, 2), date(2026, 3, 1))
    assert found.other_days == (date(2026, 1, 5), date(2026, 2, 1))
    assert (found.comparison.first, found.comparison.second) == (Share(36, 40), Share(20, 40))
    assert found.comparison.says == "more"


def test_a_week_is_not_compared_before_all_of_it_is_older_than_the_limit(engine) -> None:
    add_complaints(engine, [*weekly([(5, 5)] * 9), open_on("2026-03-05")])
    # the eighth week ends on 1 March: four days before the last day, so that it counts for a limit of 4 days, not of 5
    fifth = Filters(as_of=date(2026, 3, 5))
    assert compared(engine, fifth) is None
    assert compared(engine, fifth, limit_days=4).days == (date(2026, 2, 2), date(2026, 3, 1))
    assert compared(engine, fifth, limit_days=4).other_days[0] == date(2026, 1, 5)


def test_last_year_is_compared_where_it_is_there_and_the_weeks_before_where_that_is_chosen(engine) -> None:
    add_complaints(engine, [*weekly([(9, 1)] * 4 + [(5, 5)] * 52), open_on("2027-02-05")])
    assert compared(engine).other_days == (date(2026, 1, 5), date(2026, 2, 1))
    assert compared(engine, Filters(compare_with="before")).other_days == (date(2026, 12, 7), date(2027, 1, 3))


def test_dates_that_leave_out_days_of_a_week_leave_out_the_week(engine) -> None:
    add_complaints(engine, [*weekly([(5, 5)] * 20), open_on("2026-06-01")])
    filters = Filters(first_day=date(2026, 1, 6), last_day=date(2026, 3, 7), compare_with="before")
    assert compared(engine, filters) is None  # whole are those from 12 January to 1 March: seven
    found = compared(engine, Filters(first_day=date(2026, 1, 5), last_day=date(2026, 3, 7), compare_with="before"))
    assert found.days == (date(2026, 2, 2), date(2026, 3, 1))


@pytest.mark.parametrize("span", [timedelta(hours=3), timedelta(days=6)])
def test_hours_or_days_have_no_trend(engine, span) -> None:
    opened = [MONDAY + span * place / 60 for place in range(60)]
    add_complaints(engine, [(f"c{n}", each, None, each + timedelta(hours=1)) for n, each in enumerate(opened)])
    assert compared(engine) is None


def test_without_complaints_nothing_is_compared(engine) -> None:
    assert compared(engine) is None


def test_fewer_than_thirty_on_a_side_are_not_compared(engine) -> None:
    add_complaints(engine, [*weekly([(7, 0)] * 4 + [(5, 5)] * 4 + [(1, 0)]), open_on("2026-03-06")])
    assert not compared(engine).is_known  # 28 before


def test_a_file_of_closed_ones_alone_is_cut_and_one_in_which_somebody_waits_is_not(engine) -> None:
    # half wait ten days; ten came on the last Monday, five days before the end, and all are resolved: five are missing
    add_complaints(engine, [*weekly([(5, 5)] * 9), *weekly([(10, 0)], MONDAY + timedelta(weeks=9))])
    add_complaints(engine, [("end", "2026-03-13 10:00", None, "2026-03-13 11:00")])
    found = compared(engine)
    assert 4 < found.missing < 5  # of 101 some 51 within five days
    assert found.is_cut
    add_complaints(engine, [open_on("2026-03-13")])
    assert not compared(engine).is_cut


def test_what_is_quick_is_not_cut(engine) -> None:
    add_complaints(engine, weekly([(10, 0)] * 9))
    add_complaints(engine, [("end", "2026-03-06 10:00", None, "2026-03-06 11:00")])
    assert not compared(engine).is_cut


def test_a_difference_within_what_the_weeks_usually_scatter_is_not_claimed() -> None:
    comparison, stretches = Comparison(Share(160, 200), Share(130, 200)), Stretches((4, 7), (0, 3))
    # 15 points, about 6 to 23 by chance: three times as wide from below zero on
    assert comparison.is_claimed
    assert not WeeksCompared(comparison, stretches, Period("week"), spread=1.2).is_usual
    assert WeeksCompared(comparison, stretches, Period("week"), spread=3.0).is_usual
    assert not WeeksCompared(comparison, stretches, Period("week"), spread=0.5).is_usual


def test_control_limits_are_those_of_laney_by_hand(engine) -> None:
    # 40 a week, within the limit 30, 34, 26, 30: p = 120/160 = 0.75; z of 40 is (p_i - 0.75) / sqrt(0.75 * 0.25 / 40)
    add_complaints(engine, [*weekly([(30, 10), (34, 6), (26, 14), (30, 10)]), open_on("2026-03-06")])
    control = control_chart(response_times(engine, ResponseQuestion()))
    deviation = (0.75 * 0.25 / 40) ** 0.5
    spread = (0.1 + 0.2 + 0.1) / deviation / 3 / 1.128
    points = control.points
    assert list(points["complaints"]) == [40, 40, 40, 40]  # the complaint of 6 March is not known yet
    assert control.centre == 0.75
    assert control.spread == pytest.approx(spread)
    assert points["low"].tolist() == pytest.approx([0.75 - 3 * spread * deviation] * 4)
    assert points["high"].tolist() == pytest.approx([1.0] * 4)  # 1.105, which no share reaches
    assert not points["is_outside"].any()
    assert not control.is_enough


def test_a_week_far_off_lies_outside_unless_it_has_few_complaints(engine) -> None:
    steady = [(30, 10), (31, 9), (30, 10), (31, 9), (30, 10), (31, 9), (30, 10)]
    add_complaints(engine, [*weekly([*steady, (2, 38), *steady, (0, 20)]), open_on("2026-05-15")])
    control = control_chart(response_times(engine, ResponseQuestion()))
    assert control.is_enough
    assert control.points.loc[control.points["is_outside"], "complaints"].tolist() == [40]
    assert len(control.judged) == 15


def test_one_period_or_a_share_of_all_has_no_scatter(engine) -> None:
    add_complaints(engine, [*weekly([(5, 0)]), open_on("2026-01-30")])
    assert control_chart(response_times(engine, ResponseQuestion())) is None
    add_complaints(engine, weekly([(5, 0)] * 2))
    control = control_chart(response_times(engine, ResponseQuestion()))
    assert (control.centre, control.spread, list(control.points["low"])) == (1.0, 1.0, [1.0, 1.0])


def test_log_rank_is_that_of_a_hand_count(engine) -> None:
    days = [date(2026, 1, 5), date(2026, 1, 11)], [date(2026, 1, 12), date(2026, 1, 18)]
    waits = ((1, 2, 3), (2, 4, 6))
    add_complaints(
        engine,
        [
            (f"c{week}{wait}", MONDAY + timedelta(weeks=week), None, MONDAY + timedelta(weeks=week, days=wait))
            for week, of_week in enumerate(waits)
            for wait in of_week
        ],
    )
    first, second = (stretch_waits(engine, ResponseQuestion(), tuple(each)) for each in days)
    assert (first.total, second.total) == (3, 3)
    # at 1, 2, 3, 4, 6: answered 1, 2, 1, 1, 1 of 6, 5, 3, 2, 1 at risk, of the first 3, 2, 1, 0, 0
    expected = 3 / 6 + 2 * 2 / 5 + 1 / 3
    variance = 3 / 6 * 3 / 6 + 2 * (2 / 5) * (3 / 5) * (5 - 2) / (5 - 1) + 1 / 3 * 2 / 3
    assert log_rank(first, second) == pytest.approx(chi2.sf((3 - expected) ** 2 / variance, 1))


def test_where_all_wait_alike_there_is_nothing_to_test(engine) -> None:
    add_complaints(engine, weekly([(5, 0), (5, 0)]))
    weeks = (date(2026, 1, 5), date(2026, 1, 11)), (date(2026, 1, 12), date(2026, 1, 18))
    first, second = (stretch_waits(engine, ResponseQuestion(), each) for each in weeks)
    assert log_rank(first, second) != log_rank(first, second)  # not a number
    nobody = stretch_waits(engine, ResponseQuestion(), (date(2020, 1, 1), date(2020, 1, 2)))
    assert nobody.total == 0
    assert log_rank(first, nobody) != log_rank(first, nobody)
