"""A question in its conversation: what it takes from the turns before it."""
