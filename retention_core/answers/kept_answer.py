"""A whole answer that is kept: what it says at once, what it draws, reads and opens when somebody asks for it."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache, partial
from typing import Any

from retention_core.answers.answer import Answer, Chart, Keep, Part, Table
from retention_core.answers.kept import kept, kept_here
from retention_core.figures.palette import Palette
from retention_core.workspace import Workspace

Make = Callable[[], Answer]


def kept_answer(workspace: Workspace, question: object, make: Make, version: object = None) -> Answer:
    """Return the answer to a question, made once for each version of the data and language, see `Kept`.

    question: all on which the answer depends; its text tells it from others. make: makes it, and makes it again where
    something is asked of it that is not kept yet. What is kept are its words; what it can be asked for is put back in
    place here, since that holds the workspace, and an answer must not outlive it.
    """
    again: Make = cache(make)  # as long as this answer is held
    version = version or workspace.version  # what is asked of it later is of the same data
    told = kept(workspace, ("answer", question), lambda: _words_of(again()), version)
    return _Whole(workspace, question, again, version).answer(told)


def part_of(question: object, name: str) -> object:
    """Return the question by which one part of an answer is kept, whoever asks for it. name: of the part."""
    return question, "part", name


def _words_of(answer: Answer) -> Answer:
    """Return what an answer says, without what it can be asked for."""
    return replace(
        answer,
        charts=tuple(replace(each, draw=_unasked, behind=_mark(each.behind), keep=_unasked) for each in answer.charts),
        tables=tuple(_words_of_table(each) for each in answer.tables),
        parts=tuple(replace(each, answer=_unasked) for each in answer.parts),
    )


def _words_of_table(table: Table) -> Table:
    return replace(
        table,
        rows=_unasked,
        behind=_mark(table.behind),
        behind_cell=_mark(table.behind_cell),
        shown=_mark(table.shown),
        keep=_unasked,
        downloads=tuple(_words_of_table(each) for each in table.downloads),
    )


def _mark(asked: Any) -> Any:
    return _unasked if asked else None


def _unasked(*_: object) -> Any:
    raise AssertionError("What is kept of an answer are its words.")


class _Whole:
    """Puts back into the words of an answer what it can be asked for. again: makes the answer itself."""

    def __init__(self, workspace: Workspace, question: object, again: Make, version: object) -> None:
        self._workspace, self._question, self._again, self._version = workspace, question, again, version

    def answer(self, told: Answer) -> Answer:
        return replace(
            told,
            charts=tuple(self._chart(place, each) for place, each in enumerate(told.charts)),
            tables=self._tables("table", told.tables, lambda: self._again().tables),
            parts=tuple(self._part(place, each) for place, each in enumerate(told.parts)),
        )

    def _part(self, place: int, told: Part) -> Part:
        question = part_of(self._question, told.name)
        make = partial(lambda place: self._again().parts[place].answer(), place)
        return replace(told, answer=lambda: kept_answer(self._workspace, question, make, self._version))

    def _chart(self, place: int, told: Chart) -> Chart:
        def draw(palette: Palette) -> Any:
            return self._again().charts[place].draw(palette)

        def behind(cell: Any) -> tuple[Table, ...]:
            return self._behind(("chart", told.name, cell), lambda: self._again().charts[place].behind, cell)

        return replace(told, draw=draw, behind=behind if told.behind else None, keep=self._keep("chart", told.name))

    def _tables(self, kind: str, told: tuple[Table, ...], again: Callable[[], tuple[Table, ...]]) -> tuple[Table, ...]:
        return tuple(
            self._table((kind, each.name), each, partial(_at, again, place)) for place, each in enumerate(told)
        )

    def _table(self, name: object, told: Table, again: Callable[[], Table]) -> Table:
        def behind(row: int) -> tuple[Table, ...]:
            return self._behind((name, row), lambda: again().behind, row)

        def behind_cell(row: int, column: str) -> tuple[Table, ...]:
            return self._behind((name, row, column), lambda: again().behind_cell, row, column)

        return replace(
            told,
            rows=lambda: self._asked("rows", name, lambda: again().rows()),
            behind=behind if told.behind else None,
            behind_cell=behind_cell if told.behind_cell else None,
            shown=(lambda rows: _shown(again(), rows)) if told.shown else None,
            keep=self._keep("seen", name),
            downloads=self._tables(f"download of {name}", told.downloads, lambda: again().downloads),
        )

    def _behind(self, name: object, find: Callable[[], Any], *cell: Any) -> tuple[Table, ...]:
        """Return the tables behind a place, kept like the rest; the rows of each are asked for when it is shown."""
        again: Callable[[], tuple[Table, ...]] = cache(lambda: find()(*cell))
        told = self._asked("behind", name, lambda: tuple(_words_of_table(each) for each in again()))
        return self._tables(f"behind {name}", told, again)

    def _keep(self, kind: str, of: object) -> Keep:
        return lambda name, make: kept_here(self._workspace, (self._question, kind, of, name), make, self._version)

    def _asked(self, kind: str, of: object, work: Callable[[], Any]) -> Any:
        return kept(self._workspace, (self._question, kind, of), work, self._version)


def _at(again: Callable[[], tuple[Table, ...]], place: int) -> Table:
    return again()[place]


def _shown(table: Table, rows: Any) -> Any:
    return table.shown(rows) if table.shown else rows
