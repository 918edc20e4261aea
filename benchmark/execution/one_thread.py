"""Loaded by the fork server before anything that multiplies: its processes use one thread each.

As many units as cores are at work at a time, so that a second thread of one would wait for the
first of another. Whoever sets these variables is heard.
"""

import os

for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")
