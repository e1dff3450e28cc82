"""What is asked: a question, in its conversation, as a query; and whom it names."""
