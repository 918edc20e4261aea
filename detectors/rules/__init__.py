"""Rules that an abuse team writes down first."""
