"""Start a local cluster with the sample shop in its tables, and the dashboard on it: `make run-spark`.

The cluster is pysail, which serves Spark Connect without Java; it ends with the dashboard.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from shutil import copy

from pysail.spark import SparkConnectServer  # type: ignore[import-untyped]

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
TABLES = ("orders", "complaints", "satisfaction")
NAME = "Sample in a cluster"


def workspace(home: Path) -> Path:
    """Write a workspace over the sample into `home`: the example's own files, with the tables of a cluster for shop_…."""
    folder = home / NAME
    folder.mkdir(parents=True)
    copy(HERE / "cluster.toml", folder)
    views = (HERE / "views.sql").read_text(encoding="utf-8")
    (folder / "views.sql").write_text(_tables() + views, encoding="utf-8")
    return folder


def _tables() -> str:
    """Return the statements that name the files of the sample as tables; a cluster has its own."""
    view = "CREATE OR REPLACE TEMPORARY VIEW shop_{table} USING csv OPTIONS (path '{path}', header 'true');\n"
    return "".join(
        view.format(table=table, path=(ROOT / "data" / "sample" / f"{table}.csv").as_posix()) for table in TABLES
    )


def main() -> None:
    """Serve until the dashboard ends."""
    os.environ.setdefault("RUST_LOG", "warn")
    server = SparkConnectServer(ip="127.0.0.1", port=0)
    server.start(background=True)
    host, port = server.listening_address
    with tempfile.TemporaryDirectory(prefix="comeback-cluster-") as home:
        workspace(Path(home))
        known = {"COMEBACK_SPARK_URL": f"sc://{host}:{port}", "COMEBACK_WORKSPACES": home}
        try:
            subprocess.run(  # noqa: S603 - our own dashboard
                [sys.executable, "-m", "streamlit", "run", str(ROOT / "dashboard.py"), *sys.argv[1:]],
                cwd=ROOT,
                env={**os.environ, **known},
                check=False,
            )
        except KeyboardInterrupt:
            pass
        finally:
            server.stop()


if __name__ == "__main__":
    main()
