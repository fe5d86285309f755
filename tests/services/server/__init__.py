"""Tests of the house on a server."""
