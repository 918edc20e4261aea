"""Shards, which simulate all accounts one time slice at a time, in worker processes."""
