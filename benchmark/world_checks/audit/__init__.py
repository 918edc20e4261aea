"""The shortcut audit: how well each column of a recording separates sham from legitimate accounts.

A column that separates them for a reason that no real platform has is a shortcut: a detector that
used it would look good here and fail elsewhere.
"""

from __future__ import annotations

from shamcrowd.benchmark.world_checks.audit.judge import audit
from shamcrowd.benchmark.world_checks.audit.outcome import Audit

__all__ = ["Audit", "audit"]
