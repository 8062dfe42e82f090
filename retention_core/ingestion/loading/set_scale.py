"""Correct the scale of answers after they were loaded."""

import pandas as pd

from retention_core.engines.duckdb_engine import DuckDBEngine
from retention_core.engines.engine import Engine
from retention_core.errors import SettingInvalid
from retention_core.ingestion.understanding.scale import MANY_MARKS
from retention_core.tables import SCALES
from retention_core.words.lists import listed
from retention_core.words.numbers import whole
from retention_core.words.say import say


def set_scale(engine: DuckDBEngine, upload_id: int, scale_top: int, marked: str | None = None) -> None:
    """Let the answers of one upload be on the scale whose highest score is given.

    marked: only those with this value in the column `scale` (an empty text: without any); None for all of them.
    Raises SettingInvalid where there is no such scale.
    """
    if scale_top not in SCALES:
        raise SettingInvalid(
            say("This scale does not exist."),
            say("up to {top}", top=scale_top),
            say("It is one of ({tops}).", tops=listed([whole(top) for top in SCALES])),
        )
    with engine.transaction() as cursor:
        cursor.execute(
            "UPDATE stored_satisfaction SET scale_top = $scale_top WHERE upload_id = $upload_id "
            "AND ($marked IS NULL OR coalesce(scale, '') = $marked)",
            {"scale_top": scale_top, "upload_id": upload_id, "marked": marked},
        )


def scales_loaded(engine: Engine) -> pd.DataFrame:
    """Return the scales of every upload with answers that count.

    One row per upload and mark: upload_id, marked (a value of the column `scale`, empty for none; missing where all
    answers of the upload are taken together), scale_top (missing in uploads of older versions), answers, lowest,
    highest.
    """
    return engine.query(
        f"""WITH marks AS (
            SELECT upload_id, count(DISTINCT coalesce(scale, '')) BETWEEN 2 AND {MANY_MARKS} AS are_few
            FROM stored_satisfaction GROUP BY upload_id)
        SELECT upload_id, CASE WHEN are_few THEN coalesce(scale, '') END AS marked, max(scale_top) AS scale_top,
               count(*) AS answers, min(score)::DOUBLE AS lowest, max(score)::DOUBLE AS highest
        FROM stored_satisfaction JOIN marks USING (upload_id) WHERE replaced_by IS NULL
        GROUP BY upload_id, marked ORDER BY upload_id DESC, answers DESC, marked"""
    )
