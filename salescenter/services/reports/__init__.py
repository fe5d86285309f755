"""The manager's figures (报表): the board, the lists behind it, its export, and the proof that they agree."""
