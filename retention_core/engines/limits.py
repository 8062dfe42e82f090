"""What a workspace may use, and the doors that are shut before anybody asks it anything."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class EngineLimits:
    """What one workspace may use. memory, temporary_space: as DuckDB writes them. question_seconds: for one query."""

    memory: str = "4GB"
    temporary_space: str = "20GB"
    threads: int = 2
    question_seconds: int = 300

    def locking_sql(self, staging: Path) -> tuple[str, ...]:
        """Return the statements that set the limits, shut the doors, and lock the settings, in this order.

        staging: the only folder that SQL may read.
        """
        return (
            f"SET memory_limit = {_quoted(self.memory)}",
            f"SET max_temp_directory_size = {_quoted(self.temporary_space)}",
            f"SET threads = {self.threads}",
            f"SET max_execution_time = {self.question_seconds * 1000}",
            "SET TimeZone = 'UTC'",
            "SET preserve_insertion_order = false",
            "SET python_enable_replacements = false",
            "SET autoload_known_extensions = false",
            "SET autoinstall_known_extensions = false",
            "SET allow_community_extensions = false",
            f"SET allowed_directories = [{_quoted(str(staging))}]",
            "SET enable_external_access = false",
            "SET lock_configuration = true",
        )


def _quoted(text: str) -> str:
    """Return text as SQL writes it; a setting takes no bound value."""
    doubled = text.replace("'", "''")
    return f"'{doubled}'"
