"""Tests of the page at the door."""
