"""Labels that a platform would have at some moment: late, partial, and sometimes wrong."""
