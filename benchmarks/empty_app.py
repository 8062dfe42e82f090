"""The least that a dashboard can be: a text, a button and one chart, with everything imported that ours imports."""

import babel  # noqa: F401
import duckdb  # noqa: F401
import jinja2  # noqa: F401
import pandas as pd  # noqa: F401
import persiantools.jdatetime  # noqa: F401
import plotly.graph_objects as go
import pyarrow  # noqa: F401
import scipy.stats  # noqa: F401
import statsmodels.duration.survfunc  # noqa: F401
import streamlit as st

st.session_state["runs"] = st.session_state.get("runs", 0) + 1
st.text("Nothing")
st.button("Again")
st.plotly_chart(go.Figure(go.Bar(x=[1, 2, 3], y=[1, 2, st.session_state["runs"]])))
