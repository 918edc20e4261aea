"""Labels that a platform would have at a given time: late, partial, and sometimes wrong."""
