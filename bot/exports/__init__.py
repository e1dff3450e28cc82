"""Citations to take away."""
