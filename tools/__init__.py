"""What the makers of the program run by hand: pins, catalogues, notices."""
