"""Comeback's core: reads files into canonical tables, asks one question at a time, draws the answer.

It knows nothing of Streamlit and never reads the clock.
"""
