"""Survey answers and lists of members as small companies and unknown programs write them.

The catalogues are written like that of the orders. The words of a score stand in the order of their grades, from 1 on;
its shape tells the scale where it is not 1 to 5. `listed` writes rows of any kind whose file and truth differ.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any

from tests.exports.by_hand_orders import WRITINGS, Column, Row, Writing, catalogue, columns_of, headers, sheet_of
from tests.exports.export import Export

Change = Callable[[int, Row], dict[str, Any]]
_MEMBERS = 36
_ANSWERS = "Date>answered_at day | Customer>customer %05d"
_ANSWERED = {"answered_at": "Date", "customer": "Customer"}


def answer_rows(rng: Random, lowest: int = 1, highest: int = 5, answers: int = 42) -> list[Row]:
    """Answers in the order of time, every one about an order and a complaint of its own."""
    start = datetime(2024, 10, 1, 9)
    moments = sorted(start + timedelta(days=rng.randrange(250), minutes=rng.randrange(600)) for _ in range(answers))
    rows = []
    for number, moment in enumerate(moments, 1):
        customer = rng.randrange(1, 16)
        row: Row = {"customer": customer, "person": customer, "answered_at": moment}
        row |= {"order_id": 4000 + 3 * number, "complaint_id": 900 + 7 * number, "score": rng.randint(lowest, highest)}
        rows.append(row)
    return rows


def answer_facts(rows: Sequence[Row]) -> dict[str, object]:
    """What is true of the answers."""
    days = sorted(row["answered_at"].date().isoformat() for row in rows)
    facts: dict[str, object] = {"answers": len(rows), "customers": len({row["customer"] for row in rows})}
    return facts | {"first_day": days[0], "last_day": days[-1], "score_sum": sum(row["score"] for row in rows)}


def scale_of(columns: Sequence[Column]) -> tuple[int, int]:
    """The lowest and the highest score that the columns allow."""
    shape = next(column.shape for column in columns if column.field == "score")
    lowest, _, highest = ("1-5" if "%" in shape or not shape else shape).partition("-")
    return int(lowest), int(highest)


def survey(file_name: str, line: str, writing: Writing) -> Export:
    """A list with one row per answer."""
    rng, columns = Random(file_name), columns_of(line)
    rows = answer_rows(rng, *scale_of(columns))
    content, _ = sheet_of(rows, columns, writing, rng)
    name, facts = file_name.partition(".")[0], answer_facts(rows)
    return Export(name, file_name, content, "satisfaction", headers(columns), facts=facts)


def member_rows(rng: Random) -> list[Row]:
    """Members in the order of their numbers; a third have left."""
    rows = []
    for number in range(1, _MEMBERS + 1):
        joined = datetime(2022, 1, 5) + timedelta(days=rng.randrange(900))
        left = joined + timedelta(days=rng.randrange(30, 200)) if rng.random() < 0.35 else None
        rows.append({"customer": number, "person": number, "joined_at": joined, "left_at": left})
    return rows


def members(file_name: str, line: str, writing: Writing) -> Export:
    """A list with one row per member."""
    rng, columns = Random(file_name), columns_of(line)
    content, _ = sheet_of(member_rows(rng), columns, writing, rng)
    facts: dict[str, object] = {"customers": _MEMBERS}
    return Export(file_name.partition(".")[0], file_name, content, "customers", headers(columns), facts=facts)


def as_it_is(_number: int, _row: Row) -> dict[str, Any]:
    return {}


def texts_in(field: str, *texts: str) -> Change:
    """Show these texts in the field, one in each of the first rows after the fourth."""
    return lambda n, _row: {field: texts[n - 4]} if 4 <= n < 4 + len(texts) else {}


def listed(
    name: str,
    table: str,
    line: str,
    rows: Sequence[Row],
    facts: Mapping[str, object],
    show: Change = as_it_is,
    **truth: Any,
) -> Export:
    """A file of these rows; `show` changes what stands in it, not what is true; fields `x…` are beside the point.

    unknown: facts in dispute. more: further facts. told, asks, left_out: as in `Export`.
    """
    columns, writing = columns_of(line), truth.get("writing", WRITINGS["en"])
    content, left_out = sheet_of([row | show(n, row) for n, row in enumerate(rows)], columns, writing, Random(name))
    told = {field: header for field, header in headers(columns).items() if field[0] != "x"}
    known = {fact: value for fact, value in facts.items() if fact not in truth.get("unknown", "").split()}
    file_name = f"{name}.{'xlsx' if writing.separator == 'xlsx' else 'csv'}"
    asks, told = frozenset(truth.get("asks", "").split()), truth.get("told", told)
    known, left_out = known | truth.get("more", {}), left_out | truth.get("left_out", {})
    return Export(name, file_name, content, table, told, asks, facts=known, left_out=left_out)


def answered(name: str, line: str, show: Change = as_it_is, answers: int = 40, **truth: Any) -> Export:
    """A list of answers on a scale from 1 to 5."""
    rows = answer_rows(Random(name), answers=answers)
    return listed(name, "satisfaction", line, rows, answer_facts(rows), show, **truth)


def _scores() -> tuple[Export, ...]:
    """Answers that are not what they seem."""
    fa = "تاریخ>answered_at day | کد مشتری>customer %05d | میزان رضایت شما از خدمات>score"
    unsure: dict[str, Any] = {"asks": "score", "unknown": "score_sum"}
    return (
        answered("score_in_persian", fa, writing=WRITINGS["fa"]),
        answered("two_questions", f"{_ANSWERS} | Staff>score | Cleanliness>=1/2/3/4/5", told=_ANSWERED, **unsure),
        answered("grades_where_1_is_best", f"{_ANSWERS} | Note (1 = sehr gut, 5 = mangelhaft)>score", **unsure),
        answered(
            "scores_out_of_range",
            f"{_ANSWERS} | Satisfaction (1-5)>score",
            texts_in("score", "99", "55", "0"),
            asks="score",
            unknown="answers customers score_sum",
        ),
        answered("ten_answers", f"{_ANSWERS} | Satisfaction>score", answers=10),
    )


_SURVEYS = """
en_exit_poll.csv: Date>answered_at day | Customer no.>customer %05d | How satisfied were you with our service?>score
en_recommend.csv: Responded at>answered_at | Email>customer c%03d@mail.example | Why?>=Price/Staff/Waiting |
  How likely are you to recommend us to a friend?>score 0-10
en_effort.xlsx workbook: Answered>answered_at day | Client no>customer %05d | Ticket no>complaint_id |
  It was easy to get my problem solved (1 = disagree, 7 = agree)>score 1-7
us_feedback.csv: Timestamp>answered_at | Guest>customer name |
  Overall, how satisfied are you?>score=Very dissatisfied/Dissatisfied/Neutral/Satisfied/Very satisfied
en_stars.tsv tabs: Reviewed>answered_at day | Account>customer A%04d | Booking no>order_id | Rating>score %d/5 |
  Remarks>comment=ok//Lovely
de_umfrage.csv: Antwort vom>answered_at day | Kundennr.>customer K%04d | Bestellnr.>order_id |
  Wie zufrieden sind Sie mit unserer Beratung?>score | Bemerkung>comment=Danke/Zu teuer//Gern wieder
de_empfehlung.xlsx workbook: Datum>answered_at day | Kunde>customer name |
  Wie wahrscheinlich ist es, dass Sie uns weiterempfehlen?>score 0-10
de_note.csv: Ausgefüllt am>answered_at | Mitglied>customer M%04d |
  Zufriedenheit>score=sehr unzufrieden/unzufrieden/teils, teils/zufrieden/sehr zufrieden
fr_satisfaction.csv: Répondu le>answered_at | Client>customer name |
  Êtes-vous satisfait de nos services ?>score=Très insatisfait/Insatisfait/Neutre/Satisfait/Très satisfait
es_encuesta.csv: Fecha de respuesta>answered_at day | Cliente>customer C%04d |
  ¿Qué tan satisfecho está con nuestro servicio?>score | Comentarios>comment=Bien/Mal/
pt_pesquisa.csv: Data da resposta>answered_at day | Cód. cliente>customer %04d | Qual a chance de nos recomendar?>score 0-10
tr_anket.csv: Tarih>answered_at day | Müşteri No>customer M%04d | Hizmetimizden ne kadar memnun kaldınız?>score |
  Görüşünüz>comment=Güzel/Yavaş/
ru_opros.csv: Дата ответа>answered_at | Клиент>customer name | Насколько вы довольны обслуживанием?>score |
  Комментарий>comment=Спасибо/Долго/
ru_ocenki.csv: Дата>answered_at day | Код клиента>customer К-%04d |
  Оценка>score=Очень плохо/Плохо/Нормально/Хорошо/Отлично
zh_manyidu.csv: 提交时间>answered_at | 会员号>customer V%04d | 您对我们的服务满意吗？>score=非常不满意/不满意/一般/满意/非常满意
ja_anketo.csv: 回答日>answered_at day | 会員番号>customer K%05d |
  満足度>score=とても不満/不満/どちらともいえない/満足/とても満足 |
  ご意見>comment=良い/遅い/
it_questionario.csv: Data compilazione>answered_at day | Cliente>customer name | Quanto è soddisfatto del servizio?>score %d/5
nl_enquete.csv: Ingevuld op>answered_at day | Klantnummer>customer %05d | Hoe tevreden bent u over onze service?>score 1-10
pl_ankieta.csv: Data odpowiedzi>answered_at day | Klient>customer name | Jak bardzo jest Pan/Pani zadowolony(a) z obsługi?>score
el_erevna.csv: Ημερομηνία>answered_at day | Πελάτης>customer name | Πόσο ικανοποιημένος είστε;>score
ar_istibyan.csv: تاريخ الإجابة>answered_at day | رقم العميل>customer %05d | ما مدى رضاك عن الخدمة؟>score
ar_taqyim.csv digits: تاريخ الرد>answered_at day | العميل>customer name |
  هل أنت راض عن خدماتنا؟>score=غير راض تماما/غير راض/محايد/راض/راض جدا
fa_nazarsanji.csv: تاریخ پاسخ>answered_at day | کد مشتری>customer %05d |
  میزان رضایت شما از برخورد کارکنان>score=خیلی ناراضی/ناراضی/متوسط/راضی/خیلی راضی
fa_tosiye.csv digits: زمان پاسخ>answered_at | شماره مشترک>customer %04d |
  چقدر احتمال دارد ما را به دوستان خود معرفی کنید؟>score 0-10
"""
_MEMBER_LISTS = """
en_club_list.csv: Member no>customer %05d | E-mail>person c%03d@mail.example | Member since>joined_at day |
  Cancelled on>left_at day | Level>segment=Gold/Silver
de_mitglieder.csv: Mitgliedsnr.>customer M%04d | Eintritt>joined_at day | Austritt>left_at day | Abteilung>segment=Turnen/Tanz
fr_adherents.csv: N° adhérent>customer A%04d | Date d'adhésion>joined_at day | Date de départ>left_at day |
  Formule>segment=Duo/Solo
es_socios.csv: Nº socio>customer S%04d | Fecha de alta>joined_at day | Fecha de baja>left_at day | Tarifa>segment=Mañana/Completa
nl_leden.csv: Lidnummer>customer %05d | Lid sinds>joined_at day | Opgezegd per>left_at day
ja_kaiin.csv: 会員番号>customer K%05d | 入会日>joined_at day | 退会日>left_at day | 会員種別>segment=一般/学生
ru_chleny.csv: № карты>customer %06d | Дата вступления>joined_at day | Дата выхода>left_at day | Тариф>segment=День/Вечер
fa_azaye_bashgah.csv: شماره عضویت>customer %05d | تاریخ عضویت>joined_at day | تاریخ خروج>left_at day | سطح>segment=طلایی/نقره‌ای
"""

EXPORTS: tuple[Export, ...] = (
    *(survey(*entry) for entry in catalogue(_SURVEYS)),
    *(members(*entry) for entry in catalogue(_MEMBER_LISTS)),
    *_scores(),
)
