"""How people type: shorthand, typing errors, talk, other languages."""
