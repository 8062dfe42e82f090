"""A tab without a browser: it speaks Streamlit's websocket as the browser does, and knows which switches are there."""

import time
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

_WITH_OPTIONS = ("selectbox", "multiselect", "button_group", "date_input", "slider", "checkbox")


@dataclass(frozen=True)
class Widget:
    """One switch. id: as the server knows it. key: as we call it. kind: of the element. options: as they are shown.
    fragment: the part of the page that a change of it redraws, empty for all of it.
    """

    id: str
    key: str
    kind: str
    options: tuple[str, ...] = ()
    fragment: str = ""


class Tab:
    """One tab on a page. query: what its address asks for. errors: what the last redraw showed as errors. drawn: the keys
    of the switches that it drew. said: the headings and texts that it showed.
    """

    def __init__(self, host: str, page: str, query: str) -> None:
        self._host, self._page, self.query = host, page, query
        self._widgets: dict[str, Widget] = {}
        self._values: dict[str, tuple[str, list[str]]] = {}
        self._script = ""
        self.errors: list[str] = []
        self.drawn: set[str] = set()
        self.said: list[str] = []

    async def __aenter__(self) -> Self:
        self._socket: ClientConnection = await connect(
            f"ws://{self._host}/_stcore/stream",
            subprotocols=[websockets.Subprotocol("streamlit")],
            origin=websockets.Origin(f"http://{self._host}"),
            max_size=None,
            ping_interval=None,
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._socket.close()

    def widget(self, key: str) -> Widget:
        """Return the switch with this key; raise LookupError where the page has none."""
        if key not in self._widgets:
            raise LookupError(f"The page has no switch {key}; it has {sorted(self._widgets)}. Errors: {self.errors}")
        return self._widgets[key]

    async def redraw(self, changed: dict[Widget, list[str]] | None = None) -> float:
        """Ask for the page with some switches changed; return the seconds until it is drawn to its end."""
        start = time.perf_counter()
        await self._socket.send(self._asked(changed or {}).SerializeToString())
        self.errors, self.drawn, self.said = [], set(), []
        while True:
            message = ForwardMsg.FromString(await self._received())
            kind = message.WhichOneof("type")
            if kind == "navigation":
                self._script = message.navigation.page_script_hash
            elif kind == "delta":
                self._look_at(message.delta)
            elif kind == "page_info_changed":
                self.query = message.page_info_changed.query_string
            elif kind == "script_finished":
                if message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                    continue
                return time.perf_counter() - start

    async def _received(self) -> bytes:
        try:
            received = await self._socket.recv()
        except websockets.ConnectionClosed as error:
            raise EOFError("The server closed the connection.") from error
        return received if isinstance(received, bytes) else received.encode()

    def _asked(self, changed: dict[Widget, list[str]]) -> BackMsg:
        message = BackMsg()
        state = message.rerun_script
        state.query_string = self.query
        if self._script:
            state.page_script_hash = self._script
        else:
            state.page_name = self._page
        for widget, texts in changed.items():
            self._values[widget.id] = widget.kind, texts
        for name, (kind, texts) in self._values.items():
            held = state.widget_states.widgets.add(id=name)
            if kind in ("selectbox", "tabs"):
                held.string_value = texts[0]
            else:
                held.string_array_value.data.extend(texts)
        parts = {widget.fragment for widget in changed}
        if len(parts) == 1:
            state.fragment_id = parts.pop()
        state.context_info.timezone = "UTC"
        state.context_info.locale = "en-GB"
        return message

    def _look_at(self, delta: Any) -> None:
        if delta.WhichOneof("type") == "add_block":
            if delta.add_block.WhichOneof("type") == "tab_container":
                self._add(delta.add_block.tab_container.id, "tabs", (), delta.fragment_id)
            elif delta.add_block.WhichOneof("type") == "tab" and "tab_shown" in self._widgets:
                tabs = self._widgets["tab_shown"]
                options = tuple(dict.fromkeys((*tabs.options, delta.add_block.tab.label)))
                self._add(tabs.id, "tabs", options, delta.fragment_id)
            return
        element = delta.new_element
        kind = element.WhichOneof("type")
        if kind in ("heading", "markdown"):
            self.said.append(getattr(element, kind).body)
        if kind == "exception" or (kind == "alert" and element.alert.format == element.alert.ERROR):
            self.errors.append(element.exception.message or element.alert.body)
        elif kind in _WITH_OPTIONS:
            shown = getattr(element, kind)
            listed = getattr(shown, "options", ())
            options = tuple(str(getattr(each, "content", each)) for each in listed)
            self._add(shown.id, kind, options, delta.fragment_id)

    def _add(self, name: str, kind: str, options: tuple[str, ...], fragment: str) -> None:
        key = name.split("-", 2)[-1]
        self.drawn.add(key)
        self._widgets[key] = Widget(name, key, kind, options, fragment)
