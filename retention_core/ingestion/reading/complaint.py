"""What a reader complains of, when a file cannot be read."""

from retention_core.words.say import Said


def complaint(error: Exception, letters: int = 200) -> str:
    """Return what a reader says of a file: a sentence of ours, else its own words, of these so many letters."""
    told = error.args[0] if error.args else ""
    return told if isinstance(told, Said) else str(error)[:letters]
