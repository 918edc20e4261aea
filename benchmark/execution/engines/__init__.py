"""Engines that run units of work: this machine, or a Dask cluster. The units are the same."""
