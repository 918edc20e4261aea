"""The page of a recording: who is in its world and what the campaigns did. Shows the truth."""
