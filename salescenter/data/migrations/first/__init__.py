"""The tables of the first version, one module for each area."""
