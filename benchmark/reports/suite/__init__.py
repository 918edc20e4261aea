"""A suite's report, one self-contained page, and the board that is published."""
