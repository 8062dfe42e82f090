"""Complaint registers, ticket lists and logs of events as small companies and unknown programs write them.

The catalogue is written like that of the orders. In a log, `status` has the steps of a complaint: the first opens it,
those with `!` close it, with `^` open it again, all others lie between.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from typing import Any

from tests.exports.by_hand_answers import Change, as_it_is, listed
from tests.exports.by_hand_orders import Column, Row, Writing, catalogue, columns_of, headers, sheet_of
from tests.exports.export import Export

_QUARTER = timedelta(minutes=15)
_TICKETS = "Ticket>complaint_id | Opened>opened_at | Customer>customer %05d"
_LENGTHS = ("hours", "minutes", "clock")


def complaint_rows(rng: Random, complaints: int = 40) -> list[Row]:
    """Complaints in the order of opening; some have no answer yet, more no resolution."""
    start = datetime(2024, 9, 2, 8)
    opened = sorted(start + timedelta(days=rng.randrange(200), minutes=rng.randrange(600)) for _ in range(complaints))
    rows = []
    for number, moment in enumerate(opened, 1):
        answer = rng.randrange(1, 300) * _QUARTER if rng.random() < 0.85 else None
        settled = answer + rng.randrange(4, 900) * _QUARTER if answer and rng.random() < 0.8 else None
        customer = rng.randrange(1, 16)
        row: Row = {"customer": customer, "person": customer, "complaint_id": 7000 + 7 * number, "opened_at": moment}
        row |= {"first_response_after": answer, "resolved_after": settled}
        row["first_response_at"] = moment + answer if answer else None
        row["resolved_at"] = moment + settled if settled else None
        rows.append(row)
    return rows


def complaint_facts(rows: Sequence[Row], told: set[str], by_day: bool = False) -> dict[str, object]:
    """What is true of the complaints, as far as the columns tell it; by days where moments have no time."""
    days = sorted(row["opened_at"].date().isoformat() for row in rows)
    facts: dict[str, object] = {"complaints": len(rows), "customers": len({row["customer"] for row in rows})}
    facts |= {"first_day": days[0], "last_day": days[-1]}
    for step, count, wait in (("first_response", "answered", "wait_first"), ("resolved", "resolved", "wait_resolved")):
        if told & {f"{step}_at", f"{step}_after"}:
            waits = [_wait(row, f"{step}_at", by_day) for row in rows if row[f"{step}_at"]]
            facts |= {count: len(waits), wait: sum(seconds for seconds in waits if seconds >= 0)}
    return facts


def _wait(row: Row, end: str, by_day: bool) -> int:
    if by_day:
        return int((row[end].date() - row["opened_at"].date()).days) * 86400
    return int((row[end] - row["opened_at"]).total_seconds())


def length_of(wait: timedelta | None, shape: str) -> str | None:
    """A length of time as hours with decimals, as whole minutes, or as a clock that runs past 24 hours."""
    if wait is None:
        return None
    minutes = int(wait.total_seconds()) // 60
    if shape == "clock":
        return f"{minutes // 60}:{minutes % 60:02}:00"
    return str(minutes) if shape == "minutes" else f"{minutes / 60:.2f}"


def _with_lengths(rows: Sequence[Row], columns: Sequence[Column]) -> list[Row]:
    shapes = {column.field: column.shape for column in columns if column.shape in _LENGTHS}
    return [row | {field: length_of(row[field], shape) for field, shape in shapes.items()} for row in rows]


def register(file_name: str, line: str, writing: Writing) -> Export:
    """A list with one row per complaint."""
    rng, columns = Random(file_name), columns_of(line)
    rows, told = complaint_rows(rng), headers(columns)
    content, left_out = sheet_of(_with_lengths(rows, columns), columns, writing, rng)
    by_day = any(column.shape == "day" for column in columns)
    facts, name = complaint_facts(rows, set(told), by_day), file_name.partition(".")[0]
    return Export(name, file_name, content, "complaints", told, facts=facts, left_out=left_out)


def log(file_name: str, line: str, writing: Writing, asks: frozenset[str] = frozenset()) -> Export:
    """A log with one row per change of status; its rows stand in the order of time."""
    rng, columns = Random(file_name), columns_of(line)
    steps = next(column.words for column in columns if column.field == "status")
    plain = [replace(column, words=() if column.field == "status" else column.words) for column in columns]
    rows = complaint_rows(rng, 16)
    for row in rows:
        row["first_response_at"] = None
    events = sorted((event for row in rows for event in _events(row, steps, rng)), key=lambda row: row["opened_at"])
    content, _ = sheet_of(events, plain, writing, rng)
    facts, name = complaint_facts(rows, {"resolved_at"}), file_name.partition(".")[0]
    return Export(name, file_name, content, "complaints", headers(columns), asks, facts=facts)


def _events(row: Row, steps: Sequence[str], rng: Random) -> list[Row]:
    """The changes of one complaint: opened, in between, now and then closed and opened again, closed at the end."""
    between = [step for step in steps[1:] if step[-1] not in "!^"]
    closing, again = [step[:-1] for step in steps if step[-1] == "!"], [step[:-1] for step in steps if step[-1] == "^"]
    path = [steps[0], *rng.sample(between, rng.randrange(1, len(between) + 1))]
    if again and rng.random() < 0.4:
        path += [rng.choice(closing), again[0]]
    if row["resolved_at"]:
        path.append(rng.choice(closing))
    end = row["resolved_at"] or row["opened_at"] + timedelta(days=4)
    stride = (end - row["opened_at"]) / (len(path) - 1)
    moments = [(row["opened_at"] + number * stride).replace(second=0) for number in range(len(path) - 1)] + [end]
    return [row | {"opened_at": moment, "status": step} for moment, step in zip(moments, path, strict=True)]


def complained(
    name: str, line: str, show: Change = as_it_is, alter: Change = as_it_is, size: int = 40, **truth: Any
) -> Export:
    """A list of complaints."""
    rows = [row | alter(n, row) for n, row in enumerate(complaint_rows(Random(name), size))]
    facts = complaint_facts(rows, set(headers(columns_of(line))))
    return listed(name, "complaints", line, rows, facts, show, **truth)


def _soon(_number: int, row: Row) -> dict[str, Any]:
    return {"xsoon": row["opened_at"] + timedelta(minutes=20), "xlater": row["opened_at"] + timedelta(days=3)}


def _backwards(number: int, row: Row) -> dict[str, Any]:
    return {"resolved_at": row["opened_at"] - timedelta(days=2)} if number % 10 == 0 else {}


def _bare_length(_number: int, row: Row) -> dict[str, Any]:
    wait = row["resolved_after"]
    return {"resolved_after": int(wait.total_seconds()) // 60 if wait else None}


_REGISTERS = """
en_helpdesk.csv: Ref>complaint_id CR-%05d | Client no.>customer %05d | Raised>opened_at | First reply>first_response_at |
  Settled>resolved_at | Handler>employee=Mia/Tom/Sue | Grounds>reason=Late/Broken/Rude
en_complaints_book.xlsx workbook: Complaint no.>complaint_id | Date received>opened_at day | Complainant>customer name |
  Date answered>first_response_at day | Date closed>resolved_at day | Nature of complaint>reason=Noise/Delay/Bill
us_tickets.csv: Ticket ID>complaint_id | Created>opened_at | Requester>customer c%03d@mail.example |
  First Response (min)>first_response_after minutes | Resolution (hrs)>resolved_after hours | Priority>severity=Low/High
en_repairs_hotline.tsv tabs: Case>complaint_id | Logged>opened_at | Account>customer A%04d | Closed on>resolved_at |
  Via>channel=Phone/Mail
de_reklamationen.csv: Reklamationsnr.>complaint_id R%05d | Eingangsdatum>opened_at | Kundennr.>customer K%04d |
  Erste Antwort am>first_response_at | Erledigt am>resolved_at | Bearbeiter>employee=Uwe/Ina | Grund>reason=Defekt/Verspätung
de_beschwerden.xlsx workbook: Vorgang>complaint_id | Eingang>opened_at day | Kunde>customer name | Abschluss>resolved_at day |
  Filiale>branch=Nord/Süd
fr_reclamations.csv: N° dossier>complaint_id | Reçue le>opened_at | Client>customer name | Première réponse le>first_response_at |
  Clôturée le>resolved_at | Motif>reason=Retard/Panne | Agent>employee=Luc/Zoé
es_reclamaciones.csv: Nº reclamación>complaint_id | Fecha de apertura>opened_at | Código cliente>customer C%04d |
  Fecha primera respuesta>first_response_at | Fecha de cierre>resolved_at | Canal>channel=Web/Tienda
pt_reclamacoes.csv: Protocolo>complaint_id | Aberta em>opened_at | Cliente>customer name | Respondida em>first_response_at |
  Encerrada em>resolved_at | Motivo>reason=Atraso/Defeito
tr_sikayetler.csv: Şikayet No>complaint_id | Açılış Tarihi>opened_at | Müşteri No>customer M%04d |
  İlk Yanıt Tarihi>first_response_at | Kapanış Tarihi>resolved_at | Konu>reason=Gecikme/Arıza
ru_obrashcheniya.csv: № обращения>complaint_id | Дата поступления>opened_at | Клиент>customer name |
  Дата первого ответа>first_response_at | Дата закрытия>resolved_at | Причина>reason=Брак/Задержка
zh_tousu.csv: 投诉编号>complaint_id TS%05d | 投诉时间>opened_at | 客户编号>customer V%04d | 首次回复时间>first_response_at |
  解决时间>resolved_at | 投诉原因>reason=质量/物流
ja_kujo.csv: 受付番号>complaint_id | 受付日時>opened_at | 顧客番号>customer K%05d | 初回回答日時>first_response_at |
  完了日時>resolved_at | 担当者>employee=山本/中村
it_reclami.csv: N. reclamo>complaint_id | Data apertura>opened_at | Cliente>customer name | Prima risposta>first_response_at |
  Data chiusura>resolved_at
nl_klachten.csv: Klachtnr>complaint_id | Ontvangen op>opened_at | Klantnummer>customer %05d |
  Eerste reactie op>first_response_at | Afgehandeld op>resolved_at | Oorzaak>reason=Vertraging/Defect
pl_reklamacje.csv: Nr reklamacji>complaint_id | Data zgłoszenia>opened_at | Klient>customer name |
  Data pierwszej odpowiedzi>first_response_at | Data zamknięcia>resolved_at
ar_shakawa.csv: رقم الشكوى>complaint_id | تاريخ الشكوى>opened_at | رقم العميل>customer %05d | تاريخ أول رد>first_response_at |
  تاريخ الإغلاق>resolved_at
fa_shekayat.csv: شماره شکایت>complaint_id | تاریخ ثبت شکایت>opened_at day | کد مشتری>customer %05d |
  تاریخ اولین پاسخ>first_response_at day | تاریخ رسیدگی>resolved_at day | علت شکایت>reason=تاخیر/کیفیت
fa_darkhast.csv digits: کد پیگیری>complaint_id | زمان ثبت>opened_at | نام مشتری>customer name | زمان پاسخ>first_response_at |
  زمان بستن>resolved_at | کارشناس>employee=سارا/مراد
el_parapona.csv: Αρ. παραπόνου>complaint_id | Ημερομηνία υποβολής>opened_at | Πελάτης>customer name |
  Ημερομηνία επίλυσης>resolved_at
en_call_lengths.csv: Case no>complaint_id | Opened>opened_at | Customer no>customer %05d |
  Time to first reply>first_response_after clock | Time to close>resolved_after clock
"""
_LOGS = """
en_ticket_history.csv: Ticket>complaint_id T-%05d | Customer>customer name | Changed at>opened_at |
  New status>status=Open/Assigned/Waiting/Closed!/Reopened^
de_vorgangsprotokoll.csv: Vorgang>complaint_id | Kundennr.>customer K%04d | Zeitpunkt>opened_at |
  Status>status=Eröffnet/In Arbeit/Rückfrage/Abgelehnt!/Erledigt!
fa_gardesh.csv: شماره پرونده>complaint_id | کد مشتری>customer %05d | تاریخ و ساعت>opened_at |
  وضعیت>status=ثبت شد/در حال بررسی/ارجاع شد/بسته شد!
"""
_CODED_LOGS = """
en_case_events.csv: Case>complaint_id | Client>customer %05d | Event time>opened_at | Code>status=10/20/30/80!/90!
ru_zhurnal.csv: Заявка>complaint_id | Клиент>customer name | Время события>opened_at | Код статуса>status=N/W/Q/Z!
"""

_CLOSED, _REPLY = "Closing date>resolved_at", "First response>first_response_at"
# Complaints whose columns look like others, and moments that cannot be.
_EASILY_MISREAD: tuple[Export, ...] = (
    complained("ticket_type", f"Ticket type>=Bug/Question/Billing/Praise | {_TICKETS.partition(' | ')[2]} | {_CLOSED}"),
    complained(
        "closed_flag",
        f"{_TICKETS} | Closed>xflag | {_CLOSED}",
        alter=lambda _n, row: {"xflag": int(bool(row["resolved_at"]))},
    ),
    complained(
        "initially_assigned",
        f"{_TICKETS} | Initially assigned at>xsoon | {_CLOSED}",
        alter=_soon,
        more={"answered": 0},
    ),
    complained("due_by_is_no_end", f"{_TICKETS} | Due by>xsoon | Updated at>xlater", alter=_soon, more={"resolved": 0}),
    complained("resolved_before_opened", f"{_TICKETS} | {_CLOSED}", alter=_backwards, unknown="resolved"),
    complained(
        "dashes_for_nothing",
        f"{_TICKETS} | {_REPLY} | {_CLOSED}",
        lambda _n, row: {end: row[end] or "-" for end in ("first_response_at", "resolved_at")},
    ),
    complained(
        "length_without_unit",
        f"{_TICKETS} | Resolution time>resolved_after",
        _bare_length,
        asks="resolved_after",
        unknown="wait_resolved",
    ),
    complained(
        "complaints_without_customer", f"{_TICKETS.rpartition(' | ')[0]} | {_REPLY} | {_CLOSED}", unknown="customers"
    ),
    complained(
        "created_by_staff",
        f"Case>complaint_id | Opened>opened_at | Created by>=Mia/Tom | Reported by>customer name | {_CLOSED}",
    ),
    complained("ten_complaints", f"{_TICKETS} | {_REPLY} | {_CLOSED}", size=10),
)

EXPORTS: tuple[Export, ...] = (
    *(register(*entry) for entry in catalogue(_REGISTERS)),
    *(log(*entry) for entry in catalogue(_LOGS)),
    *(log(*entry, frozenset({"status"})) for entry in catalogue(_CODED_LOGS)),
    *_EASILY_MISREAD,
)
