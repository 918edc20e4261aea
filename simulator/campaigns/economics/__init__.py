"""What abuse costs its campaigns, and what it brings in."""
