"""The end of a trial: who goes on as a paying customer, and when.

Public figures of how many trials convert: 8.5 % of AI apps' and 5.6 % of others' (RevenueCat,
State of Subscription Apps 2026), 2 to 5 % of free plans and 15 to 25 % of trials without a card
(benchmarks of SaaS firms, 2012 to 2026). Here each population has a share of converts among those
who still use the account (`Enrolment.assign_plans`); who has left does not pay.
"""

from __future__ import annotations

from shamcrowd.recording.units import MS_PER_DAY, MS_PER_HOUR, MS_PER_MINUTE, MS_PER_SECOND

EARLY = 0.35
"""Share of converts that do not wait for the end of the credit (assumed)."""
EARLY_AFTER = 3.0 * MS_PER_DAY
EARLY_SIGMA = 1.4
"""When they pay: median ms after the grant, and sigma of its logarithm (assumed)."""
HESITATION = 3.0 * MS_PER_HOUR
HESITATION_SIGMA = 2.2
"""When the others pay: median ms after the end, and sigma of its logarithm (assumed; one in five
takes more than a day)."""
TO_SUBSCRIPTION = 0.5
"""Share of converts that subscribe; the others pay as they go (assumed)."""
SWEPT = 2.0 * MS_PER_HOUR
SWEPT_SIGMA = 1.0
"""From the end of the credit's term to the job that takes it back: median ms, and sigma
(assumed)."""
RESUMES = 0.5
"""Share of former customers that pay again when they take up their accounts (assumed)."""
CHECKOUT = 45.0 * MS_PER_SECOND
CHECKOUT_SIGMA = 0.9
"""From the card to the choice of a plan, and from there to the charge: median ms and sigma
(assumed)."""
FIRST_PURCHASE = 2.0 * MS_PER_MINUTE
FIRST_PURCHASE_SIGMA = 1.6
"""From a card added at sign-up to the first charge: median ms and sigma (assumed)."""
