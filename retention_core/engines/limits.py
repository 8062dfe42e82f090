"""What a workspace may use, and the doors that are shut before anybody asks it anything."""

from dataclasses import dataclass, field
from pathlib import Path

from retention_core.engines.memory import bytes_of, memory_of_one


@dataclass(frozen=True)
class EngineLimits:
    """What one workspace may use. memory, temporary_space: as DuckDB writes them. question_seconds: for one query."""

    memory: str = field(default_factory=lambda: f"{memory_of_one()}B")
    temporary_space: str = "20GB"
    threads: int = 2
    question_seconds: int = 300

    @property
    def memory_bytes(self) -> int:
        """The limit of memory in bytes."""
        return bytes_of(self.memory)

    def locking_sql(self, staging: Path) -> tuple[str, ...]:
        """Return the statements that set the limits, shut the doors, and lock the settings, in this order.

        staging: the only folder that SQL may read. Two settings stay open to the engine itself: the time that a
        statement may take, which loading does without, and the memory, which is lowered to give it back.
        """
        return (
            f"SET memory_limit = {_quoted(self.memory)}",
            f"SET max_temp_directory_size = {_quoted(self.temporary_space)}",
            f"SET threads = {self.threads}",
            f"SET GLOBAL max_execution_time = {self.question_seconds * 1000}",  # else for one connection only
            "SET allocator_background_threads = true",  # gives memory back that is free, within seconds
            "SET TimeZone = 'UTC'",
            "SET preserve_insertion_order = false",
            "SET python_enable_replacements = false",
            "SET autoload_known_extensions = false",
            "SET autoinstall_known_extensions = false",
            "SET allow_community_extensions = false",
            f"SET allowed_directories = [{_quoted(str(staging))}]",
            "SET enable_external_access = false",
            "SET allowed_configs = ['memory_limit', 'max_execution_time']",
            "SET lock_configuration = true",
        )

    def giving_back_sql(self) -> tuple[str, ...]:
        """Return the statements that empty the cache of the database: it has to stay below a low limit for a moment."""
        return f"SET memory_limit = '{_LOW}'", f"SET memory_limit = {_quoted(self.memory)}"


_LOW = "32MB"


def _quoted(text: str) -> str:
    """Return text as SQL writes it; a setting takes no bound value."""
    doubled = text.replace("'", "''")
    return f"'{doubled}'"
