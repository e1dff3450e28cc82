"""Who may do what, and how much: rights, limits, connections, the guard before every route."""
