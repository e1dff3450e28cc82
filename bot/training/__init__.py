"""How the weights are made and measured; never imported when a question is answered."""
