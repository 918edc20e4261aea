"""Pages of the dossier of a group of accounts."""
