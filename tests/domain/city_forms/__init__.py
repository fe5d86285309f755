"""Five forms in the styles of real cities, in our own words, each with what belongs in its blanks."""
