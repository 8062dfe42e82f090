"""Finished answers: made once, shared, within their room, and gone with what they are about."""

import gc
import threading
import time
import weakref

import pytest

from retention_core.answers.asked_once import AskedOnce, looking
from retention_core.answers.kept import Kept, bytes_allowed
from retention_core.engines.asking import current_asking
from retention_core.errors import QuestionStopped, SettingInvalid
from retention_core.words.language import PERSIAN, speaking

PATIENCE = 10.0


class Engine:
    """Stands for an open database."""


class Workspace:
    """Stands for a workspace: an engine, and a version of its data."""

    def __init__(self) -> None:
        self.engine, self.version = Engine(), ("opening", "1")


def made(store: Kept, workspace: Workspace, question: str, answer: str = "answer") -> bool:
    """Ask, and tell whether the answer had to be made."""
    times: list[int] = []

    def make() -> str:
        times.append(1)
        return answer

    store.ask(workspace, question, make, here=True)
    return bool(times)


def soon(is_so) -> bool:
    """Tell whether something becomes true within some seconds."""
    until = time.monotonic() + PATIENCE
    while not is_so() and time.monotonic() < until:
        time.sleep(0.005)
    return bool(is_so())


def test_an_answer_is_made_once() -> None:
    store, workspace = Kept(), Workspace()
    assert [made(store, workspace, "a"), made(store, workspace, "a"), made(store, workspace, "b")] == [
        True,
        False,
        True,
    ]


def test_another_workspace_and_another_language_have_answers_of_their_own() -> None:
    store, mine = Kept(), Workspace()
    assert made(store, mine, "a")
    assert made(store, Workspace(), "a")
    with speaking(PERSIAN):
        assert made(store, mine, "a")
    assert not made(store, mine, "a")


def test_all_answers_of_older_data_go_at_the_first_question_after_an_upload() -> None:
    store, workspace, other = Kept(), Workspace(), Workspace()
    made(store, workspace, "a"), made(store, workspace, "b"), made(store, other, "a")
    workspace.version = ("opening", "2")
    assert made(store, workspace, "a")
    assert len(store) == 2  # the new one, and the other workspace's
    assert not made(store, other, "a")


def test_what_was_loaded_while_an_answer_was_made_is_in_no_kept_answer() -> None:
    store, workspace = Kept(), Workspace()

    def load_meanwhile() -> str:
        workspace.version = ("opening", "2")
        return "half old, half new"

    store.ask(workspace, "a", load_meanwhile, here=True)
    assert len(store) == 0


def test_an_answer_about_older_data_is_not_kept_and_throws_nothing_away() -> None:
    store, workspace = Kept(), Workspace()
    made(store, workspace, "a")
    store.ask(workspace, "b", lambda: "old", here=True, version=("opening", "0"))
    assert len(store) == 1
    assert not made(store, workspace, "a")


def test_answers_go_with_their_engine() -> None:
    store, workspace = Kept(), Workspace()
    made(store, workspace, "a", "x" * 1000)
    engine = weakref.ref(workspace.engine)
    del workspace
    gc.collect()
    assert engine() is None
    assert (len(store), store.bytes) == (0, 0)


def test_together_they_keep_within_their_bytes_and_the_one_used_longest_ago_goes() -> None:
    store, workspace = Kept(most_bytes=35_000), Workspace()
    for question in "abc":
        made(store, workspace, question, "x" * 10_000)
    made(store, workspace, "a")
    made(store, workspace, "d", "x" * 10_000)
    assert store.bytes <= 35_000
    assert [made(store, workspace, each) for each in "acd"] == [False, False, False]
    assert made(store, workspace, "b")


def test_one_that_alone_is_too_large_is_not_kept_and_drives_out_no_other() -> None:
    store, workspace = Kept(most_bytes=5_000), Workspace()
    made(store, workspace, "small")
    assert made(store, workspace, "large", "x" * 10_000)
    assert made(store, workspace, "large", "x" * 10_000)
    assert not made(store, workspace, "small")


def test_two_who_ask_the_same_at_once_wait_for_one_computation() -> None:
    once, go, times, answers = AskedOnce(), threading.Event(), [], []

    def work() -> str:
        times.append(1)
        go.wait(PATIENCE)
        return "answer"

    people = [threading.Thread(target=lambda: answers.append(once.ask("a", work, here=False))) for _ in range(5)]
    for person in people:
        person.start()
    assert soon(lambda: times and once._under_way["a"].waiting == 5)
    go.set()
    for person in people:
        person.join()
    assert (times, answers) == ([1], ["answer"] * 5)


def test_an_error_is_told_to_all_who_wait_and_is_not_kept() -> None:
    store, workspace, go, times, told = Kept(), Workspace(), threading.Event(), [], []

    def fail() -> str:
        times.append(1)
        go.wait(PATIENCE)
        raise SettingInvalid("wrong")

    def ask() -> None:
        try:
            store.ask(workspace, "a", fail, here=False)
        except SettingInvalid as error:
            told.append(error.title)

    people = [threading.Thread(target=ask) for _ in range(3)]
    for person in people:
        person.start()
    assert soon(lambda: [each.waiting for each in store._once._under_way.values()] == [3])
    go.set()
    for person in people:
        person.join()
    assert (times, told) == ([1], ["wrong"] * 3)
    assert made(store, workspace, "a")


class Gone(BaseException):
    """Stands for what ends the run of a page."""


def leave(seconds: float) -> None:
    """Go away at the first look."""
    raise Gone


def until_stopped(ended: list[str]) -> str:
    """Work until it is stopped."""
    asking = current_asking()
    assert asking
    try:
        while True:
            asking.require_wanted()
            time.sleep(0.005)
    except QuestionStopped:
        ended.append("stopped")
        raise


def test_a_question_that_nobody_waits_for_any_more_is_stopped() -> None:
    once, ended = AskedOnce(), list[str]()
    with pytest.raises(Gone), looking(leave):
        once.ask("a", lambda: until_stopped(ended), here=False)
    assert soon(lambda: ended == ["stopped"])
    assert once.ask("a", lambda: "asked anew", here=False) == "asked anew"


def test_what_it_waits_for_in_turn_is_stopped_as_well() -> None:
    once, ended = AskedOnce(), list[str]()
    with pytest.raises(Gone), looking(leave):
        once.ask("outer", lambda: once.ask("inner", lambda: until_stopped(ended), here=False), here=False)
    assert soon(lambda: ended == ["stopped"])


def test_a_question_that_somebody_else_still_waits_for_goes_on() -> None:
    once, go, answers = AskedOnce(), threading.Event(), []

    def work() -> str:
        go.wait(PATIENCE)
        asking = current_asking()
        assert asking
        asking.require_wanted()
        return "answer"

    other = threading.Thread(target=lambda: answers.append(once.ask("a", work, here=False)))
    other.start()
    assert soon(lambda: "a" in once._under_way)
    with pytest.raises(Gone), looking(leave):
        once.ask("a", work, here=False)
    go.set()
    other.join()
    assert answers == ["answer"]


def test_who_waits_for_one_whose_run_ends_begins_anew() -> None:
    once, go, answers = AskedOnce(), threading.Event(), []

    def ends() -> str:
        go.wait(PATIENCE)
        raise Gone

    def first() -> None:
        with pytest.raises(Gone):
            once.ask("a", ends, here=True)

    leader = threading.Thread(target=first)
    leader.start()
    assert soon(lambda: "a" in once._under_way)
    other = threading.Thread(target=lambda: answers.append(once.ask("a", lambda: "anew", here=True)))
    other.start()
    assert soon(lambda: once._under_way["a"].waiting == 2)
    go.set()
    leader.join()
    other.join()
    assert answers == ["anew"]


@pytest.mark.parametrize(
    ("setting", "mib"), [("256", 256), (" 10 ", 10), ("0", 0), ("lots", 256), ("-1", 256), ("", 256)]
)
def test_a_setting_that_is_no_number_is_told_and_not_followed(setting: str, mib: int, caplog) -> None:
    assert bytes_allowed(setting) == mib * 2**20
    assert ("no whole number" in caplog.text) is (setting.strip() not in ("256", "10", "0"))
