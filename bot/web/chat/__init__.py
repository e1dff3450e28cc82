"""The chat page: Gradio's conversation, its queue, its sessions."""
