"""Comeback: do customers come back? The server; `streamlit run dashboard.py` starts it, and so does `make run`."""

import streamlit as st
from starlette.middleware import Middleware

from pages.server import SecurityHeaders, warming_up
from pages.shared.messages import show_unforeseen

app = st.App(
    "pages/frame.py", lifespan=warming_up, middleware=[Middleware(SecurityHeaders)], on_script_error=show_unforeseen
)
