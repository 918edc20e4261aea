"""Costs and income of campaigns."""
