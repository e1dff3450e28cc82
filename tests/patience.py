"""How long tests wait for what must come: so long that only a fault takes longer.

A wait ends with what it waits for, so patience costs nothing where all is well; on a machine with
ten other programs at work a browser's first page has taken a minute.
"""

PATIENCE = 180  # seconds
PATIENCE_MS = 1000 * PATIENCE
