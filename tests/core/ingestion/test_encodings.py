"""Text in a code page is read by its words; where two readings remain, both are handed on."""

import pytest

from retention_core.errors import FileUnreadable
from retention_core.ingestion.reading.read_file import read_file
from tests.acceptance.adapters import read_table
from tests.core.ingestion.files import csv_file

FILES = [
    ("windows-1254", ["Müşteri No", "Sipariş Tarihi"], ["Ayşe Yılmaz", "2026-01-05"]),
    ("windows-1254", ["customer", "date"], ["İbrahim Doğan", "2026-01-05"]),
    ("windows-1252", ["Kunde", "Straße"], ["Müller", "Königsallee"]),
    ("windows-1252", ["N° client", "Prénom"], ["17", "Hélène"]),
    ("windows-1252", ["Descrição", "Preço"], ["João", "5"]),
    ("windows-1252", ["Købsdato", "Beløb"], ["2026-01-05", "5"]),
    ("windows-1252", ["Nafn", "Upphæð"], ["Þórður", "5"]),
    ("windows-1250", ["Zamówienie", "Ilość"], ["1", "2"]),
    ("windows-1250", ["customer", "city"], ["Paweł Dąbrowski", "Łódź"]),
    ("windows-1250", ["Zákazník", "Číslo"], ["Dvořák", "1"]),
    ("windows-1250", ["Vevő", "Rendelés"], ["Erdős", "1"]),
    ("windows-1251", ["Дата", "Клиент"], ["2026-01-05", "Иван"]),
    ("windows-1251", ["date", "client"], ["2026-01-05", "Смирнова"]),
    ("windows-1253", ["Ημερομηνία", "Πελάτης"], ["2026-01-05", "Γιώργος"]),
    ("windows-1253", ["ΠΕΛΑΤΗΣ", "ΠΟΣΟ"], ["a", "5"]),
    ("windows-1256", ["نام", "شهر"], ["مريم", "تهران"]),
    ("windows-1256", ["العميل", "التاريخ"], ["أحمد", "1"]),
    ("shift_jis", ["顧客", "注文日"], ["山田", "2026-01-05"]),
    ("shift_jis", ["name", "date"], ["タナカ", "2026-01-05"]),
    ("gb18030", ["客户", "订单日期"], ["张三", "2026-01-05"]),
    ("gb18030", ["customer", "date"], ["王小明", "2026-01-05"]),
    ("cp850", ["Kunde", "Straße"], ["Müller", "Köln"]),
]


@pytest.mark.parametrize(("encoding", "header", "row"), FILES)
def test_a_few_words_tell_the_encoding_of_a_short_file(tmp_path, encoding, header, row) -> None:
    path = csv_file(tmp_path, f"{';'.join(header)}\n{';'.join(row)}\nx;y\n", encoding=encoding)
    assert read_table(path) == [header, row, ["x", "y"]]


@pytest.mark.parametrize(
    "text", ["Kunde;Ort\nGül;Köln\nb;c\n", "a;b\n1;5 €\n2;6 €\n", "a;b\n1;don’t\n2;x\n", "a;b\n1;£\n"]
)
def test_letters_that_the_candidates_read_alike_raise_no_question(tmp_path, text) -> None:
    path = csv_file(tmp_path, text, encoding="windows-1252")
    assert read_table(path) == [line.split(";") for line in text.splitlines()]
    if "£" not in text:
        (table,) = read_file(path, tmp_path)
        assert table.encodings == ("windows-1252",)
        assert table.encoding_samples == {}


def test_a_word_that_fits_two_encodings_is_handed_on_in_both(tmp_path) -> None:
    path = csv_file(tmp_path, "customer,amount\nKoþ,5\nB,6\n", encoding="windows-1252")  # or Koş
    (table,) = read_file(path, tmp_path)
    assert set(table.encodings) >= {"windows-1252", "windows-1254"}
    assert table.encoding_samples["windows-1252"] == ("Koþ",)
    assert table.encoding_samples["windows-1254"] == ("Koş",)
    (chosen,) = read_file(path, tmp_path, encoding="windows-1254")
    assert chosen.encodings[0] == "windows-1254"
    assert "windows-1252" in chosen.encodings


def test_a_chosen_encoding_is_used_and_one_that_cannot_be_is_refused(tmp_path) -> None:
    path = csv_file(tmp_path, "Дата,Клиент\n1,Иван\n", encoding="windows-1251")
    (table,) = read_file(path, tmp_path, encoding="windows-1252")
    assert table.header == ("Äàòà", "Êëèåíò")
    path.write_bytes(b"a,b\n1,\x81\n2,\x8d\n")
    for encoding in ("windows-1252", "no encoding"):
        with pytest.raises(FileUnreadable, match="not in the encoding that was chosen"):
            read_file(path, tmp_path, encoding=encoding)


def test_words_far_behind_the_first_letter_beyond_ascii_count_too(tmp_path) -> None:
    text = "customer,amount\nGül,1\n" + "Gül,2\n" * 400_000 + "Ayşe Şahin,3\nYıldız,4\n" * 40_000
    path = csv_file(tmp_path, text, encoding="windows-1254")
    (table,) = read_file(path, tmp_path)
    assert table.encodings == ("windows-1254",)


def test_a_text_in_unicode_and_a_workbook_have_no_rivals(tmp_path) -> None:
    (table,) = read_file(csv_file(tmp_path, "Müşteri,b\n1,2\n"), tmp_path)
    assert table.encodings == ("utf-8",)
    assert table.encoding_samples == {}


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark_is_read(tmp_path, codec) -> None:
    path = csv_file(tmp_path, "Müşteri;Дата\nAyşe;1\n山田;2\n", encoding=codec)
    assert read_table(path) == [["Müşteri", "Дата"], ["Ayşe", "1"], ["山田", "2"]]


def test_nul_bytes_between_letters_are_left_out_and_said(tmp_path) -> None:
    path = csv_file(tmp_path, "customer,amount\nA,1\nB\0,2\n\0C,3\n")
    assert read_table(path) == [["customer", "amount"], ["A", "1"], ["B", "2"], ["C", "3"]]
    assert "NUL bytes" in read_file(path, tmp_path)[0].reading


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig"])
def test_a_person_reads_the_name_of_an_encoding_and_not_that_of_its_codec(tmp_path, codec) -> None:
    text = csv_file(tmp_path, "a,b\nö,1\n", encoding=codec)
    page = csv_file(tmp_path, "<table><tr><td>a<td>b<tr><td>ö<td>1</table>", "page.html", codec)
    assert read_file(text, tmp_path)[0].reading.startswith("text (UTF-8), ")
    assert read_file(page, tmp_path)[0].reading == "a table of a web page (HTML, UTF-8)"
