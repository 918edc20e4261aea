"""The closed loop: what the platform does about alerts while the world runs."""
