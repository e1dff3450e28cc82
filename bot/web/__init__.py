"""The web app: chat, library pages, API, what a wiki embeds; and who may do what."""
