"""A fictional estate and a year of its life, made from a seed by the program's own deeds."""
