"""Plans of the platform, and what they cost."""

from __future__ import annotations

PLANS = ("trial", "pay-as-you-go", "subscription", "enterprise")
TRIAL, PAY_AS_YOU_GO, SUBSCRIPTION, ENTERPRISE = range(4)

SUBSCRIPTION_PRICE = 20.0
"""US dollars per month (assumed)."""
CHARGE_AT = 20.0
"""A pay-as-you-go card is charged whenever this many US dollars are owed (assumed)."""
BILLING_MONTH_DAYS = 30
TERMS_HOURS_TO_CONVERT = 4.0
"""Mean hours from an exhausted trial to adding a card (assumed)."""
