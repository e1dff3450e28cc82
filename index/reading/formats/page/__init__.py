"""What a web page states, which of its lines are the article, and which never are."""
