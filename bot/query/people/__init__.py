"""Whom a phrase of a question means: by name, initials, role or group."""
