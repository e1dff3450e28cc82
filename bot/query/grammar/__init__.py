"""What a question's own words say: whose words are wanted, on what, from when, how much."""
