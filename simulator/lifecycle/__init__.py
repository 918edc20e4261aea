"""What owners of accounts do over an account's life, and when: the same for honest and sham."""
