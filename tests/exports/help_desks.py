"""What help desks export: tickets with moments or lengths of time, some still open, some without an answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from tests.exports.crm_and_accounting import SALESFORCE_END
from tests.exports.export import Export
from tests.exports.surveys import (
    CSV,
    Buyer,
    Facts,
    Writer,
    buyers,
    cell,
    columns_of,
    csv_writer,
    matter_of,
    moments,
    shares,
    xlsx_writer,
)


@dataclass(frozen=True)
class Ticket:
    """One complaint; `first` and `resolved` are whole minutes after the opening, None where it has not come."""

    number: int
    buyer: Buyer
    at: datetime
    first: int | None
    resolved: int | None

    def moment(self, minutes: int | None) -> datetime | None:
        """Return the moment so many minutes after the opening."""
        return None if minutes is None else self.at + timedelta(minutes=minutes)


def tickets(seed: str, count: int = 45, *, early: bool = False) -> list[Ticket]:
    """Make tickets up: a fifth is open, a tenth without an answer; `early` ones open on the first twelve days of months."""
    rng, people = Random(seed), buyers()
    times, rolled = [at.replace(second=0) for at in moments(rng, count)], shares(rng, count)
    times = [at.replace(day=1 + at.day % 12) for at in times] if early else times
    waits = [(rng.randrange(3, 3 * 1440), rng.randrange(10, 6 * 1440)) for _ in range(count)]
    first = [None if share < 0.1 else wait for share, (wait, _) in zip(rolled, waits, strict=True)]
    ends = [None if share < 0.2 else wait + more for share, (wait, more) in zip(rolled, waits, strict=True)]
    return [Ticket(3001 + i, rng.choice(people), times[i], first[i], ends[i]) for i in range(count)]


def ticket_facts(some: Sequence[Ticket], *without: str) -> Facts:
    """Return what is true of tickets, apart from the facts `without`; waits in seconds."""
    first = [ticket.first for ticket in some if ticket.first is not None]
    ends = [ticket.resolved for ticket in some if ticket.resolved is not None]
    days = [ticket.at.date().isoformat() for ticket in some]
    facts: Facts = {"complaints": len(some), "customers": len({ticket.buyer for ticket in some})}
    facts |= {"first_day": min(days), "last_day": max(days), "answered": len(first), "resolved": len(ends)}
    facts |= {"wait_first": 60 * sum(first), "wait_resolved": 60 * sum(ends)}
    return {name: value for name, value in facts.items() if name not in without}


NO_ANSWER = ("answered", "wait_first")


def _clock(minutes: int | None) -> str:
    return "" if minutes is None else f"{minutes // 60:02}:{minutes % 60:02}:00"


def _spoken(minutes: int | None) -> str:
    minutes = minutes or 0
    parts = {"d": minutes // 1440, "h": minutes // 60 % 24, "m": minutes % 60}
    return " ".join(f"{count}{unit}" for unit, count in parts.items() if count)


def _values(ticket: Ticket, states: Sequence[str]) -> dict[str, object]:
    """Return what templates may take: moments, and lengths in several writings."""
    values = ticket.buyer.values() | {"number": ticket.number, "at": ticket.at}
    answered, ended = ticket.moment(ticket.first), ticket.moment(ticket.resolved)
    values |= {"answered": Moment(answered), "ended": Moment(ended), "answered_cell": answered, "ended_cell": ended}
    for name, minutes in {"first_wait": ticket.first, "end_wait": ticket.resolved}.items():
        blank = minutes is None
        values |= {f"{name}_minutes": "" if blank else minutes, f"{name}_seconds": "" if blank else 60 * (minutes or 0)}
        values |= {f"{name}_clock": _clock(minutes), f"{name}_spoken": _spoken(minutes)}
        values[f"{name}_half_clock"] = _clock(None if minutes is None else minutes // 3)
    return values | {"state": states[0] if ticket.resolved is None else states[1]}


@dataclass(frozen=True)
class Moment:
    """A moment that may be missing: written as nothing then."""

    at: datetime | None

    def __format__(self, style: str) -> str:
        return "" if self.at is None else f"{self.at:{style}}"


def desk(
    name: str,
    file_name: str,
    columns: str,
    matter: str,
    states: Sequence[str] = ("Open", "Closed"),
    *,
    without: Sequence[str] = (),
    either: Mapping[str, tuple[str, ...]] | None = None,
    asks: Sequence[str] = (),
    write: Writer = CSV,
    early: bool = False,
) -> Export:
    """Build an export of tickets; states: the words for open and done. See `columns_of` and `matter_of`."""
    some, parts = tickets(name, early=early), columns_of(columns)
    rows = [[cell(template, _values(ticket, states)) for _, template in parts] for ticket in some]
    content, facts = write([header for header, _ in parts], rows), ticket_facts(some, *without)
    return Export(name, file_name, content, "complaints", matter_of(matter), frozenset(asks), dict(either or {}), facts)


EXPORTS: tuple[Export, ...] = (
    desk(
        "zendesk_tickets",
        "export-2025-11-06-0912.csv",
        "Summation column=1 | Id={number} | Requester={name} | Requester id={id} | Requester external id | "
        "Requester email={email} | Requester domain=example.com | Submitter={name} | Assignee=Kim Doe | "
        "Group=Support | Subject=Late parcel | Tags=late | Status={state} | Priority=Normal | Via=Mail | "
        "Ticket type=Question | Created at={at:%Y-%m-%d %H:%M} | Updated at={at:%Y-%m-%d %H:%M} | "
        "Assigned at={at:%Y-%m-%d %H:%M} | Organization | Due date | Initially assigned at={at:%Y-%m-%d %H:%M} | "
        "Solved at={ended:%Y-%m-%d %H:%M} | Resolution time | Satisfaction Score=Not Offered | Group stations=1 | "
        "Assignee stations=1 | Reopens=0 | Replies=2 | First reply time in minutes={first_wait_minutes} | "
        "First reply time in minutes within business hours=5 | First resolution time in minutes={end_wait_minutes} | "
        "Full resolution time in minutes={end_wait_minutes} | "
        "Full resolution time in minutes within business hours=7 | Requester wait time in minutes=9",
        "customer=Requester email; complaint_id=Id; opened_at=Created at; resolved_at=Solved at; "
        "first_response_after=First reply time in minutes; status=Status",
        either={
            "customer": ("Requester id", "Requester"),
            "resolved_at": ("Full resolution time in minutes", "First resolution time in minutes"),
        },
    ),
    desk(
        "freshdesk_tickets",
        "tickets-november-6-2025.csv",
        "Ticket ID={number} | Subject=Late parcel | Status={state} | Priority=Low | Source=Email | Type=Question | "
        "Agent=Kim Doe | Group=Support | Created time={at:%Y-%m-%d %H:%M:%S} | Due by Time={at:%Y-%m-%d %H:%M:%S} | "
        "Resolved time={ended:%Y-%m-%d %H:%M:%S} | Closed time={ended:%Y-%m-%d %H:%M:%S} | "
        "Last update time={at:%Y-%m-%d %H:%M:%S} | Initial response time={answered:%Y-%m-%d %H:%M:%S} | "
        "Time tracked=00:00 | First response time (in hrs)={first_wait_half_clock} | "
        "Resolution time (in hrs)={end_wait_half_clock} | Agent interactions=2 | Customer interactions=1 | "
        "Resolution status=Within SLA | First response status=Within SLA | Tags=late | Survey results | Product | "
        "Full name={name} | Email={email} | Contact ID=8{id}",
        "customer=Email; complaint_id=Ticket ID; opened_at=Created time; first_response_at=Initial response time; "
        "resolved_at=Resolved time; status=Status",
        either={"customer": ("Contact ID", "Full name"), "resolved_at": ("Closed time",)},
    ),
    desk(
        "intercom_conversations",
        "conversations.csv",
        "Conversation ID=2150{number} | Conversation started at={at:%Y-%m-%d %H:%M:%S} | Conversation state={state} | "
        "User ID=u{id} | User name={name} | User email={email} | Teammate assigned=Kim Doe | Channel=Messenger | "
        "First teammate reply at={answered:%Y-%m-%d %H:%M:%S} | Last closed at={ended:%Y-%m-%d %H:%M:%S} | "
        "Conversation rating | Replies to close=2",
        "customer=User email; complaint_id=Conversation ID; opened_at=Conversation started at; "
        "first_response_at=First teammate reply at; resolved_at=Last closed at; status=Conversation state",
        ("open", "closed"),
        either={"customer": ("User ID", "User name")},
    ),
    desk(
        "help_scout_conversations",
        "helpscout-conversations.csv",
        "Number={number} | Conversation ID=19{number} | Customer Name={name} | Customer Email={email} | "
        "Subject=Late parcel | Inbox=Support | Status={state} | Assigned To=Kim Doe | Type=Email | Tags=late | "
        "Created At={at:%b %-d, %Y %-I:%M %p} | First Response Time={first_wait_spoken} | "
        "Resolution Time={end_wait_spoken} | Replies Sent=2",
        "customer=Customer Email; complaint_id=Number; opened_at=Created At; first_response_after=First Response Time; "
        "resolved_after=Resolution Time; status=Status",
        ("Active", "Closed"),
        either={"customer": ("Customer Name",), "complaint_id": ("Conversation ID",)},
    ),
    desk(
        "jira_service_management",
        "Jira.csv",
        "Summary=Late parcel | Issue key=SUP-{number} | Issue id=10{number} | Issue Type=Service Request | "
        "Status={state} | Project key=SUP | Project name=Support | Priority=Medium | Resolution | Assignee=Kim Doe | "
        "Reporter={name} | Reporter Id=712020:{id} | Creator={name} | Created={at:%d/%b/%y %-I:%M %p} | "
        "Updated={at:%d/%b/%y %-I:%M %p} | Last Viewed={at:%d/%b/%y %-I:%M %p} | "
        "Resolved={ended:%d/%b/%y %-I:%M %p} | "
        "Custom field ([CHART] Date of First Response)={answered:%d/%b/%y %-I:%M %p} | Satisfaction rating | "
        "Comment | Comment",
        "customer=Reporter Id; complaint_id=Issue key; opened_at=Created; resolved_at=Resolved; "
        "first_response_at=Custom field ([CHART] Date of First Response); status=Status",
        ("Waiting for support", "Resolved"),
        either={"customer": ("Reporter", "Creator"), "complaint_id": ("Issue id",)},
    ),
    desk(
        "servicenow_incidents",
        "incident.csv",
        "number=INC00{number} | opened_at={at:%Y-%m-%d %H:%M:%S} | short_description=Late parcel – Zürich | "
        "caller_id={name} | priority=4 - Low | state={state} | category=Inquiry / Help | "
        "assignment_group=Service Desk | assigned_to=Kim Doe | sys_updated_on={at:%Y-%m-%d %H:%M:%S} | "
        "sys_updated_by=admin | resolved_at={ended:%Y-%m-%d %H:%M:%S} | closed_at={ended:%Y-%m-%d %H:%M:%S}",
        "customer=caller_id; complaint_id=number; opened_at=opened_at; resolved_at=resolved_at; status=state",
        ("In Progress", "Closed"),
        without=NO_ANSWER,
        either={"resolved_at": ("closed_at",)},
        write=csv_writer(quote=True, encoding="cp1252"),
    ),
    desk(
        "salesforce_cases",
        "report1730880000001.csv",
        "Case Owner=Kim Doe | Account Name={name} | Case Number={number:08} | Subject=Late parcel | Status={state} | "
        "Priority=Medium | Case Origin=Web | Date/Time Opened={at:%-m/%-d/%Y %-I:%M %p} | "
        "Date/Time Closed={ended:%-m/%-d/%Y %-I:%M %p} | Age (Hours)=12 | Open=0 | Closed=1",
        "customer=Account Name; complaint_id=Case Number; opened_at=Date/Time Opened; status=Status; "
        "resolved_at=Date/Time Closed",
        ("New", "Closed"),
        without=NO_ANSWER,
        write=csv_writer(quote=True, after=SALESFORCE_END),
    ),
    desk(
        "zoho_desk_tickets",
        "Cases__1.csv",
        "Ticket Id=5900{number} | Ticket Reference Id=#{number} | Department=Support | Contact Id=4{id} | "
        "Contact Name={name} | Email={email} | Phone | Subject=Late parcel | Status (Ticket)={state} | "
        "Ticket Owner=Kim Doe | Created Time (Ticket)={at:%d %b %Y %I:%M %p} | Modified Time={at:%d %b %Y %I:%M %p} | "
        "Priority=Low | Channel=Email | Is Overdue=false | Is Escalated=false | "
        "Ticket Closed Time={ended:%d %b %Y %I:%M %p} | First Response Time={first_wait_clock} | "
        "Resolution Time={end_wait_half_clock}",
        "customer=Email; complaint_id=Ticket Id; opened_at=Created Time (Ticket); "
        "resolved_at=Ticket Closed Time; status=Status (Ticket)",
        either={"customer": ("Contact Id", "Contact Name"), "complaint_id": ("Ticket Reference Id",)},
        without=NO_ANSWER,
    ),
    desk(
        "gorgias_tickets",
        "tickets.csv",
        "Ticket id={number} | Tags=late | Initial channel=email | Priority=normal | "
        "Last used integration name=Support | Created by an agent=false | Subject=Late parcel | "
        "Creation date={at:%Y-%m-%dT%H:%M:%S}+00:00 | Closed date={ended:%Y-%m-%dT%H:%M:%S+00:00} | Survey score | "
        "Assignee name=Kim Doe | Assignee email=kim@tea.example | Customer email={email} | Customer name={name} | "
        "First response time (s)={first_wait_seconds} | Resolution time (s)={end_wait_seconds} | "
        "Number of agent messages=2 | Number of customer messages=1",
        "customer=Customer email; complaint_id=Ticket id; opened_at=Creation date; resolved_at=Closed date; "
        "first_response_after=First response time (s)",
        either={"customer": ("Customer name",), "resolved_at": ("Resolution time (s)",)},
    ),
    desk(
        "osticket_tickets",
        "tickets-20251106.csv",
        "Ticket Number={number} | Date Created={at:%Y-%m-%d %H:%M:%S} | Subject=Late parcel | From={name} | "
        "From Email={email} | Priority=Normal | Department=Support | Help Topic=Delivery | Source=Web | "
        "Current Status={state} | Last Updated={at:%Y-%m-%d %H:%M:%S} | Due Date | "
        "Closed Date={ended:%Y-%m-%d %H:%M:%S} | Overdue=0 | Answered=1 | Assigned To=Kim Doe | Thread Count=2",
        "customer=From Email; complaint_id=Ticket Number; opened_at=Date Created; resolved_at=Closed Date; status=Current Status",
        without=NO_ANSWER,
        either={"customer": ("From",)},
        write=csv_writer(encoding="utf-8-sig", end="\n"),
    ),
    desk(
        "servicedesk_plus_requests",
        "All_Requests.xlsx",
        "Request ID={number} | Subject=Late parcel | Requester={name} | Created Time={at} | "
        "Responded Date={answered_cell} | Resolved Time={ended_cell} | Request Status={state} | Technician=Kim Doe | "
        "Priority=Low",
        "customer=Requester; complaint_id=Request ID; opened_at=Created Time; first_response_at=Responded Date; "
        "resolved_at=Resolved Time; status=Request Status",
        write=xlsx_writer(["Requests by created time", "Generated on 6 Nov 2025 09:12", ""]),
    ),
    desk(
        "otrs_tickets_german",
        "Liste_der_Tickets_2025-11-06.csv",
        "Nummer={number} | Ticket#=20251106{number} | Titel=Paket zu spät | Erstellt={at:%d.%m.%Y %H:%M:%S} | "
        "Schließzeit={ended:%d.%m.%Y %H:%M:%S} | Queue=Kundendienst | Status={state} | Priorität=3 normal | "
        "Kundennummer={id} | Kundenbenutzer={email} | Besitzer=kdoe",
        "customer=Kundennummer; complaint_id=Ticket#; opened_at=Erstellt; resolved_at=Schließzeit; status=Status",
        ("offen", "erfolgreich geschlossen"),
        without=NO_ANSWER,
        either={"customer": ("Kundenbenutzer",), "complaint_id": ("Nummer",)},
        write=csv_writer(sep=";", quote=True, before='"Name: Liste der Tickets";"Erstellt: 06.11.2025 09:12:33"\r\n'),
    ),
    desk(
        "zammad_tickets_early_days",
        "tickets-2025.csv",
        "#={number} | Title=Late parcel | State={state} | Customer={email} | Owner=Kim Doe | "
        "Created at={at:%d/%m/%Y %H:%M}",
        "customer=Customer; complaint_id=#; opened_at=Created at; status=State",
        ("open", "closed"),
        without=(*NO_ANSWER, "first_day", "last_day", "resolved", "wait_resolved"),
        asks=("opened_at",),
        early=True,
    ),
)
