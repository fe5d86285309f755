"""Papers as frozen values: every amount, word, date and name decided, so that printing only sets type."""
