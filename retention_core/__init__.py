"""Comeback's core: reads files into canonical tables, asks one question at a time, draws the answer.

It knows nothing of Streamlit and never reads the clock.
"""

from pathlib import Path


def version() -> str:
    """Return the version of the program, which stands in pyproject.toml and nowhere else."""
    import tomllib  # not at the top: every child that reads a file loads this module, and none asks

    project = Path(__file__).resolve().parents[1] / "pyproject.toml"
    return str(tomllib.loads(project.read_text(encoding="utf-8"))["project"]["version"])
