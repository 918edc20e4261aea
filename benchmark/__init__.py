"""The benchmark: findings and truth in; scores, comparison and report out."""
