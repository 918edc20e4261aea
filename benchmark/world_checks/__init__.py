"""Checks of recordings themselves: validity, realism, and the audit of shortcuts."""
