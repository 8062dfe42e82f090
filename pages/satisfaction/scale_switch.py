"""The switch between the scales on which answers are given."""

import streamlit as st

from retention_core.analyses.satisfaction.answer_scales import Scale, scales
from retention_core.engines.engine import Engine


def choose_scale(engine: Engine) -> Scale | None:
    """Draw the switch where there are several scales, and return the one chosen; None for the only one.

    Older links name a scale by its word alone: the most frequent one of that word is meant.
    """
    known = {scale.label: scale for scale in scales(engine)}
    if len(known) < 2:
        return None
    wanted = st.query_params.get("scale")
    meant = next((label for label, scale in known.items() if scale.word and scale.word == wanted), None)
    if "scale" not in st.session_state and meant:
        st.session_state["scale"] = meant
    return known[st.selectbox("Scale", list(known), key="scale", bind="query-params", width=200)]
