"""Lists are joined as the language joins them."""

import pytest

from retention_core.words.lists import all_of, any_of, dotted, in_turn, listed, quoted, sentences
from retention_core.words.say import again


@pytest.mark.parametrize(
    ("join", "joined"),
    [
        (listed, "a, b, c, d"),
        (all_of, "a, b, c and d"),
        (any_of, "a or b or c or d"),
        (in_turn, "a; b; c; d"),
        (dotted, "a · b · c · d"),
        (sentences, "a b c d"),
    ],
)
def test_several_texts_are_joined_and_one_stays_as_it_is(join, joined) -> None:
    assert join(["a", "b", "c", "d"]) == joined
    assert join(["a"]) == "a"


def test_no_text_is_an_empty_list() -> None:
    assert listed([]) == ""


def test_text_from_files_stands_in_quotation_marks() -> None:
    assert quoted("Tea") == "“Tea”"


def test_a_list_of_thousands_can_be_said_again() -> None:
    names = [f"column {n}" for n in range(5000)]
    assert again(listed(names)) == ", ".join(names)
