"""What is kept of an answer for its link, and what people say of it."""
