"""The recording format: the data that simulator, detectors and benchmark exchange.

Nothing is imported here, so that importing the package does not load the truth.
"""
