"""The shortcut audit: probes of everything in a recording, and how well each tells sham accounts
from innocent ones.
"""

from __future__ import annotations

from benchmark.audit.judge import audit
from benchmark.audit.outcome import Audit

__all__ = ["Audit", "audit"]
