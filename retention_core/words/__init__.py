"""Sentences, numbers and days in the language of who reads them.

The English sentence stands in the code; `persian.po` holds the Persian. `make words` collects what is new.
"""

from retention_core.words import days as days  # whoever says anything can then say days
