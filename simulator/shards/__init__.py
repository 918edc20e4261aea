"""The shards that play all accounts: one slice at a time, in worker processes."""
