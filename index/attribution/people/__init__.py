"""Who is who: names, roles, whom a description means, and who is one across articles."""
