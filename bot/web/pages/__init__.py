"""All pages beside the chat, made from templates."""
