"""The shortcut audit: probes of everything in a recording, and how well each tells sham accounts
from legitimate ones.
"""

from __future__ import annotations

from shamcrowd.benchmark.world_checks.audit.judge import audit
from shamcrowd.benchmark.world_checks.audit.outcome import Audit

__all__ = ["Audit", "audit"]
