"""The repairs of a sentence's tree, made once, before anything is read off it."""
