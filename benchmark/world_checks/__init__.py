"""Checks of recordings: validity, realism and the shortcut audit."""
