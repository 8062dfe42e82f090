"""The settings that a workspace was kept with, some of which a damaged or foreign one may have wrong."""

from retention_core.words.say import say


def week_start_of(kept: str, otherwise: int) -> int:
    """Return the first day of the week, 0 for Monday to 6 for Sunday: the one kept, else `otherwise`."""
    return int(kept) if kept in tuple("0123456") else otherwise


def doubts(time_zone: str, *, is_known: bool, week_start: str) -> tuple[str, ...]:
    """Return in words which of the settings kept do not exist, and what holds instead; empty text: never set.

    is_known: whether there is such a time zone.
    """
    said = []
    if time_zone and not is_known:
        said.append(
            say(
                "The time zone kept with this workspace, “{time_zone}”, does not exist: UTC is used instead.",
                time_zone=time_zone,
            )
        )
    if week_start and week_start not in tuple("0123456"):
        said.append(
            say(
                "The first day of the week kept with this workspace, “{week_start}”, does not exist: weeks begin on Monday.",
                week_start=week_start,
            )
        )
    return tuple(said)
