"""The switch between the scales on which answers are given."""

import streamlit as st

from pages.shared import link
from retention_core.analyses.satisfaction.answer_scales import Scale
from retention_core.answers.satisfaction.scale_words import read_scale, scale_words, scales_by_id
from retention_core.words.say import say
from retention_core.workspace import Workspace


def choose_scale(workspace: Workspace) -> Scale | None:
    """Draw the switch where there are several scales, and return the one chosen; None for the only one."""
    known = scales_by_id(workspace)
    if len(known) < 2:
        return None
    label, usual = say("Scale"), next(iter(known))
    link.take("scale", usual, lambda texts: read_scale(known, texts[-1]), label)
    words = {name: scale_words(scale) for name, scale in known.items()}
    st.selectbox(label, list(known), format_func=words.__getitem__, key="scale", width=200)
    return known[link.hold("scale", usual)]
