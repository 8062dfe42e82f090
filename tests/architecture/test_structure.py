"""The rules of the house: who may import whom, how long a file may be, and that words have their definition."""

import ast
import re
from pathlib import Path

import pytest

from retention_core.ingestion.understanding.header_names import _synonyms
from retention_core.tables import TABLES

ROOT = Path(__file__).resolve().parents[2]
CORE = ROOT / "retention_core"
SOURCES = sorted([*CORE.rglob("*.py"), *(ROOT / "pages").rglob("*.py"), ROOT / "dashboard.py"])

# folder of the core -> parts of the core that it may import, besides itself
MAY_IMPORT = {
    "words": set(),
    "ingestion": {"engines", "tables", "errors", "words"},
    "engines": {"tables", "errors", "calendar", "words"},
    "analyses": {"engines.engine", "observed", "filters", "periods", "calendar", "tables", "errors", "words"},
    "figures": {"analyses", "periods", "words"},
    "answers": {
        "analyses",
        "figures",
        "workspace",
        "engines.asking",
        "filters",
        "periods",
        "tables",
        "errors",
        "words",
    },
    "reports": {"answers", "figures", "words", "errors"},
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
    "plotly": ("retention_core/figures/", "retention_core/answers/answer.py", "retention_core/reports/"),
    "duckdb": ("retention_core/engines/duckdb_", "retention_core/ingestion/loading/load.py"),
    "fastexcel": ("retention_core/ingestion/reading/read_workbook.py",),
    "pyspark": ("retention_core/engines/spark_session.py",),
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
def test_a_step_of_sql_is_short_computes_no_rate_and_speaks_no_dialect(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 40
    code = "\n".join(line.split("--")[0] for line in lines)
    assert "/" not in re.sub(r"floor\(.*?\$\w+\)", "", code), (
        "rates are divided in Python; only whole windows are counted"
    )
    duckdb = "FILTER|QUALIFY|USING|EXCLUDE|REPLACE|arg_max|arg_min|bool_or|epoch|date_diff|quantile|median|list_agg"
    assert re.findall(rf"::|\b({duckdb})\b", code) == [], "one engine alone understands this"


ASKING = [*sorted(CORE.glob("analyses/**/*.py")), CORE / "observed.py", CORE / "workspace.py"]


@pytest.mark.parametrize("path", ASKING, ids=relative)
def test_no_sql_of_an_analysis_stands_in_python(path: Path) -> None:
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    texts = [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    assert [
        each
        for each in texts
        if re.search(r"\bSELECT [\w*]+( AS|,| FROM)|(?<!DISTINCT )\b(FROM|JOIN|GROUP BY) [\w{]", each)
    ] == []


@pytest.mark.parametrize("path", sorted((ROOT / "pages").rglob("*.py")), ids=relative)
def test_no_page_names_a_stored_table(path: Path) -> None:
    assert not re.search(
        r"\bstored_(orders|complaints|satisfaction|customers)\b|stored_\{", path.read_text(encoding="utf-8")
    )


def test_every_column_that_can_be_matched_has_synonyms_and_no_other_has() -> None:
    for name, table in TABLES.items():
        assert set(_synonyms()[name]) == {column.name for column in table.columns}
