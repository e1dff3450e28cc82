"""The reader: passages in rows, scored sentence by sentence."""
