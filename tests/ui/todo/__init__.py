"""Tests of the to-do page."""
