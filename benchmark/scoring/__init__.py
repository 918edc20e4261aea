"""From traces and truth to what the metrics measure."""
