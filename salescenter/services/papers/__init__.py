"""Papers of the house: gathering a deal into one frozen document value, and keeping what was printed."""
