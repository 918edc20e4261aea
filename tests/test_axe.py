"""The check of pages finds what is wrong with one, wherever it shows."""

GOOD = """<!doctype html><html lang="en"><title>A page</title>
<meta name="viewport" content="width=device-width"><main><h1>A page</h1>%s</main></html>"""
DARK = """<style>@media (prefers-color-scheme: dark)
{ body { background: #000 } p { color: #333 } }</style><p>hard to read at night</p>"""


def test_a_good_page(axe, tmp_path):
    (tmp_path / "page.html").write_text(GOOD % "<p>Text.</p>", "utf-8")
    said = axe(tmp_path / "page.html")
    assert (said.returncode, said.stdout) == (0, "1 pages, no fault\n")


def test_faults_of_one_view_are_found(axe, tmp_path):
    inside = DARK + '<div style="width: 800px">wide</div><details><img src="a.png"></details>'
    (tmp_path / "page.html").write_text(GOOD % inside, "utf-8")
    said = axe(tmp_path / "page.html")
    assert said.returncode == 1
    found = [line.split(": ", 1)[1] for line in said.stdout.splitlines()]
    assert [f[:8] for f in found if "color-contrast" in f] == ["390 dark"]
    assert [f[:8] for f in found if "the page is" in f] == ["390 dark"]
    assert [f[:8] for f in found if "image-alt" in f] == ["1280 lig", "390 dark"]
