"""Take away what is on the screen: a page as a document, a chart as a slide."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import streamlit as st

from pages.shared import link, session
from pages.shared.charts import slide_picture
from pages.shared.messages import errors_shown
from retention_core.answers.answer import Answer, Chart
from retention_core.answers.in_force import in_force
from retention_core.figures.palette import DARK, LIGHT
from retention_core.reports.frame import Frame
from retention_core.reports.html import as_html
from retention_core.reports.slide import slide
from retention_core.words.language import Speech, as_spoken_now, speaking, spoken
from retention_core.words.say import say

GROUNDS = {"white": replace(LIGHT, background="#ffffff"), "dark": DARK}
FORMATS = {"png": "PNG", "svg": "SVG"}
# The camera over a chart, which the framework gives no other way to reach.
_CLICK = "<script>/* {count} */ document.querySelector('.st-key-slide_figure .modebar-btn')?.click()</script>"


def actions(answer: Answer) -> None:
    """Offer to save a page, and a chart of it as a slide, where it says anything."""
    if answer.is_empty:
        return
    with st.container(horizontal=True, gap="small", width="content", key="saving"):
        save_page(answer)
        if answer.charts or answer.parts:
            save_slide(answer)


def save_page(answer: Answer) -> None:
    """Offer a page as a document, which is made when it is asked for."""
    st.download_button(
        say("Save this page"),
        document(answer),
        f"{_file_name()}.html",
        "text/html",
        on_click="ignore",
        type="tertiary",
        icon=":material/description:",
        key="save_page",
        help=say("One file with charts, tables and definitions, which opens in any browser and prints on A4."),
    )


def save_slide(answer: Answer) -> None:
    """Offer a chart of a page as a slide, which a dialog shows and saves."""
    tip = say("A chart under the sentence it shows, as a picture for a slide.")
    if st.button(say("Save slide"), type="tertiary", icon=":material/slideshow:", key="save_slide", help=tip):
        _ask_for_slide(answer, spoken())


def document(answer: Answer) -> Callable[[], bytes]:
    """Return what makes the document of an answer in the language spoken now, whichever thread asks for it."""
    return as_spoken_now(partial(as_html, answer, _frame()))


def _frame() -> Frame:
    workspace, filters = session.current(), session.filters()
    as_of = filters.as_of or workspace.as_of
    return Frame(session.title_of(workspace.name), in_force(workspace, filters), as_of, session.today())


def _file_name() -> str:
    return f"comeback-{link.page() or 'overview'}-{session.today().isoformat()}"


def _ask_for_slide(answer: Answer, speech: Speech) -> None:
    """Open the dialog of a slide. speech: how the person is spoken to; what a dialog draws anew does not know it."""

    @st.dialog(say("Save slide"), width="large")
    def dialog() -> None:
        with speaking(speech.language, speech.calendar), errors_shown():
            _slide_dialog(answer)

    dialog()


def _slide_dialog(answer: Answer) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        shown, chart = _chosen(answer)
        ground = _one_of("slide_ground", say("Ground"), {"white": say("White"), "dark": say("Dark")})
        kind = _one_of("slide_format", say("Format"), FORMATS)
        is_wanted = st.button(say("Save"), type="primary", icon=":material/download:", key="slide_save")
    drawn = Chart(f"{_file_name()}-{chart.name}", partial(slide, chart, shown, _frame().source()), chart.alt)
    slide_picture(drawn, GROUNDS[ground], kind)
    if is_wanted:
        st.session_state["_slides"] = count = st.session_state.get("_slides", 0) + 1
        st.html(_CLICK.format(count=count), unsafe_allow_javascript=True)


def _chosen(answer: Answer) -> tuple[Answer, Chart]:
    """Ask which chart, of the page or of a part of it; return it, and whose sentence it shows."""
    parts = {each.name: each for each in answer.parts}
    names = ([""] if answer.charts else []) + list(parts)
    titles = {"": say("This page")} | {name: part.title for name, part in parts.items()}
    name = st.selectbox(say("Part"), names, format_func=titles.__getitem__, key="slide_part") if len(names) > 1 else ""
    told = parts[name].answer() if name in parts else answer
    charts = told.charts
    place = st.selectbox(
        say("Chart"),
        range(len(charts)),
        format_func=lambda place: charts[place].title or charts[place].alt,
        key=f"slide_chart_{name}",
        width=420,
    )
    return replace(told, sentence=told.sentence or answer.sentence, cards=told.cards or answer.cards), charts[
        place or 0
    ]


def _one_of(key: str, label: str, choices: dict[str, str]) -> str:
    chosen: str = st.segmented_control(
        label, list(choices), format_func=choices.__getitem__, default=next(iter(choices)), required=True, key=key
    )
    return chosen
