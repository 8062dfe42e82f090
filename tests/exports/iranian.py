"""What Iranian customer management, accounting, shop and survey systems export: Persian words, Jalali days, rials."""

from collections.abc import Callable, Iterable, Sequence

from persiantools.jdatetime import JalaliDate

from tests.exports.export import Export
from tests.exports.help_desks import NO_ANSWER, Ticket, ticket_facts, tickets
from tests.exports.shops import Sale, order_facts, sold_export
from tests.exports.surveys import (
    Answer,
    Buyer,
    Facts,
    Values,
    Writer,
    answer_facts,
    answers,
    buyers,
    cell,
    columns_of,
    csv_writer,
    matter_of,
    xlsx_writer,
)

# fmt: off
NAMES = (
    "علی احمدی", "مریم رضایی", "حسین کریمی", "زهرا محمدی", "رضا حسینی", "فاطمه جعفری", "مهدی صادقی",
    "نرگس موسوی", "امیر قاسمی", "سارا اکبری", "محمد نوری", "لیلا رحیمی", "حسن یوسفی", "شیرین کاظمی",
)
# fmt: on
PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
WITH_MARK, XLSX = csv_writer(encoding="utf-8-sig"), xlsx_writer()


def _person(buyer: Buyer) -> Values:
    """Return what templates may take of an Iranian customer: name, first, last, code, mobile."""
    name = NAMES[buyers().index(buyer)]
    first, last = name.split()
    return {"name": name, "first": first, "last": last, "code": buyer.number, "mobile": f"0912300{buyer.number}"}


def _days(thing: Sale | Ticket | Answer) -> Values:
    """Return the Jalali day and moment, the day with a short year too."""
    day = JalaliDate(thing.at.date())
    text = f"{day.year}/{day.month:02}/{day.day:02}"
    return {"day": text, "short_day": text[2:], "moment": f"{text} {thing.at:%H:%M:%S}", "time": f"{thing.at:%H:%M}"}


def _sold(sale: Sale) -> dict[str, object]:
    """Add the amount in rials, tomans and with Persian thousands marks; prices are a thousand rials to the cent."""
    rials = 1000 * sale.cents
    lines = {"rials": rials, "tomans": rials // 10, "marked": f"{rials:,}".replace(",", "٬")}
    return {**_person(sale.buyer), **_days(sale), **lines}


def _facts(rials: int, *without: str) -> Callable[[Iterable[Sale]], Facts]:
    """Return how to tell facts at so many units of money to the cent."""

    def facts(sold: Iterable[Sale]) -> Facts:
        counted = [(sale.buyer.name, str(sale.number), sale.at.date(), 100 * rials * sale.cents) for sale in sold]
        return {name: fact for name, fact in order_facts(counted).items() if name not in without}

    return facts


NO_UNIT = _facts(1, "revenue")


def _persian_digits(write: Writer) -> Writer:
    """Return how to write the same file with Persian digits in its rows."""
    return lambda header, rows: write(header, [[str(text).translate(PERSIAN_DIGITS) for text in row] for row in rows])


def _sepidar(header: Sequence[str], rows: Sequence[Sequence[object]]) -> bytes:
    """Write the report's title above the header and the sum below the rows."""
    total = sum(int(str(row[-1])) for row in rows)
    last = ["جمع کل", *[""] * (len(header) - 2), total]
    return xlsx_writer(["شرکت چای نمونه", "گزارش فاکتورهای فروش از ۱۴۰۳/۱۰/۰۱ تا ۱۴۰۴/۰۸/۳۰", ""])(
        header, [*rows, last]
    )


def _of(
    name: str,
    file_name: str,
    table: str,
    columns: str,
    matter: str,
    things: Sequence[Ticket] | Sequence[Answer],
    facts: Facts,
) -> Export:
    """Build a workbook with one row per ticket or answer."""
    parts = columns_of(columns)
    rows = [[cell(template, _told(thing)) for _, template in parts] for thing in things]
    return Export(name, file_name, XLSX([header for header, _ in parts], rows), table, matter_of(matter), facts=facts)


def _told(thing: Ticket | Answer) -> Values:
    values = {**_person(thing.buyer), **_days(thing), "number": thing.number, "at": thing.at}
    if isinstance(thing, Answer):
        return values | {"score": thing.score}
    end = thing.moment(thing.resolved)
    day = JalaliDate(end.date()) if end else None
    text = f"{day.year}/{day.month:02}/{day.day:02} {end:%H:%M:%S}" if day and end else ""
    return values | {"ended": text, "state": "بسته شده" if text else "باز"}


def _didar_people() -> Export:
    columns = "کد={code} | نام={first} | نام خانوادگی={last} | شماره همراه={mobile} | ایمیل | تاریخ ایجاد=1403/02/15"
    parts, people = columns_of(columns), buyers()
    content = XLSX([header for header, _ in parts], [[cell(t, _person(person)) for _, t in parts] for person in people])
    matter, either, facts = {"customer": "کد"}, {"customer": ("شماره همراه",)}, Facts(customers=len(people))
    return Export("didar_people", "اشخاص.xlsx", content, "customers", matter, either=dict(either), facts=facts)


TICKETS, PORSLINE, GOOGLE = tickets("sarv_cases"), answers("porsline"), answers("google_forms_persian")
EXPORTS: tuple[Export, ...] = (
    _didar_people(),
    sold_export(
        "didar_deals",
        "معاملات.xlsx",
        "کد معامله={number} | عنوان معامله=سفارش {number} | نام شخص={name} | شماره همراه={mobile} | شرکت | "
        "کاریز معامله=فروش | مرحله کاریز=پیش‌فاکتور | وضعیت معامله={fate} | ارزش معامله={rials} | "
        "مسئول معامله=نیما راد | تاریخ ایجاد=1403/02/15 | تاریخ انجام={day}",
        "customer=شماره همراه; ordered_at=تاریخ انجام; order_id=کد معامله; status=وضعیت معامله",
        {"ناموفق": 0.15, "جاری": 0.25},
        "موفق",
        facts=NO_UNIT,
        either={"customer": ("نام شخص",)},
        asks=("amount",),
        write=XLSX,
        more=_sold,
    ),
    sold_export(
        "sepidar_invoices",
        "فاکتورهای فروش.xlsx",
        "شماره فاکتور={number} | تاریخ={day} | کد مشتری={code} | نام مشتری={name} | نوع فروش=نقدی | تخفیف=0 | "
        "مبلغ خالص (ریال)={rials}",
        "customer=کد مشتری; ordered_at=تاریخ; order_id=شماره فاکتور; amount=مبلغ خالص (ریال)",
        facts=_facts(1000),
        either={"customer": ("نام مشتری",)},
        write=_sepidar,
        more=_sold,
    ),
    sold_export(
        "hesabfa_invoices",
        "invoices.csv",
        "شماره={number} | ارجاع | تاریخ={day} | سررسید={day} | کد مشتری={code} | مشتری={name} | عنوان=فاکتور فروش | "
        "مبلغ={rials} | مانده=0 | وضعیت={fate}",
        "customer=کد مشتری; ordered_at=تاریخ; order_id=شماره; status=وضعیت",
        {"ذخیره موقت": 0.15},
        "دریافت شده",
        facts=NO_UNIT,
        either={"customer": ("مشتری",)},
        asks=("amount",),
        write=WITH_MARK,
        more=_sold,
    ),
    sold_export(
        "mahak_invoices",
        "گزارش فروش محک.csv",
        "شماره فاکتور={number} | تاریخ={day} | ساعت={time} | کد مشتری={code} | نام مشتری={name} | تخفیف=0 | "
        "مبلغ قابل پرداخت (ریال)={marked}",
        "customer=کد مشتری; ordered_at=تاریخ; order_id=شماره فاکتور; amount=مبلغ قابل پرداخت (ریال)",
        facts=_facts(1000),
        either={"customer": ("نام مشتری",)},
        write=_persian_digits(WITH_MARK),
        more=_sold,
    ),
    sold_export(
        "holoo_sales",
        "holoo.csv",
        "رديف={number} | شماره فاکتور={number} | تاريخ={day} | کد طرف حساب={code} | طرف حساب={code} شرکت | "
        "نام کالا={goods} | تعداد={quantity} | مبلغ کل (ريال)={line:rial}",
        "customer=کد طرف حساب; ordered_at=تاريخ; order_id=شماره فاکتور; amount=مبلغ کل (ريال)",
        lines=3,
        facts=_facts(1000),
        either={"customer": ("طرف حساب",), "order_id": ("رديف",)},
        write=csv_writer(sep="\t", encoding="cp1256"),
        more=_sold,
    ),
    sold_export(
        "holoo_short_years",
        "holoo2.csv",
        "شماره فاکتور={number} | تاریخ={short_day} | کد طرف حساب={code} | نام طرف حساب={name} | "
        "مبلغ کل (ریال)={rials:,}",
        "customer=کد طرف حساب; order_id=شماره فاکتور; amount=مبلغ کل (ریال); ordered_at=تاریخ",
        facts=_facts(1000, "first_day", "last_day"),
        either={"customer": ("نام طرف حساب",)},
        asks=("ordered_at",),
        write=WITH_MARK,
        more=_sold,
    ),
    sold_export(
        "woocommerce_persian",
        "orders-fa.csv",
        "شماره سفارش={number} | تاریخ سفارش={moment} | وضعیت سفارش={fate} | نام={first} | نام خانوادگی={last} | "
        "تلفن={mobile} | روش پرداخت=زرین‌پال | جمع سفارش (تومان)={tomans}",
        "customer=تلفن; ordered_at=تاریخ سفارش; order_id=شماره سفارش; amount=جمع سفارش (تومان); status=وضعیت سفارش",
        {"لغو شده": 0.1, "ناموفق": 0.2},
        "تکمیل شده",
        facts=_facts(100),
        either={"customer": ("نام خانوادگی",)},
        write=WITH_MARK,
        more=_sold,
    ),
    sold_export(
        "zarinpal_payments",
        "transactions.csv",
        "شناسه تراکنش=A{number} | مبلغ (تومان)={tomans:,} | وضعیت={fate} | تاریخ={moment} | موبایل={mobile} | "
        "توضیحات=سفارش {number}",
        "customer=موبایل; ordered_at=تاریخ; order_id=شناسه تراکنش; amount=مبلغ (تومان); status=وضعیت",
        {"ناموفق": 0.2},
        "پرداخت شده",
        facts=_facts(100),
        write=_persian_digits(WITH_MARK),
        more=_sold,
    ),
    _of(
        "porsline",
        "پرسشنامه رضایت.xlsx",
        "satisfaction",
        "شناسه پاسخ={number} | تاریخ ثبت={moment} | شماره موبایل={mobile} | "
        "میزان رضایت شما از خدمات ما چقدر است؟={score} | نظر شما",
        "customer=شماره موبایل; answered_at=تاریخ ثبت; score=میزان رضایت شما از خدمات ما چقدر است؟",
        PORSLINE,
        answer_facts(PORSLINE),
    ),
    _of(
        "google_forms_persian",
        "پاسخ‌های فرم.xlsx",
        "satisfaction",
        "مُهر زمان={at} | شماره موبایل={mobile} | چقدر از ما راضی هستید؟={score}",
        "customer=شماره موبایل; answered_at=مُهر زمان; score=چقدر از ما راضی هستید؟",
        GOOGLE,
        answer_facts(GOOGLE),
    ),
    _of(
        "sarv_cases",
        "سرویس‌ها.xlsx",
        "complaints",
        "شماره سرویس={number} | موضوع=تأخیر در ارسال | نام حساب={name} | وضعیت={state} | اولویت=عادی | "
        "تاریخ ایجاد={moment} | تاریخ بسته شدن={ended}",
        "customer=نام حساب; complaint_id=شماره سرویس; opened_at=تاریخ ایجاد; resolved_at=تاریخ بسته شدن; status=وضعیت",
        TICKETS,
        ticket_facts(TICKETS, *NO_ANSWER),
    ),
)
