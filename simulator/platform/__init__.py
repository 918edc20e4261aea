"""The platform: accounts, plans, checks, limits and billing."""
