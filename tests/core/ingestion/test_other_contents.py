"""A file is read as what it is, whatever its name ends with; what is not read is called by its name."""

import gzip

import pytest

from retention_core.errors import FileUnreadable
from retention_core.ingestion.reading.read_file import read_file
from tests.acceptance.adapters import read_table
from tests.core.ingestion.files import csv_file, workbook

TABLE = [["customer", "amount"], ["Ann", "1"], ["Björk", "2"]]
HTML = (
    '<html><head><meta charset="{}"></head><body><table><tr><td>Printed on Monday</td></tr></table>'
    "<table border=1><tr><th>customer</th><th>amount</th></tr><tr><td>Ann</td><td> 1 </td></tr>"
    "<tr><td>Björk</td><td>2</table></body></html>"
)
XML = (
    '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
    'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="Orders"><Table>'
    '<Row><Cell><Data ss:Type="String">customer</Data></Cell><Cell><Data ss:Type="String">date</Data></Cell>'
    '<Cell><Data ss:Type="String">amount</Data></Cell></Row>'
    '<Row ss:Index="3"><Cell><Data ss:Type="String">A</Data></Cell>'
    '<Cell><Data ss:Type="DateTime">2026-01-05T10:00:00.000</Data></Cell><Cell><Data ss:Type="Number">1.5</Data></Cell>'
    '</Row><Row><Cell><Data ss:Type="String">B</Data></Cell><Cell ss:Index="3"><Data ss:Type="Error">#DIV/0!</Data>'
    "</Cell></Row></Table></Worksheet></Workbook>"
)


@pytest.mark.parametrize("charset", ["utf-8", "windows-1252"])
@pytest.mark.parametrize("name", ["export.xls", "export.html", "export.xlsx"])
def test_a_web_page_named_as_a_workbook_is_read(tmp_path, name, charset) -> None:
    assert read_table(csv_file(tmp_path, HTML.format(charset), name, charset)) == TABLE


def test_cells_of_a_web_page_over_several_columns_keep_the_others_in_place(tmp_path) -> None:
    page = "<table><tr><td>a<td>b<td>c<tr><td colspan=2>x<td>1<tr><td>y<br>z<td>&amp;<td>2</table>"
    assert read_table(csv_file(tmp_path, page, "export.xls")) == [["a", "b", "c"], ["x", "", "1"], ["y z", "&", "2"]]


def test_a_page_without_a_table_is_refused_as_such(tmp_path) -> None:
    with pytest.raises(FileUnreadable, match="web page without a table"):
        read_file(csv_file(tmp_path, "<!DOCTYPE html><html><form>Sign in</form></html>", "orders.xls"), tmp_path)


@pytest.mark.parametrize("name", ["export.xls", "export.xml"])
def test_the_xml_of_excel_2003_is_read_with_its_places(tmp_path, name) -> None:
    path = csv_file(tmp_path, XML, name)
    (table,) = read_file(path, tmp_path)
    assert table.sheet == "Orders"
    assert read_table(path) == [
        ["customer", "date", "amount"],
        ["A", "2026-01-05 10:00:00", "1.5"],
        ["B", "", "#DIV/0!"],
    ]


def test_xml_that_declares_entities_or_is_damaged_is_refused(tmp_path) -> None:
    bomb = XML.replace("<Workbook", '<!DOCTYPE a [<!ENTITY b "bbbb">]><Workbook', 1)
    with pytest.raises(FileUnreadable, match="document type"):
        read_file(csv_file(tmp_path, bomb, "bomb.xls"), tmp_path)
    with pytest.raises(FileUnreadable, match="damaged"):
        read_file(csv_file(tmp_path, XML[:-40], "cut.xls"), tmp_path)
    far = XML.replace('ss:Index="3"', 'ss:Index="999999999"', 1)
    with pytest.raises(FileUnreadable, match="999,999,999"):
        read_file(csv_file(tmp_path, far, "far.xls"), tmp_path)


@pytest.mark.parametrize("name", ["orders.xlsx", "orders.xls", "orders.ods"])
def test_text_named_as_a_workbook_is_read_and_said_to_be_text(tmp_path, name) -> None:
    path = csv_file(tmp_path, "customer\tamount\nAnn\t1\nBjörk\t2\n", name)
    assert read_table(path) == TABLE
    assert "no workbook" in read_file(path, tmp_path)[0].reading


@pytest.mark.parametrize("name", ["orders.csv", "orders.xls", "orders.txt", "orders.ods"])
def test_a_workbook_under_another_ending_is_read(tmp_path, name) -> None:
    assert read_table(workbook(tmp_path, {"A": TABLE}, "book.xlsx").rename(tmp_path / name)) == TABLE


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"MIME-Version: 1.0\nContent-Type: multipart/related\n", "a web archive"),
        (b'<?xml version="1.0"?><orders><order/></orders>', "XML of a kind of its own"),
        (gzip.compress(b"a,b\n1,2\n"), "a packed file"),
    ],
    ids=["web archive", "XML", "packed file"],
)
def test_what_is_not_read_is_called_by_its_name(tmp_path, content, told) -> None:
    (tmp_path / "orders.xls").write_bytes(content)
    with pytest.raises(FileUnreadable, match=told):
        read_file(tmp_path / "orders.xls", tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        '[{"customer": "Ann", "amount": 1}, {"customer": "Björk", "amount": 2}]',
        '[\n  {\n    "customer": "Ann",\n    "amount": 1\n  },\n  {"customer": "Björk", "amount": 2}\n]\n',
        '{"count": 2, "orders": [{"customer": "Ann", "amount": 1}, {"customer": "Björk", "amount": 2}], "more": []}',
        '{\n"meta": {"page": [1, 2]},\n"orders": [\n{"customer": "Ann", "amount": 1},\n{"customer": "Björk", "amount": 2}\n]}',
        '{"customer": "Ann", "amount": 1}\n{"customer": "Björk", "amount": 2}\n',
    ],
)
def test_json_is_read_as_lines_as_an_array_and_inside_an_object(tmp_path, text) -> None:
    assert read_table(csv_file(tmp_path, text, "orders.json")) == TABLE


def test_an_object_with_two_arrays_gives_two_tables(tmp_path) -> None:
    text = '{"orders": [{"a": 1}], "customers": [{"b": 2}, {"b": 3}]}'
    tables = read_file(csv_file(tmp_path, text, "shop.json"), tmp_path)
    assert [(table.sheet, table.row_count) for table in tables] == [("orders", 1), ("customers", 2)]


@pytest.mark.parametrize(
    "text", ["[1, 2]", '{"a": 1', "[" * 100_000, '[{"a": 1} {"a": 2}]', "nothing", '{"a": [{"b": 1}']
)
def test_json_that_is_no_table_is_refused(tmp_path, text) -> None:
    with pytest.raises(FileUnreadable, match="array of objects"):
        read_file(csv_file(tmp_path, text, "broken.json"), tmp_path)
