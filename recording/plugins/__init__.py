"""Plug-ins: how each kind is found, checked and loaded.

A kind (`kind.Kind`) says where its plug-ins are and what each must have. `catalogue.discover`
finds them. Every room defines its kinds in a ``registry`` module of its own.
"""
