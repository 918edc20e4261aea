"""The page of a recording: its accounts and what the campaigns did. It shows the truth."""
