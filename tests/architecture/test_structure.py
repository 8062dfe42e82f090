"""The rules of the house: who may import whom, how long a file may be, and that words have their definition."""

import ast
import re
from pathlib import Path

import pytest

from pages.shared.cards import definitions
from retention_core.ingestion.understanding.header_names import _synonyms
from retention_core.tables import TABLES

ROOT = Path(__file__).resolve().parents[2]
CORE = ROOT / "retention_core"
SOURCES = sorted([*CORE.rglob("*.py"), *(ROOT / "pages").rglob("*.py"), ROOT / "dashboard.py"])

# folder of the core -> parts of the core that it may import, besides itself
MAY_IMPORT = {
    "ingestion": {"engines", "tables", "errors"},
    "engines": {"tables", "errors", "calendar"},
    "analyses": {"engines.engine", "observed", "filters", "periods", "calendar", "tables", "errors"},
    "figures": {"analyses", "periods", "wording"},
}
# part of ingestion -> other parts of it that it may import
INGESTION = {
    "known_exports": set(),
    "reading": set(),
    "understanding": {"reading", "known_exports"},
    "checking": {"reading", "understanding"},
    "loading": {"reading", "understanding"},
}
# library -> the only places that may import it
ONLY_IN = {
    "streamlit": ("dashboard.py", "pages/"),
    "starlette": ("dashboard.py", "pages/server.py"),
    "plotly": ("retention_core/figures/", "pages/shared/charts.py", "pages/shared/messages.py"),
    "duckdb": ("retention_core/engines/duckdb_engine.py", "retention_core/ingestion/loading/load.py"),
    "fastexcel": ("retention_core/ingestion/reading/read_workbook.py",),
    "statsmodels": ("retention_core/analyses/",),
}


def imports(path: Path) -> list[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    return found + [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", SOURCES, ids=relative)
def test_a_module_imports_only_what_its_place_allows(path: Path) -> None:
    own = relative(path)
    for name in imports(path):
        library = name.split(".")[0]
        if library in ONLY_IN:
            assert own.startswith(ONLY_IN[library]), f"{own} imports {name}"
        if own.startswith("retention_core/"):
            assert library not in ("pages", "dashboard", "tests", "data"), f"{own} imports {name}"
        folder = own.split("/")[1] if "/" in own else ""
        if own.startswith("retention_core/") and folder in MAY_IMPORT and name.startswith("retention_core."):
            part = name.removeprefix("retention_core.")
            allowed = {folder, *MAY_IMPORT[folder]}
            assert any(part == each or part.startswith(f"{each}.") for each in allowed), f"{own} imports {name}"


@pytest.mark.parametrize("path", sorted((CORE / "ingestion").rglob("*/*.py")), ids=relative)
def test_a_file_goes_one_way_through_ingestion(path: Path) -> None:
    own = path.parent.name
    for name in imports(path):
        if name.startswith("retention_core.ingestion."):
            assert name.split(".")[2] in {own, *INGESTION[own]}, f"{relative(path)} imports {name}"


@pytest.mark.parametrize("path", sorted(CORE.rglob("*.py")), ids=relative)
def test_the_core_never_asks_the_clock(path: Path) -> None:
    assert not re.search(r"\b(now|today|utcnow)\(|\btime\.time\(", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", SOURCES, ids=relative)
def test_a_module_stays_short_and_says_what_it_is_for(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 300
    assert not text.strip() or ast.get_docstring(ast.parse(text))


@pytest.mark.parametrize("path", sorted(CORE.rglob("*.py")), ids=relative)
def test_every_public_function_and_class_of_the_core_has_a_docstring(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    public = [
        node for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
    ]
    assert [node.name for node in public if not ast.get_docstring(node)] == []


@pytest.mark.parametrize("path", sorted(CORE.glob("analyses/**/*.sql")), ids=relative)
def test_a_sql_file_opens_with_its_question_and_computes_no_rate(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("-- ")
    assert lines[0].endswith("?")
    assert len(lines) <= 70
    code = "\n".join(line.split("--")[0] for line in lines)
    assert "/" not in code, "rates are divided in Python"


def test_every_term_that_a_page_asks_for_stands_in_the_glossary() -> None:
    asked = set()
    for path in (ROOT / "pages").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        asked |= set(re.findall(r'term="([^"]+)"', text))
        for call in re.findall(r"how_counted\(([^)]*)\)", text, flags=re.DOTALL):
            asked |= set(re.findall(r'"([^"]+)"', call))
    assert len(asked) > 15
    assert asked - set(definitions()) == set()


def test_every_column_that_can_be_matched_has_synonyms_and_no_other_has() -> None:
    for name, table in TABLES.items():
        assert set(_synonyms()[name]) == {column.name for column in table.columns}
