"""What the server does besides drawing pages."""

import asyncio
import logging
import threading
from typing import Any

from pages import server
from pages.shared import session
from retention_core.errors import WorkspaceUnavailable

BARE: dict[str, Any] = {"type": "http.response.start", "status": 200, "headers": [(b"x-frame-options", b"DENY")]}


def answered(kind: str) -> list[dict]:
    """Return what comes back through the headers from an application that answers every request with BARE."""
    sent: list[dict] = []

    async def bare(scope, receive, send) -> None:
        await send(dict(BARE, headers=list(BARE["headers"])))

    async def keep(message) -> None:
        sent.append(message)

    asyncio.run(server.SecurityHeaders(bare)({"type": kind}, None, keep))
    return sent


def test_every_answer_lets_the_page_load_from_this_server_alone() -> None:
    headers = {name.decode(): value.decode() for name, value in answered("http")[0]["headers"]}
    assert headers["content-security-policy"].startswith("default-src 'self';")
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"  # what an answer sets itself stays


def test_what_is_no_request_passes_as_it_is() -> None:
    assert answered("websocket") == [BARE]


def test_the_sample_shop_is_open_before_the_first_visitor_comes() -> None:
    server.warm_up()
    assert session.open_workspace(session.SAMPLE).engine is session.sample().engine


def test_to_warm_up_without_a_page_is_nothing_to_warn_of(monkeypatch, caplog) -> None:
    monkeypatch.setattr(session, "load_sample", lambda engine: None)
    monkeypatch.setattr(server, "ask_ahead", lambda workspace: None)
    monkeypatch.setattr(logging.getLogger("streamlit"), "propagate", True)
    for opened in (session._sample, session._sample_waited_for):
        opened.clear()
    with caplog.at_level(logging.WARNING):
        thread = threading.Thread(target=server.warm_up)
        thread.start()
        thread.join()
    session._sample.clear()
    assert not caplog.text


def test_a_sample_that_cannot_be_opened_does_not_keep_the_server_from_starting(monkeypatch, caplog) -> None:
    def broken() -> None:
        raise WorkspaceUnavailable("It is gone.", "", "")

    monkeypatch.setattr(session, "sample", broken)
    with caplog.at_level(logging.ERROR):
        server.warm_up()
    assert "could not be opened" in caplog.text
