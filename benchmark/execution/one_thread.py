"""Imported by the fork server before numerical libraries: its processes use one thread each.

One unit of work runs per core, so a second thread of one unit would wait for the first of another.
Values of these variables that are set already are kept.
"""

import os

for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")
