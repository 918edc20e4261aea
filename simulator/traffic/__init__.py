"""Request traffic, made in numpy a slice of time and a whole crowd at once."""
