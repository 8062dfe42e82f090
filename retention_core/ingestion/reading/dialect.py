"""The dialect of a text file: what `csv_dialect` finds and the readers go by."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from retention_core.ingestion.reading.encodings import encoding_words
from retention_core.words.lists import in_turn, quoted
from retention_core.words.say import say, sentence

SEPARATORS = {
    ",": sentence("comma"),
    ";": sentence("semicolon"),
    "\t": sentence("tab"),
    "|": sentence("pipe"),
    "^": sentence("caret"),
    "~": sentence("tilde"),
    " ": sentence("white space"),
}
# whether NUL bytes stand between the letters, whether single quotes stand around cells -> how the text is cut
_WRITTEN = {
    (False, False): sentence("text ({encoding}), cells separated by {separator}"),
    (False, True): sentence("text ({encoding}), cells separated by {separator}, in single quotes"),
    (True, False): sentence("text ({encoding}), NUL bytes left out, cells separated by {separator}"),
    (True, True): sentence("text ({encoding}), NUL bytes left out, cells separated by {separator}, in single quotes"),
}


@dataclass(frozen=True)
class Dialect:
    """How one file is cut into cells.

    encoding: a Python codec. separator: one character; a space stands for any run of white space. quote: the letter
    around cells that hold the separator. escape: the letter that goes before a quote inside quotes, empty where quotes
    are doubled. is_padded: a space follows each separator. header_row: the last record of the header, -1 where there
    is none. header_lines: lines up to and with it, whose cells may hold line breaks. header: one distinct name per
    column. record_width: cells of the usual record; fewer than columns where empty cells at the end are left out.
    header_record: the cells of the header as they stand, by which it is known where it is repeated. remark: what was
    done to a broken header, in words. rivals: encodings that fit as well. samples: by encoding, the chosen one among
    them, cells that they read differently. has_nul: NUL bytes stand between the letters.
    """

    encoding: str
    separator: str
    quote: str
    escape: str
    is_padded: bool
    header_row: int
    header_lines: int
    header: tuple[str, ...]
    record_width: int
    header_record: tuple[str, ...] = ()
    remark: str = ""
    rivals: tuple[str, ...] = ()
    samples: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    has_nul: bool = False

    @property
    def is_usual(self) -> bool:
        """Whether the fast reader can cut the file as it stands."""
        return self.separator != " " and self.quote == '"' and not self.escape and not self.is_padded

    @property
    def words(self) -> str:
        """The dialect as shown to people."""
        named = SEPARATORS.get(self.separator)
        written = say(
            _WRITTEN[self.has_nul, self.quote != '"'],
            encoding=encoding_words(self.encoding),
            separator=say(named) if named else quoted(self.separator),
        )
        return in_turn([written, self.remark] if self.remark else [written])
