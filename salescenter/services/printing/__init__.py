"""Printing: the jobs of this PC, and the print service that takes them."""
