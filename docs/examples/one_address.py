"""A plain function: a view in, a frame out. pandas here; polars or Arrow do as well.

shamcrowd run quickstart-v2 --detector docs/examples/one_address.py:one_address --out my-run
"""

from __future__ import annotations

import pandas as pd

from shamcrowd.recording.view import LogView


def one_address(log: LogView) -> pd.DataFrame:
    """Accounts that signed up from an address with many others."""
    accounts = log.accounts(["account", "address"])
    others = accounts.groupby("address")["account"].transform("size") - 1
    return pd.DataFrame(
        {
            "account": accounts["account"],
            "score": others,
            "reason": [f"{n} others signed up from its address" if n else "" for n in others],
        }
    )
