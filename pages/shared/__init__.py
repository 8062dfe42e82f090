"""The only code that joins Streamlit to the core."""
