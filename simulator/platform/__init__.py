"""The platform: what it sells, checks, limits and bills."""
