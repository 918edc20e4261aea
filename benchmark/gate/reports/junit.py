"""A check as JUnit XML: one test case for each detector on each scenario."""

from __future__ import annotations

from xml.etree import ElementTree

from shamcrowd.benchmark.gate.reports.formatting import change
from shamcrowd.benchmark.gate.verdict import Verdict
from shamcrowd.recording.plain_text import xml_text


def junit(verdict: Verdict) -> str:
    """JUnit XML of a verdict.

    A case fails if a figure is worse or missing, is an error if it did not run, and is skipped if
    it was refused. A check that compared nothing is an error too, so that it never passes.
    """
    cases: dict[tuple[str, str], list[str]] = {}
    for entry in verdict.entries:
        bad = cases.setdefault((entry.scenario, entry.detector), [])
        if entry.kind in ("worse", "missing"):
            bad.append(f"{entry.metric}: {entry.kind}, {change(entry)}")
    suite = ElementTree.Element("testsuite", name=xml_text(f"shamcrowd {verdict.suite}"))
    errors = failures = skipped = 0
    for (scenario, detector), bad in sorted(cases.items()):
        case = _case(suite, scenario, detector)
        if bad:
            failures += 1
            _inside(case, "failure", bad[0], "\n".join(bad))
    for scenario, detector, error in verdict.failed:
        errors += 1
        _inside(_case(suite, scenario, detector or "the scenario"), "error", "did not run", error)
    for scenario, why in verdict.refused:
        skipped += 1
        _inside(_case(suite, scenario, "the scenario"), "skipped", why, "")
    if verdict.exit_code in (2, 4):
        errors += 1
        _inside(_case(suite, verdict.suite, "the check"), "error", verdict.line, "")
    for name, many in (("failures", failures), ("errors", errors), ("skipped", skipped)):
        suite.set(name, str(many))
    suite.set("tests", str(len(suite)))
    root = ElementTree.Element("testsuites")
    root.append(suite)
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(root, "unicode") + "\n"


def _case(suite: ElementTree.Element, scenario: str, name: str) -> ElementTree.Element:
    where = f"shamcrowd.{scenario}"
    return ElementTree.SubElement(suite, "testcase", classname=xml_text(where), name=xml_text(name))


def _inside(case: ElementTree.Element, tag: str, message: str, text: str) -> None:
    inner = ElementTree.SubElement(case, tag, message=xml_text(message))
    inner.text = xml_text(text) or None
