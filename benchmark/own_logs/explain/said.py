"""What detectors say of the group, and with which reasons."""

from __future__ import annotations

from shamcrowd.benchmark.own_logs.explain.findings import Said
from shamcrowd.benchmark.own_logs.explain.model import Section
from shamcrowd.benchmark.own_logs.explain.queries import Questions

FIRST = 0.01
"""Places up to this are counted: the first hundredth of all accounts."""
REASONS = 5
"""Reasons of each detector that are listed."""
_OURS = "from findings semi join members using (account)"
DETECTORS = f"""
with clusters as (
  select detector, cluster, count(*) as ours {_OURS} where cluster >= 0 group by detector, cluster
  qualify row_number() over (partition by detector order by ours desc, cluster) = 1)
select f.detector, count(*) filter (where place <= {FIRST}) as first, median(place) as middle,
  min(place) as best, any_value(detector || '-' || c.cluster) as cluster, any_value(ours) as ours,
  (select count(*) from findings o
    where o.detector = f.detector and o.cluster = any_value(c.cluster)) as whole
from findings f semi join members using (account) left join clusters c using (detector)
group by f.detector order by middle, f.detector""".strip()
WHY = f"""
select detector, reason, count(*) as accounts {_OURS} where reason <> '' group by detector, reason
qualify row_number() over (partition by detector order by accounts desc, reason) <= {REASONS}
order by detector, accounts desc, reason""".strip()


def said_by(questions: Questions, said: Said) -> Section:
    """The section."""
    title = "What detectors say"
    if not said.table.num_rows:
        return Section("detectors", title, ("No detector was asked.", *_notes(said)))
    listings = (
        questions.listing(
            "Each detector",
            (("detector", "text"), ("accounts in its first hundredth", "count"),
             ("median place", "share"), ("best place", "share"),
             ("its cluster with most of the group", "text"),
             ("accounts of the group in it", "count"),
             ("accounts in it", "count")),
            DETECTORS,
            "Place: share of all accounts that the detector finds as suspicious or more so. An "
            "account drawn at random has a median place of 50 %.",
        ),
        questions.listing(
            f"Reasons, the {REASONS} most frequent of each detector",
            (("detector", "text"), ("reason", "text"), ("accounts of the group", "count")),
            WHY,
        ),
    )  # fmt: skip
    return Section("detectors", title, _notes(said), (), listings)


def _notes(said: Said) -> tuple[str, ...]:
    return tuple(note[:1].upper() + note[1:] + "." for note in said.notes)
