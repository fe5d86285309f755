"""A house on a server: looking a server over, preparing it, and moving a house from its file there."""
