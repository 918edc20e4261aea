"""The dossier of a group of accounts: who is in it, what they share, and what explains it."""
