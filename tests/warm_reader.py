"""A warm start for the children that read files in tests: one process has all libraries loaded and forks each child.

The child of the program starts cold, which takes 0.3 seconds of the processor: more than all else that most tests do. A
warm one is a process of its own under the same limits of memory and time, it only begins where the libraries are loaded.
Tests of the child itself (marker `cold_child`) start it as the program does. Run as
`python -m tests.warm_reader SOCKET`; ends with the process that started it.
"""

import json
import os
import signal
import socket
import socketserver
import subprocess
import sys
import threading
import time
import traceback
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace, TracebackType

from retention_core.ingestion.reading.child import WithoutPandas, main

_START_SECONDS = 60


class _Children(socketserver.ForkingMixIn, socketserver.UnixStreamServer):
    """Forks a process for each connection, until the one that started it is gone."""

    max_children = 1000
    parent = os.getppid()

    def service_actions(self) -> None:
        super().service_actions()
        if os.getppid() != self.parent:
            os._exit(0)


class _Child(socketserver.StreamRequestHandler):
    """Reads the child's arguments, forks it, and answers with its number at once and with how it ended at its end."""

    def handle(self) -> None:
        source, target, *limits = json.loads(self.rfile.readline())
        number = os.fork()
        if not number:
            _read_and_end(Path(source), Path(target), *limits)
        self.wfile.write(f"{number}\n".encode())
        self.wfile.write(f"{os.waitstatus_to_exitcode(os.waitpid(number, 0)[1])}\n".encode())


def _read_and_end(source: Path, target: Path, memory_bytes: str, seconds: str, encoding: str = "") -> None:
    """Do what the program's child does, and end as it does."""
    complaints = os.open(f"{target}.stderr", os.O_WRONLY | os.O_CREAT, 0o600)
    os.dup2(complaints, 2)
    try:
        main(source, target, int(memory_bytes), int(seconds), encoding)
    except BaseException:  # noqa: BLE001 - the process ends here, whatever it was
        traceback.print_exc()
        sys.stderr.flush()
        os._exit(1)
    os._exit(0)  # nothing of the parent is cleaned up here


class WarmChild:
    """One child, to be used as the `subprocess.Popen` that the program makes of the same command."""

    def __init__(self, reader: "WarmReader", command: list[str]) -> None:
        self.args = command
        self._arguments = command[command.index("-m") + 2 :]
        self._socket = reader.connection()
        self._socket.sendall(json.dumps(self._arguments).encode() + b"\n")
        self._answers = self._socket.makefile("rb")
        self.returncode: int | None = None
        self._number = int(self._answers.readline())

    def communicate(self, timeout: float | None = None) -> tuple[str, str]:
        """Wait until it has ended, and return nothing and what it complained of."""
        self._socket.settimeout(timeout)
        try:
            code = self._answers.readline()
        except TimeoutError:
            self._answers = self._socket.makefile("rb")  # one that has run out of time reads no more
            raise subprocess.TimeoutExpired(self.args, timeout or 0) from None
        self.returncode = int(code)
        complaints = Path(f"{self._arguments[1]}.stderr")
        return "", complaints.read_text(encoding="utf-8", errors="replace") if complaints.exists() else ""

    def kill(self) -> None:
        if self.returncode is None:
            with suppress(ProcessLookupError):
                os.kill(self._number, signal.SIGKILL)

    def wait(self) -> int | None:
        if self.returncode is None:
            self.communicate()
        return self.returncode

    def __enter__(self) -> "WarmChild":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self._answers.close()
        self._socket.close()


class WarmReader:
    """The process that forks the children; it starts when the first file is read. Close it when done."""

    def __init__(self, folder: Path) -> None:
        self._address = folder / "reader"
        self._process: subprocess.Popen[bytes] | None = None
        self._starting = threading.Lock()

    def as_subprocess(self) -> SimpleNamespace:
        """Return what stands for the module `subprocess` in the program's module that reads files."""
        return SimpleNamespace(
            Popen=lambda command, **_: WarmChild(self, command),
            DEVNULL=subprocess.DEVNULL,
            PIPE=subprocess.PIPE,
            TimeoutExpired=subprocess.TimeoutExpired,
        )

    def connection(self) -> socket.socket:
        """Return a connection to the process, which is started where it does not run yet."""
        with self._starting:
            if self._process is None:
                command = [sys.executable, "-m", "tests.warm_reader", str(self._address)]
                self._process = subprocess.Popen(command, cwd=Path(__file__).parents[1], stdout=subprocess.DEVNULL)
        for _ in range(_START_SECONDS * 50):
            found = socket.socket(socket.AF_UNIX)
            with suppress(FileNotFoundError, ConnectionRefusedError):
                found.connect(str(self._address))
                return found
            found.close()
            time.sleep(0.02)
        raise TimeoutError("the process that reads files in tests did not start")

    def close(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait()


def _load_libraries() -> None:
    """Load what reading needs, as the child does: without pandas."""
    sys.meta_path.insert(0, hidden := WithoutPandas())
    import retention_core.ingestion.reading.read_columnar
    import retention_core.ingestion.reading.read_json
    import retention_core.ingestion.reading.read_markup
    import retention_core.ingestion.reading.read_text
    import retention_core.ingestion.reading.read_workbook  # noqa: F401

    sys.meta_path.remove(hidden)


if __name__ == "__main__":
    _load_libraries()
    with _Children(sys.argv[1], _Child) as children:
        children.serve_forever()
