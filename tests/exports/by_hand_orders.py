"""Sales lists, till journals, invoices, bookings and payments as small companies and unknown programs write them.

A file is one line of a catalogue: `Header>field shape=words`, columns parted by ` | `. `field` is what the column
tells (empty: beside the point), `shape` how (`day`, `time`, `name`, a pattern with %d), `words` the choices, parted by
`/`; a word with `*reason` behind it marks rows that a switch should offer to leave out. Truth is counted before writing.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import xlsxwriter
from persiantools.jdatetime import JalaliDate

from tests.exports.export import Export

Row = dict[str, Any]
Sheet = tuple[bytes, dict[str, int]]
ENGLISH_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"
_FRENCH_MONTHS = "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc."


@dataclass(frozen=True)
class Writing:
    """How a program writes a file: letters, separator, moments, numbers (an example of 1234.56), names of people."""

    encoding: str = "utf-8"
    separator: str = ","
    day: str = "%Y-%m-%d"
    number: str = "1234.56"
    names: tuple[str, str] = ("Anna Ben Carla Dan Ella", "Smith Jones Brown Clark")
    time: str = "%H:%M"
    months: str = ENGLISH_MONTHS
    title: tuple[str, ...] = ()
    total: str = ""
    digits: str = "0123456789"
    jalali: bool = False
    scale: int = 1
    real: bool = True  # in a workbook: dates and numbers as such, not as text

    @property
    def whole(self) -> bool:
        """Whether money is written without decimals."""
        return "56" not in self.number


@dataclass(frozen=True)
class Column:
    """One column of a file: its header, the field it tells, how, and the words to choose from."""

    header: str
    field: str
    shape: str
    words: tuple[str, ...]


def columns_of(line: str) -> list[Column]:
    """Read the columns of one line of a catalogue."""
    columns = []
    for part in line.split(" | "):
        header, _, rest = part.partition(">")
        told, _, words = rest.partition("=")
        field, _, shape = told.partition(" ")
        columns.append(Column(header, field, shape, tuple(words.split("/")) if words else ()))
    return columns


def day_text(day: date, writing: Writing) -> str:
    """Write a day as the program does, in its calendar."""
    local: Any = JalaliDate(day) if writing.jalali else day
    parts = {"%Y": f"{local.year:04}", "%y": f"{local.year % 100:02}", "%m": f"{local.month:02}"}
    parts |= {"%d": f"{local.day:02}", "%-m": str(local.month), "%-d": str(local.day)}
    parts["%b"] = writing.months.split()[local.month - 1]
    return re.sub(r"%-?\w", lambda part: parts[part.group()], writing.day)


def number_text(value: Decimal, like: str) -> str:
    """Write an amount like the example of 1234.56."""
    found = re.fullmatch(r"(.*?)1(\D?)234(?:(\D)56)?(\D*)", like)
    assert found, like
    before, thousands, decimal, after = found.groups("")
    text = f"{abs(value):,.2f}" if decimal else f"{abs(value):,.0f}"
    text = text.replace(",", "\0").replace(".", decimal).replace("\0", thousands)
    return f"{'-' if value < 0 else ''}{before}{text}{after}"


def cell(row: Row, column: Column, writing: Writing, rng: Random) -> Any:
    """What stands in one cell: text, or a date or number in a workbook that writes them as such."""
    if column.words:
        return (column.words[row[column.field] - 1] if column.field == "score" else rng.choice(column.words)) or ""
    value = row[column.field]
    if value is None:
        return ""
    if column.shape == "name":
        return name_of(value, writing)
    real = writing.separator == "xlsx" and writing.real
    if isinstance(value, datetime):
        if real and column.shape != "time":
            return value.date() if column.shape == "day" else value
        parts = {"day": day_text(value, writing), "time": value.strftime(writing.time)}
        return parts.get(column.shape) or " ".join(parts.values())
    if isinstance(value, Decimal):
        return float(value) if real else number_text(value, writing.number)
    return column.shape % value if "%" in column.shape else value


def name_of(number: int, writing: Writing) -> str:
    """The name of the customer with this number."""
    first, last = (names.split() for names in writing.names)
    glue = " " if first[0] < "一" else ""
    return f"{first[number % len(first)]}{glue}{last[number // len(first) % len(last)]}"


def written(cells: Sequence[Sequence[Any]], writing: Writing) -> bytes:
    """The whole file: title, header and rows."""
    if writing.separator == "xlsx":
        return _workbook(cells)
    sheet = io.StringIO()
    csv.writer(sheet, delimiter=writing.separator, lineterminator="\r\n").writerows(cells)
    return sheet.getvalue().translate(str.maketrans("0123456789", writing.digits)).encode(writing.encoding)


def _workbook(cells: Sequence[Sequence[Any]]) -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        book.set_properties({"created": datetime(2025, 1, 1)})
        formats = {date: book.add_format({"num_format": "dd/mm/yyyy"})}
        formats[datetime] = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
        sheet = book.add_worksheet()
        for number, row in enumerate(cells):
            for place, value in enumerate(row):
                sheet.write(number, place, value, *([formats[type(value)]] if isinstance(value, date) else []))
    return target.getvalue()


def sheet_of(rows: Sequence[Row], columns: Sequence[Column], writing: Writing, rng: Random) -> Sheet:
    """Write the rows; words with `*reason` lose the mark and are counted by it."""
    body = [[cell(row, column, writing, rng) for column in columns] for row in rows]
    marks = Counter(text.partition("*")[2] for row in body for text in row if "*" in str(text))
    plain = [[text.partition("*")[0] if isinstance(text, str) else text for text in row] for row in body]
    title = [[line] for line in writing.title] + [[]] * bool(writing.title)
    cells = [*title, [c.header for c in columns], *plain, *_totals(rows, columns, writing)]
    return written(cells, writing), dict(marks)


def _totals(rows: Sequence[Row], columns: Sequence[Column], writing: Writing) -> list[list[Any]]:
    total = {"amount": sum((r["amount"] for r in rows), Decimal(0))} if writing.total and "amount" in rows[0] else {}
    money = [cell(total, c, writing, Random(0)) if c.field in total else "" for c in columns]
    return [[writing.total, *money[1:]]] if writing.total else []


def headers(columns: Sequence[Column]) -> dict[str, str]:
    """Canonical column -> header; a time beside its day is `ordered_time`; names beside an id tell nothing more."""
    told: dict[str, str] = {}
    for column in columns:
        field = "ordered_time" if (column.field, column.shape) == ("ordered_at", "time") else column.field
        told.setdefault(field, column.header)
    return {field: header for field, header in told.items() if field and field != "person"}


def sale_rows(rng: Random, writing: Writing, orders: int = 44, lines: int = 1, refunds: int = 0) -> list[Row]:
    """Lines of orders in the order of time; the last orders are refunds."""
    start = datetime(2024, 10, 3, 8)
    moments = sorted(start + timedelta(days=rng.randrange(290), minutes=rng.randrange(720)) for _ in range(orders))
    rows = []
    for number, moment in enumerate(moments, 1):
        customer = rng.randrange(1, 16)
        for _ in range(rng.randrange(1, lines + 1)):
            price = Decimal(rng.randrange(3, 190) if writing.whole else rng.randrange(310, 49900)) * writing.scale
            money = price if writing.whole else price / 100
            quantity = -1 if number > orders - refunds else rng.randrange(1, 6)
            rows.append({"customer": customer, "person": customer, "ordered_at": moment, "order_id": 2300 + 3 * number})
            rows[-1] |= {"quantity": quantity, "unit_price": money, "amount": money * quantity}
    return rows


def order_facts(rows: Sequence[Row], told: Mapping[str, str]) -> dict[str, object]:
    """What is true of the orders, as far as the columns tell it."""
    days = sorted(row["ordered_at"].date().isoformat() for row in rows)
    numbered = len({(row["customer"], row["order_id"]) for row in rows})
    facts: dict[str, object] = {"orders": numbered if "order_id" in told else len(rows)}
    facts |= {"customers": len({row["customer"] for row in rows}), "first_day": days[0], "last_day": days[-1]}
    if "amount" in told or {"quantity", "unit_price"} <= set(told):
        facts["revenue"] = round(float(sum(row["amount"] for row in rows)), 2)
    return facts


def sales(file_name: str, line: str, writing: Writing) -> Export:
    """A list of sales; its rows are lines of orders where it tells the order's number and the product."""
    rng, columns = Random(file_name), columns_of(line)
    told = headers(columns)
    lined = {"order_id", "product"} <= set(told)
    refunds = 3 if "refunds" in {column.shape for column in columns} else 0
    rows = sale_rows(rng, writing, 24 if lined else 44, 3 if lined else 1, refunds)
    content, left_out = sheet_of(rows, columns, writing, rng)
    facts = order_facts(rows, told)
    return Export(file_name.partition(".")[0], file_name, content, "orders", told, facts=facts, left_out=left_out)


def catalogue(text: str) -> Iterator[tuple[str, str, Writing]]:
    """File name, columns and writing of each entry `de_name.csv [way of writing]: columns`; indented lines go on."""
    for line in re.sub(r"\n +", " ", text).strip().splitlines():
        entry, _, columns = line.partition(": ")
        file_name, _, way = entry.partition(" ")
        yield file_name, columns, WRITINGS[f"{file_name[:2]} {way}".strip()]


_GERMAN = Writing("cp1252", ";", "%d.%m.%Y", "1.234,56", ("Anna Jonas Jörg Käthe", "Berger Wolf Groß Müller"))
_FRENCH = Writing("cp1252", ";", "%d/%m/%Y", "1 234,56 €", ("Zoé Luc Chloé René", "Lefèvre Petit Durand Noël"))
_RUSSIAN = Writing("cp1251", ";", "%d.%m.%Y", "1 234,56", ("Анна Пётр Ольга Юрий", "Белых Седых Гнатюк Жук"))
_CHINESE = Writing("gb18030", ",", "%Y/%-m/%-d", "1,234.56", ("王 李 张 刘", "芳 伟 娜 强"))
_JAPANESE = Writing("shift_jis", ",", "%Y/%m/%d", "1234", ("佐藤 鈴木 高橋 田中", "花子 太郎 恵 誠"), scale=50)
_POLISH = Writing("cp1250", ";", "%d.%m.%Y", "1 234,56 zł", ("Łucja Jan Zofia Paweł", "Wójcik Zając Król Dąb"))
_ARABIC = Writing("cp1256", ";", "%d/%m/%Y", "1234.56", ("أحمد فاطمة علي مريم", "حسن صالح ناصر عمر"))
_PERSIAN = Writing(
    "utf-8", ",", "%Y/%m/%d", "1234", ("رضا سارا پگاه آذر", "کاوه مراد گل ناز"), jalali=True, scale=10000
)
WRITINGS = {
    "en": Writing(),
    "en tabs": Writing("utf-16", "\t", "%d-%b-%Y", "1,234.56"),
    "en workbook": Writing(separator="xlsx", title=("Harbour Books", "Sales by day"), total="Grand total"),
    "us": Writing(day="%m/%d/%Y", number="$1,234.56", time="%I:%M %p"),
    "de": _GERMAN,
    "de workbook": replace(_GERMAN, separator="xlsx", title=("Radhaus Gößling", "Werkstatt"), total="Summe"),
    "fr": _FRENCH,
    "fr words": replace(_FRENCH, encoding="utf-8", day="%-d %b %Y", months=_FRENCH_MONTHS),
    "es": Writing("utf-8-sig", ";", "%d/%m/%Y", "1.234,56", ("José Lucía Íñigo Marta", "Peña Muñoz Gil Ríos")),
    "pt": Writing("utf-8", ";", "%d/%m/%Y", "R$ 1.234,56", ("João Inês Rui Bia", "Sá Lima Leão Reis")),
    "tr": Writing("cp1254", ";", "%d.%m.%Y", "1.234,56 TL", ("Ayşe İbrahim Gül Oğuz", "Yıldız Şahin Çelik Kaya")),
    "ru": _RUSSIAN,
    "zh": _CHINESE,
    "ja": _JAPANESE,
    "ja words": replace(_JAPANESE, encoding="utf-8-sig", day="%Y年%-m月%-d日"),
    "it": Writing("utf-8", "|", "%d/%m/%Y", "€ 1.234,56", ("Niccolò Giulia Marco Zoè", "Rossi Forlì Conti Ricci")),
    "nl": Writing("utf-8", ";", "%d-%m-%Y", "1.234,56", ("Sanne Daan Noë Piet", "Bakker Visser Smit Mulder")),
    "pl": _POLISH,
    "cs": replace(_POLISH, day="%-d.%-m.%Y", number="1 234,56 Kč", names=("Jiří Eva Aleš Ota", "Novák Říha Malý Dub")),
    "el": Writing("cp1253", ";", "%d/%m/%Y", "1.234,56", ("Άννα Νίκος Ελένη Ίων", "Παππάς Βλάχος Ρήγας Δήμου")),
    "ar": _ARABIC,
    "ar digits": replace(_ARABIC, encoding="utf-8", digits="٠١٢٣٤٥٦٧٨٩", number="1234٫56"),
    "fa": _PERSIAN,
    "fa old": replace(_PERSIAN, encoding="cp1256", separator=";", number="1,234"),
    "fa digits": replace(_PERSIAN, digits="۰۱۲۳۴۵۶۷۸۹", number="1٬234"),
    "fa workbook": replace(_PERSIAN, separator="xlsx", title=("فروشگاه نمونه", "گزارش فروش"), total="جمع کل"),
}
_CATALOGUE = """
en_corner_shop.csv: Sale date>ordered_at day | Customer>customer name | Receipt #>order_id | Total>amount
en_salon_visits.csv: Visit>ordered_at | Client ID>customer C-%03d | Client>person name | Treatment>product=Cut/Colour/Nails |
  Stylist>employee=Mia/Tom/Sue | Paid>amount | Tip>=0/2/5
en_membership_charges.csv: Charge date>ordered_at day | Member no.>customer %05d | Plan>=Basic/Plus |
  Amount charged>amount | Result>status=Paid/Paid/Paid/Paid/Declined*failed
en_garage_invoices.tsv tabs: Inv No>order_id G%05d | Inv Date>ordered_at day | Acct>customer A%04d | Inv Total>amount
en_bookshop_till.xlsx workbook: Date>ordered_at day | Card holder>customer H%04d | Slip>order_id | Takings>amount
us_deli_journal.csv: Trans Date>ordered_at day | Trans Time>ordered_at time | Check>order_id | Guest phone>customer 555-01%02d |
  Item>product=Soup/Sandwich/Juice | Qty>quantity | Line Amount>amount
de_weinladen_rechnungen.csv: Rechnungsnr.>order_id RE-%05d | Rechnungsdatum>ordered_at day | Kundennr.>customer K%04d |
  Kunde>person name | Rechnungsbetrag>amount refunds
de_friseur_termine.csv: Datum>ordered_at day | Uhrzeit>ordered_at time | Kundin>customer name |
  Leistung>product=Schnitt/Farbe/Dauerwelle | Mitarbeiterin>employee=Petra/Steffi | Preis>amount
de_hofladen_kasse.csv: Bon>order_id | Bondatum>ordered_at | Kundenkarte>customer %06d | Artikel>product=Eier/Käse/Brot |
  Anzahl>quantity | Einzelpreis>unit_price | Gesamtpreis>amount
de_werkstatt.xlsx workbook: Auftrag>order_id W%05d | Auftragsdatum>ordered_at day | Kd-Nr>customer %05d | Auftragssumme>amount |
  Zustand>status=erledigt/erledigt/erledigt/storniert*cancelled
fr_factures.csv: N° facture>order_id F%05d | Date de facture>ordered_at day | Code client>customer C%04d | Montant TTC>amount
fr_reservations.csv: N° réservation>order_id | Date et heure>ordered_at | Nom du client>customer name | Couverts>=2/3/4 |
  État>status=Honorée/Honorée/Honorée/Annulée*cancelled
fr_fleuriste.csv words: Vendu le>ordered_at day | Acheteur>customer name | Ticket>order_id | Prix payé>amount
es_cuotas_gimnasio.csv: Socio>customer S%04d | Fecha de cobro>ordered_at day | Tarifa>=Mañana/Completa | Cuota>amount |
  Estado del cobro>status=Cobrado/Cobrado/Cobrado/Devuelto*failed
pt_consultas.csv: Data da consulta>ordered_at | Paciente>customer name | Dentista>employee=Dra. Sá/Dr. Luz | Valor>amount
tr_satislar.csv: Satış Tarihi>ordered_at | Müşteri No>customer M%04d | Fiş No>order_id | Tutar>amount
ru_prodazhi.csv: Дата>ordered_at | Контрагент>customer name | Номер заказа>order_id | Сумма>amount refunds
ru_servis.csv: Дата визита>ordered_at day | Код клиента>customer К-%04d | Услуга>product=Шины/Масло |
  Мастер>employee=Иван/Олег | Стоимость>amount | Состояние>status=Оплачен/Оплачен/Оплачен/Отменён*cancelled
zh_xiaoshou.csv: 订单编号>order_id DD%05d | 下单时间>ordered_at | 会员号>customer V%04d | 商品>product=茶/米/面 |
  数量>quantity | 单价>unit_price | 金额>amount
ja_uriage.csv: 売上日>ordered_at day | 顧客コード>customer %06d | 伝票番号>order_id | 商品名>product=緑茶/急須 |
  数量>quantity | 単価>unit_price | 売上金額>amount
ja_raiten.csv words: 来店日時>ordered_at | 会員番号>customer K%05d | お名前>person name | お支払額>amount
it_vendite.csv: Data>ordered_at day | N. scontrino>order_id | Cliente>customer name | Importo>amount
nl_facturen.csv: Factuurnr>order_id | Factuurdatum>ordered_at day | Klantnummer>customer %05d | Bedrag>amount refunds
pl_sprzedaz.csv: Data sprzedaży>ordered_at day | Nabywca>customer name | Nr paragonu>order_id | Kwota>amount
cs_prodeje.csv: Datum prodeje>ordered_at day | Zákazník>customer name | Číslo dokladu>order_id | Částka>amount
el_poliseis.csv: Ημερομηνία>ordered_at day | Πελάτης>customer name | Αρ. παραστατικού>order_id | Ποσό>amount
ar_mabiat.csv: تاريخ البيع>ordered_at day | رقم العميل>customer %05d | رقم الفاتورة>order_id | المبلغ>amount
ar_ziyarat.csv digits: تاريخ الزيارة>ordered_at day | اسم العميل>customer name | الخدمة>product=غسيل/صيانة | القيمة>amount
fa_foroush.csv: تاریخ فروش>ordered_at day | کد مشتری>customer %05d | شماره فاکتور>order_id | مبلغ>amount
fa_sandogh.csv old: شماره فيش>order_id | تاريخ>ordered_at day | نام مشتري>customer name | مبلغ کل>amount
fa_salon.csv digits: تاریخ مراجعه>ordered_at day | شماره مشترک>customer %04d | خدمت>product=رنگ/کوتاهی | مبلغ پرداختی>amount
fa_gozaresh.xlsx workbook: تاریخ فاکتور>ordered_at day | نام خریدار>customer name | شماره>order_id | جمع فاکتور>amount
"""

EXPORTS: tuple[Export, ...] = tuple(sales(*entry) for entry in catalogue(_CATALOGUE))
