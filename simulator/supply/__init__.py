"""What everybody draws on: addresses, devices, cards, phones, mailboxes, clients."""
