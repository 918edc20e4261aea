"""Request traffic, generated in numpy one time slice and one group of accounts at a time."""
