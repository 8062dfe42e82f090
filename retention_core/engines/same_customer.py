"""Which ids are one person: links join from id to id, and each id leads to the one under which the person is shown."""

from typing import Any

import numpy as np
import pandas as pd
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

_LINKS = """SELECT DISTINCT customer_key, other_key FROM stored_customers
WHERE replaced_by IS NULL AND other_key <> customer_key"""


def join_ids(cursor: Any) -> None:
    """Write `same_customer` anew from the links in force; call it in the transaction that changes them."""
    cursor.execute("DELETE FROM same_customer")
    links = cursor.execute(_LINKS).fetchnumpy()
    if not len(links["other_key"]):
        return
    cursor.register("joined_ids", _joined(np.asarray(links["customer_key"]), np.asarray(links["other_key"])))
    cursor.execute("INSERT INTO same_customer SELECT other_key, customer_key FROM joined_ids")
    cursor.unregister("joined_ids")


def _joined(named: np.ndarray, others: np.ndarray) -> pd.DataFrame:
    """Return one row per id that is shown under another one: other_key, customer_key.

    named, others: the two keys of each link. A person is shown under the id that is never the other one of a link,
    else, or where there are several, under the smallest key.
    """
    keys, places = np.unique(np.concatenate([named, others]), return_inverse=True)
    of_named, of_others = places[: len(named)], places[len(named) :]
    links = coo_array((np.ones(len(named), dtype=bool), (of_named, of_others)), shape=(len(keys), len(keys)))
    _, person = connected_components(links, directed=False)
    is_other = np.zeros(len(keys), dtype=bool)
    is_other[of_others] = True
    order = np.lexsort((keys, is_other, person))
    shown = keys[order[np.flatnonzero(np.diff(person[order], prepend=-1))]][person]
    return pd.DataFrame({"other_key": keys, "customer_key": shown})[shown != keys]
