"""An answer as a document: one file that asks nobody for anything, and prints on A4 without cutting a chart."""

import base64
import hashlib
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup, escape
from plotly.offline import get_plotlyjs

from retention_core.answers.answer import Answer
from retention_core.figures.palette import LIGHT
from retention_core.reports.frame import Frame
from retention_core.reports.printed import COLUMN_WIDTH, Section, section_of
from retention_core.words.glossary import Definition, definition
from retention_core.words.language import spoken
from retention_core.words.say import again, say

FOLDER = Path(__file__).parent


def as_html(answer: Answer, frame: Frame, parts: Sequence[str] | None = None) -> bytes:
    """Return an answer as a document in the language spoken. parts: those wanted, by name; by default all."""
    section = section_of("", answer, parts)
    return (
        _template()
        .render(
            language=spoken().language,
            title=say("{page} – Comeback", page=answer.question),
            question=again(answer.question),
            frame=frame.lines(),
            section=section,
            how_counted=say("How is this counted?"),
            definitions=_definitions(section),
            colours=LIGHT,
            column_width=COLUMN_WIDTH,
            policy=_policy(),
            style=Markup(_own("document.css")),  # noqa: S704 - ours, to the letter
            scripts=[Markup(each) for each in _scripts()],  # noqa: S704 - ours and plotly's, to the letter
        )
        .encode("utf-8")
    )


def _definitions(section: Section) -> list[Definition]:
    """Return the definitions of all terms of a section and its parts, each once."""
    return [definition(term) for term in dict.fromkeys(section.all_terms())]


def emphasised(text: str) -> Markup:
    """Return a text of the glossary, in which *words* are stressed and `names` stand as they are written in files."""
    marked = re.sub(r"`([^`]+)`", r"<code>\1</code>", str(escape(text)))
    return Markup(re.sub(r"\*([^*]+)\*", r"<em>\1</em>", marked))  # noqa: S704 - escaped above


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["emphasised"] = emphasised
    environment.filters["again"] = again
    return environment.get_template("document.html")


@cache
def _scripts() -> tuple[str, ...]:
    """Return the scripts of a document: the library of the charts, and ours that turns them into pictures."""
    return get_plotlyjs(), _own("document.js")


@cache
def _policy() -> str:
    """Return what the document may do: run these scripts and no other, and load nothing from anywhere."""
    hashes = (base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in _scripts())
    scripts = " ".join(f"'sha256-{each}'" for each in hashes)
    return (
        f"default-src 'none'; script-src {scripts}; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
        "form-action 'none'"
    )


def _own(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")
