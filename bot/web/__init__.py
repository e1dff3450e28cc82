"""The web app: chat page, library pages, API, embedded answers, access control."""
