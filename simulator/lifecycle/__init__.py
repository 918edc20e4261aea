"""The life of an account outside of requests and money: one process for everybody.

Every batch, honest or sham, carries a `Life`: the parameters of its population and a few per
account, which a campaign may change (haste, evenness, rest). When a batch is admitted, its sign-up
(`sign_up`), keys (`keys`), reports (`reports`) and past (`past`) are drawn from them;
`simulator.platform` writes the result to the activity log.

Accounts older than the recording have a past: rows before the start go to the log like all others
and are written to the file ``before``. They must come from the main process, when the batch is
admitted: ``past.moments`` draws when something happened between two moments of each account's life,
and ``Activity.add(kind, times, accounts, ...)`` takes the rows, whatever their times. Payments of
the past use the same two calls; `simulator.platform.past_log` is an example.
"""
