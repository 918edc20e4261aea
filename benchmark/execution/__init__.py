"""How a unit of work runs: in a process of its own, confined, cached, on an engine."""
