"""Read a document as a browser does: which elements it has, and what text is seen."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

_UNSEEN = ("script", "style", "title")


@dataclass
class Read:
    """tags: each element with its attributes. text: all that is seen. data: what stands in scripts."""

    tags: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    data: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.texts).split())

    def all(self, name: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.tags if tag == name]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.read = Read()
        self.inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.read.tags.append((tag, dict(attrs)))
        if tag in _UNSEEN:
            self.inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self.inside.pop()

    def handle_data(self, data: str) -> None:
        (self.read.data if self.inside else self.read.texts).append(data)


def read(document: bytes) -> Read:
    """Return what a document holds."""
    reader = _Reader()
    reader.feed(document.decode("utf-8"))
    return reader.read
