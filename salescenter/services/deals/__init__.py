"""The deal from hold to handover: one function for each step of a unit's life."""
