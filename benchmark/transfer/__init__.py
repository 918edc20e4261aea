"""Detectors on labelled sets of other people's accounts: is the order there the order here?"""
