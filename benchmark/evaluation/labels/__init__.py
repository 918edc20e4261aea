"""What a platform would know by some moment of who was sham: late, in part, and at times wrong."""
