"""Rules of the kind that an abuse team writes first."""
