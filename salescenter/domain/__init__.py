"""Rules of the trade and frozen values: plain Python, no clock, no database, no screen."""
