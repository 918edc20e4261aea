"""Plans of the platform."""

from __future__ import annotations

PLANS = ("trial", "pay-as-you-go", "subscription", "enterprise")
TRIAL, PAY_AS_YOU_GO, SUBSCRIPTION, ENTERPRISE = range(4)
