"""How long people wait when 1, 10 and 50 of them change switches of the cohort page of one server at the same time.

Run as `python -m benchmarks.people --people 1,10,50 --rows 1000000 --seconds 60`. They are driven over Streamlit's own
websocket, without browsers: twenty browsers on two cores would only measure themselves. Everybody thinks for about five
seconds (2.5 to 7.5), then changes a switch. Every other person asks the same twenty questions as all the others, the
rest ask what nobody has asked before; one change in five opens another tab. What is printed: redraws, errors, how long
they took from the click to the last message, the memory of the server before and after, and the processor time of the
server for each redraw, of which the interpreter can use one core at a time.
"""

import argparse
import asyncio
import os
import random
import signal
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

from benchmarks.generated import CHANNELS, DATA, generate
from benchmarks.people_tab import Tab, Widget
from retention_core.engines.duckdb_engine import DuckDBEngine
from retention_core.ingestion.loading.load import load
from retention_core.ingestion.loading.upload import understand_file

ROOT = Path(__file__).resolve().parents[1]
WORKSPACE, PORT = "people", 8599
FIRST_DAY, DAYS = date(2024, 1, 1), 730
THINK = (2.5, 7.5)
LATEST = 60.0  # seconds after which a redraw counts as an error
# the twenty questions: four periods with each meaning of “returned”, and each channel
KNOWN: list[dict[str, object]] = [{"period": p, "returned": r} for p in (0, 1, 2, 4) for r in range(4)]
KNOWN += [{"period": 0, "returned": 0, "channel": channel} for channel in CHANNELS]


@dataclass
class Seen:
    """What happened to all people of a round: seconds of each redraw, seconds until a page stood, and errors."""

    redraws: list[float] = field(default_factory=list)
    opened: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def orders_csv(rows: int) -> Path:
    """Return a CSV of so many orders of two years, with a tenth as many customers."""
    return generate(rows, max(10, rows // 10))


def saved_workspace(rows: int) -> Path:
    """Return the folder of saved workspaces in which one holds so many orders."""
    home = DATA / f"people_{rows}"
    if not (home / WORKSPACE / "workspace.duckdb").exists():
        _load(orders_csv(rows), DuckDBEngine(home / WORKSPACE))
    return home


def _load(csv: Path, engine: DuckDBEngine) -> None:
    load(engine, understand_file(engine, csv), datetime(2026, 1, 1))
    engine.close()


class Server:
    """The dashboard in a process of its own, which ends with this one. csv: loaded meanwhile, see `_import`."""

    def __init__(self, home: Path, csv: Path | None) -> None:
        command = [sys.executable, "-m", "benchmarks.people", "--serve", *([str(csv)] if csv else [])]
        environment = os.environ | {"COMEBACK_WORKSPACES": str(home)}
        self._log = (DATA / "people_server.log").open("wb")
        self._process = subprocess.Popen(  # noqa: S603 - our own server
            command, cwd=ROOT, env=environment, stdout=self._log, stderr=self._log
        )

    @property
    def memory(self) -> float:
        """Its resident memory, in MiB."""
        status = Path(f"/proc/{self._process.pid}/status").read_text(encoding="ascii")
        return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) / 1024

    @property
    def processor_seconds(self) -> float:
        """What it has used of all cores."""
        fields = Path(f"/proc/{self._process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def stop(self) -> None:
        """End it."""
        self._process.kill()
        self._process.wait()
        self._log.close()


def serve(csv: Path | None) -> None:
    """Be the server; with a CSV, load it again and again into private workspaces of this very process."""
    from streamlit.web import cli

    if csv:
        threading.Thread(target=_import_for_ever, args=(csv,), daemon=True).start()
    cli.main(["run", "dashboard.py", f"--server.port={PORT}", "--server.headless=true"])


def _import_for_ever(csv: Path) -> None:
    time.sleep(15)
    while True:
        start = time.perf_counter()
        _load(csv, DuckDBEngine())
        print(f"loaded {csv.name} in {time.perf_counter() - start:.1f} s", flush=True)


class Person:
    """Somebody who changes switches. number: those with an even one ask the known questions."""

    def __init__(self, number: int, seen: Seen, asked: set[str]) -> None:
        self.number, self.seen, self.asked = number, seen, asked
        self.random = random.Random(number)
        self.is_usual = number % 2 == 0
        self.now: dict[str, object] = {}

    async def live(self, until: float) -> None:
        """Open the page, then change a switch after each thought, until it is that late."""
        await asyncio.sleep(self.random.uniform(0, THINK[1]))
        link = f"workspace={WORKSPACE}" + ("" if self.is_usual else f"&dates=own&from={self._day(0)}")
        try:
            async with Tab(f"127.0.0.1:{PORT}", "cohort-retention", link) as tab:
                self.seen.opened.append(await asyncio.wait_for(tab.redraw(), LATEST))
                self.seen.errors += tab.errors
                while time.monotonic() < until:
                    await asyncio.sleep(self.random.uniform(*THINK))
                    self.seen.redraws.append(await asyncio.wait_for(tab.redraw(self._change(tab)), LATEST))
                    self.seen.errors += tab.errors
        except (OSError, TimeoutError, LookupError, EOFError) as error:
            self.seen.errors.append(f"{type(error).__name__}: {error}")

    def _change(self, tab: Tab) -> dict[Widget, list[str]]:
        """Return the switches that are changed and what they hold from now on."""
        if self.random.random() < 0.2:
            tabs = tab.widget("tab_shown")
            return {tabs: [self.random.choice(tabs.options)]}
        question = self._known() if self.is_usual else self._new()
        changed = {key: value for key, value in question.items() if self.now.get(key) != value}
        self.now = question
        return {tab.widget(key): _text(tab.widget(key), value) for key, value in changed.items()}

    def _known(self) -> dict[str, object]:
        questions = [{"channel": "", **each} for each in KNOWN]
        return self.random.choice([each for each in questions if each != self.now])

    def _new(self) -> dict[str, object]:
        """Return what nobody has asked: another switch each time, until the question is new."""
        question = dict(self.now)
        while repr(sorted(question.items())) in self.asked or question == self.now:
            ways: list[tuple[str, object]] = [
                ("from", self._day(0)),
                ("to", self._day(1)),
                ("returned", self.random.randrange(4)),
                ("period", self.random.choice((0, 1, 2))),
                ("channel", self.random.choice(CHANNELS)),
            ]
            key, value = self.random.choice(ways)
            question[key] = value
        self.asked.add(repr(sorted(question.items())))
        return question

    def _day(self, half: int) -> str:
        return (FIRST_DAY + timedelta(days=self.random.randrange(DAYS // 2) + half * (DAYS // 2))).isoformat()


def _text(widget: Widget, value: object) -> list[str]:
    if isinstance(value, int):
        return [widget.options[value]]
    return [str(value)] if value else []


async def _together(people: int, seconds: float, seen: Seen) -> None:
    asked: set[str] = set()
    until = time.monotonic() + seconds
    await asyncio.gather(*(Person(number, seen, asked).live(until) for number in range(people)))


def measure(people: Sequence[int], rows: int, seconds: float, csv: Path | None = None) -> list[dict[str, float]]:
    """Let so many people work, each number of them on a fresh server, and return what they saw, printing it.

    csv: a file that is loaded again and again meanwhile. One row per number of people: people, redraws, errors, p50, p95
    and most (seconds of a redraw), open (seconds until a page stands), processor_ms (of the server, for a redraw),
    memory_at and memory_end (MiB resident).
    """
    return [_measured(each, rows, seconds, csv) for each in people]


def _measured(people: int, rows: int, seconds: float, csv: Path | None) -> dict[str, float]:
    server, seen = Server(saved_workspace(rows), csv), Seen()
    try:
        asyncio.run(_ready())
        memory, used = server.memory, server.processor_seconds
        asyncio.run(_together(people, seconds, seen))
        slow, drawn = sorted(seen.redraws or [float("nan")]), len(seen.redraws) + len(seen.opened)
        saw = {
            "people": people,
            "redraws": len(seen.redraws),
            "errors": len(seen.errors),
            "p50": statistics.median(slow),
            "p95": slow[int(0.95 * (len(slow) - 1))],
            "most": slow[-1],
            "open": statistics.median(seen.opened or [float("nan")]),
            "processor_ms": (server.processor_seconds - used) * 1000 / max(1, drawn),
            "memory_at": memory,
            "memory_end": server.memory,
        }
    finally:
        server.stop()
    print("  ".join(f"{name} {value:.5g}" for name, value in saw.items()), flush=True)
    for error in sorted(set(seen.errors))[:5]:
        print("  error:", error[:300])
    return saw


async def _ready() -> None:
    """Wait until the server shows the page of the sample shop, so that nobody waits for what is loaded once."""
    for _ in range(120):
        try:
            async with Tab(f"127.0.0.1:{PORT}", "cohort-retention", "") as tab:
                await asyncio.wait_for(tab.redraw(), LATEST)
                return
        except (OSError, EOFError):
            await asyncio.sleep(0.5)
    raise TimeoutError("The server did not start; see benchmarks/.data/people_server.log.")


def main() -> None:
    """Measure each number of people in turn."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", default="1,10,50")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--importing", action="store_true", help="load as many rows again and again meanwhile")
    parser.add_argument("--serve", nargs="?", const="", help=argparse.SUPPRESS)
    given = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the server ends as well
    if given.serve is not None:
        serve(Path(given.serve) if given.serve else None)
        return
    print(
        f"{given.rows:,} orders, {given.seconds:.0f} seconds each{', importing meanwhile' if given.importing else ''}"
    )
    csv = orders_csv(given.rows) if given.importing else None
    measure([int(each) for each in given.people.split(",")], given.rows, given.seconds, csv)


if __name__ == "__main__":
    main()
