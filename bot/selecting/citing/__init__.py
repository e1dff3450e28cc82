"""Chosen sentences as numbered citations, or a refusal with its reason."""
