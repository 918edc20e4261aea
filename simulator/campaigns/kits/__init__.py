"""Kits as data: what comes together for the accounts of one supply batch. One file each."""
