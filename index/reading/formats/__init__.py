"""A format that articles come in is a module here; `registry.py` lists them all."""
