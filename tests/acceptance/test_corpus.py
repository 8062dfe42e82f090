"""Files that break readers: what is legal comes out to the letter, what is polluted nearly so, nothing is lost."""

import csv
import json
import re
from collections import defaultdict
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from retention_core.ingestion.reading.read_file import read_file
from retention_core.ingestion.reading.read_text import read_text
from tests.acceptance.adapters import read_table
from tests.acceptance.pollock import figures, score_files, total
from tests.conftest import SHARED


@pytest.fixture(scope="module")
def corpus() -> Path:
    folder = SHARED / "corpus"
    if not folder.exists():
        pytest.skip("the folder of files that break readers (../shared/corpus) is not here")
    return folder


def test_the_csv_spectrum_is_read_cell_by_cell(corpus) -> None:
    for path in sorted((corpus / "csv-spectrum" / "csvs").iterdir()):
        header, *rows = read_table(path)
        right = json.loads((corpus / "csv-spectrum" / "json" / f"{path.stem}.json").read_text(encoding="utf-8"))
        if path.stem == "newlines_crlf":  # the JSON keeps line ends that the file at hand no longer has
            right = [{key: value.replace("\r\n", "\n") for key, value in row.items()} for row in right]
        right = right if isinstance(right, list) else [right]
        if path.stem == "location_coordinates":  # the JSON has another telephone number than the file
            right[0]["Contact Phone Number"] = "2095257564"
        assert [dict(zip(header, row, strict=True)) for row in rows] == right, path.name


def test_naughty_strings_come_back_to_the_letter(corpus, tmp_path) -> None:
    strings = json.loads((corpus / "blns.json").read_text(encoding="utf-8"))
    path = tmp_path / "naughty.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL).writerows([["number", "text"], *enumerate(strings)])
    assert [row[1] for row in read_table(path)[1:]] == strings


def test_polluted_files_score_as_well_as_told_the_dialect(corpus, tmp_path, capsys) -> None:
    def read(path: Path) -> list[list[str]]:  # as the child process does, without starting 237 of them
        if not path.stat().st_size:
            return read_table(path)
        header = read_text(path, tmp_path / "x.parquet")["header"]
        rows = pq.read_table(tmp_path / "x.parquet").sort_by("row_number").to_pylist()
        return [list(header), *([row[f"c{index}"] for index in range(len(header))] for row in rows)]

    scores = score_files(corpus / "pollock_sample", read)
    kinds = defaultdict(list)
    for name, each in scores.items():
        kinds[re.sub(r"\d.*", "", name)].append(sum(each))
    with capsys.disabled():
        print(f"\nPollock, without any hint: {total(scores):.3f} of 10")
        for kind, each in sorted(kinds.items()):
            print(f"  {kind:<24} {sum(each) / len(each):7.3f}  ({len(each)} files)")
    assert total(scores) >= 9.958


def test_no_record_of_a_polluted_file_is_lost(corpus, tmp_path) -> None:
    for path in sorted((corpus / "pollock_sample" / "csv").glob("row_*_sep*.csv")):
        found = read_text(path, tmp_path / "x.parquet")
        assert found["row_count"] + len(found["malformed"]) == 83, path.name
        for number, text, _ in found["malformed"]:
            assert path.read_text(encoding="utf-8").splitlines()[number - 1] == text


def test_the_measure_counts_as_it_says() -> None:
    right = [["a", "b"], ["1", "2"], ["3", "4"]]
    assert figures(right, right) == [1.0] * 9
    assert figures([["a", "b"], ["1", "2"]], right) == pytest.approx([1, 1, 1, 1, 0.5, 2 / 3, 1, 0.5, 2 / 3])
    assert figures([], []) == [1.0] * 9


def test_records_that_leave_empty_cells_at_the_end_out_are_filled_in(tmp_path) -> None:
    path = tmp_path / "short.csv"
    path.write_text("a,b,c\n1,2\n3,4\n5,6,7\n8,9,10,11\n")
    table = read_file(path, tmp_path)[0]
    assert [row.text for row in table.malformed] == ["8,9,10,11"]
    assert read_table(path) == [["a", "b", "c"], ["1", "2", ""], ["3", "4", ""], ["5", "6", "7"]]


def test_surplus_separators_at_the_end_are_cut_off(tmp_path) -> None:
    path = tmp_path / "long.csv"
    path.write_text("a,b\n1,2\n3,4,,\n5,6\n")
    assert read_table(path) == [["a", "b"], ["1", "2"], ["3", "4"], ["5", "6"]]


def test_quotes_escaped_by_a_backslash_are_told_from_doubled_ones(tmp_path) -> None:
    path = tmp_path / "escaped.csv"
    path.write_text('a,b\n1,"say \\"hi\\", twice"\n2,"x"\n')
    assert read_table(path) == [["a", "b"], ["1", 'say "hi", twice'], ["2", "x"]]
