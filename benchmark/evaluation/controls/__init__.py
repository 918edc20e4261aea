"""Controls that need the truth, one a file: made from it after the findings are in."""
