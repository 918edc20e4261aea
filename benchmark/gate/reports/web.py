"""A check as one HTML page without scripts and styles.

Jenkins shows pages with scripts and styles turned off, so the page uses only headings and tables
(its content security policy is described in
https://www.jenkins.io/doc/book/security/configuring-content-security-policy/).
"""

from __future__ import annotations

from jinja2 import Environment

from shamcrowd.benchmark.gate.reports.formatting import TITLES, change
from shamcrowd.benchmark.gate.verdict import Verdict
from shamcrowd.recording.plain_text import page_value

_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{{ word }}: {{ verdict.suite }}</title>
</head>
<body>
<main>
<h1>{{ verdict.line }}</h1>
<p>Suite {{ verdict.suite }}. Figures: {{ counts }}.</p>
{% for line in verdict.conditions %}<p>{{ line }}</p>
{% endfor %}{% if verdict.failed %}<h2>Did not run</h2>
{% for scenario, detector, error in verdict.failed %}<h3>{{ detector or "the scenario" }} on {{ scenario }}</h3>
<pre>{{ error }}</pre>
{% endfor %}{% endif %}{% if verdict.refused %}<h2>Not compared</h2>
<dl>{% for scenario, why in verdict.refused %}<dt>{{ scenario }}</dt><dd>{{ why }}</dd>{% endfor %}</dl>
{% endif %}{% for title, entries in tables %}<h2>{{ title }}</h2>
<table border="1" cellpadding="4">
<thead><tr><th scope="col">scenario</th><th scope="col">detector</th><th scope="col">metric</th><th scope="col">figure</th></tr></thead>
<tbody>{% for e in entries %}
<tr><td>{{ e.scenario }}</td><td>{{ e.detector }}</td><td>{{ e.metric }}</td><td>{{ change(e) }}</td></tr>{% endfor %}
</tbody>
</table>
{% endfor %}</main>
</body>
</html>
"""  # noqa: E501


def web(verdict: Verdict) -> str:
    """The verdict and every figure that has changed."""
    tables = []
    for kind, title in {**TITLES, "within": "Changed, within the tolerance"}.items():
        found = [e for e in verdict.entries if e.kind == kind]
        if found:
            tables.append((title, sorted(found, key=lambda e: (-e.excess, e.name))))
    counts = ", ".join(f"{many} {kind}" for kind, many in verdict.counts.items() if many) or "none"
    page = Environment(autoescape=True, finalize=page_value).from_string(_PAGE)
    return page.render(
        verdict=verdict,
        word=verdict.line.split(":")[0],
        tables=tables,
        counts=counts,
        change=change,
    )
