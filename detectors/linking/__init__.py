"""Which accounts are linked: shared entities, links between accounts, and their communities.

Shared by the families of detectors; no detector lives here.
"""
