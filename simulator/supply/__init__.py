"""Synthetic entities: addresses, devices, cards, phones, mailboxes, clients and names."""
