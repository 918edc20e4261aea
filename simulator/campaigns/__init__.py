"""Abuse campaigns: tactics, strategies, economics, and the parts they share."""
