"""Kits as data: what comes together for the accounts of one lot. One file each."""
