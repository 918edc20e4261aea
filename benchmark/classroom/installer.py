"""The installers of a hand-out: one for Linux and macOS, one for Windows, the same steps."""

SHELL = """\
#!/bin/sh
# Installs shamcrowd from the folder wheelhouse, without a network, into the folder .venv here.
set -eu
cd "$(dirname "$0")"
PYTHON="${PYTHON:-python3}"
"$PYTHON" -c 'import sys; sys.exit(sys.version_info[:2] != (@MAJOR@, @MINOR@))' || {
    echo "Python @MAJOR@.@MINOR@ is needed, for which the wheels are."
    echo "Try: PYTHON=python@MAJOR@.@MINOR@ sh install.sh"
    exit 1
}
"$PYTHON" -m venv .venv
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-index \\
    --find-links wheelhouse @WHAT@
echo "Done. Now: cd team-01   (your own team)"
echo "           ../.venv/bin/marimo edit exercises.py"
"""

BATCH = """\
@echo off
rem Installs shamcrowd from the folder wheelhouse, without a network, into the folder .venv here.
cd /d "%~dp0"
py -@MAJOR@.@MINOR@ -m venv .venv || (
    echo Python @MAJOR@.@MINOR@ is needed, for which the wheels are.
    exit /b 1
)
.venv\\Scripts\\python -m pip install --quiet --disable-pip-version-check --no-index ^
    --find-links wheelhouse @WHAT@ || exit /b 1
echo Done. Now: cd team-01   (your own team)
echo            ..\\.venv\\Scripts\\marimo edit exercises.py
"""


def filled(template: str, what: str, version: tuple[int, int]) -> str:
    """An installer for a version of Python.

    >>> "python3.11 sh" in filled(SHELL, "'shamcrowd[class]'", (3, 11))
    True
    """
    text = template.replace("@WHAT@", what)
    return text.replace("@MAJOR@", str(version[0])).replace("@MINOR@", str(version[1]))
