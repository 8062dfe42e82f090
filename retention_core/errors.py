"""Every error a person can meet: what was found, and what to do about it.

RetentionError
├── FileUnreadable       the file cannot be read as a table
├── ColumnMissing        a required column was not found
├── QuestionOpen         a column can be read in two ways and nobody has chosen yet
├── AlreadyLoaded        the same file is loaded already
├── NothingToLoad        no row of the file could be kept
├── QuestionTooLarge     an analysis ran out of memory or time
├── QuestionStopped      a question was stopped before it was answered
├── UploadCancelled      a person cancelled an upload before it was loaded
├── WorkspaceNameInvalid a workspace cannot be saved under this name
├── WorkspaceUnavailable a workspace cannot be opened, read or written
│   └── WorkspaceBehind  its newest changes are missing; it may be opened without them
└── SettingInvalid       a switch or a setting of the program has a value it cannot have
"""


class RetentionError(Exception):
    """A failure that is explained to a person.

    title: one sentence saying what went wrong. found: what was found, with places and values. advice: what to do next.
    They are said where the error is raised; whoever shows them says them `again`, in the language of the reader.
    """

    def __init__(self, title: str, found: str = "", advice: str = "") -> None:
        self.title, self.found, self.advice = title, found, advice
        super().__init__(" ".join(part for part in (title, found, advice) if part))


class FileUnreadable(RetentionError):
    """The file is empty, damaged, too large, or not a table."""


class ColumnMissing(RetentionError):
    """A column without which the table cannot be loaded was not found."""


class QuestionOpen(RetentionError):
    """A column has two readings and the person has not chosen one."""


class AlreadyLoaded(RetentionError):
    """A file with the same content is loaded in this workspace."""


class NothingToLoad(RetentionError):
    """Every row of the file was rejected."""


class QuestionTooLarge(RetentionError):
    """An analysis exceeded the limits of memory or time."""


class QuestionStopped(RetentionError):
    """Somebody stopped a question before it was answered, or nobody waits for it any more."""


class WorkspaceNameInvalid(RetentionError):
    """A workspace name is empty, too long or has characters that file names should not have."""


class UploadCancelled(RetentionError):
    """The person cancelled an upload while it waited or wrote; nothing of it took effect."""


class WorkspaceUnavailable(RetentionError):
    """A workspace is open elsewhere, damaged, gone, of a newer version, or its disk is full or cannot be written."""


class WorkspaceBehind(WorkspaceUnavailable):
    """A workspace opens, but as it was before its newest changes."""


class SettingInvalid(RetentionError):
    """A switch of an analysis, or a setting of the program, was given a value that it cannot have."""
