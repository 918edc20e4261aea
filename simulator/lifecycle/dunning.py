"""Dunning: what follows a declined charge.

Industry medians: 47.6 % of failed payments are recovered (Slicker and Baremetrics, 2026), 20 to
40 % of all lost subscriptions are lost to failed payments, over about two weeks of retries.
"""

from __future__ import annotations

from shamcrowd.recording.units import MS_PER_DAY, MS_PER_HOUR, MS_PER_MINUTE

TRIES = 5
"""Charges that are tried in all (assumed; processors recommend four to eight in two weeks)."""
RETRY_AFTER = (1.3 * MS_PER_DAY, 2.4 * MS_PER_DAY, 3.6 * MS_PER_DAY, 5.0 * MS_PER_DAY)
RETRY_SIGMA = 0.45
"""Until the next try: median ms by the number of tries so far, and sigma (assumed)."""
RETRY_SUCCESS = 0.13
"""Share of retries on the same card that go through (assumed; together with `REPLACES` about half
of the failed charges are recovered)."""
REPLACES = 0.2
"""Share of owners who add another card after the first decline, if they have one (assumed)."""
REPLACES_BY_HAND = 0.5
"""The same of those who wait for the charge (assumed)."""
REPLACES_AFTER = 9.0 * MS_PER_HOUR
REPLACES_SIGMA = 1.7
"""When: median ms after the decline, and sigma (assumed); who waits for the charge adds one as soon
as he would try again."""
REPLACES_WITHIN = 27.0 * MS_PER_DAY
"""At most: before the next month is charged, ms."""
BY_HAND_AFTER = 6.0 * MS_PER_MINUTE
BY_HAND_SIGMA = 1.9
"""Until somebody who buys by hand tries again: median ms, and sigma (assumed)."""
BY_HAND_SUCCESS = 0.45
"""Share of these tries that go through (assumed)."""
BY_HAND_TRIES = 3
"""Charges that they try in all: most try a second time and few a third (Baymard Institute), and
after one or two more tries they usually give up (fatweb.co.nz on PayPal's figures)."""
