"""Tests of the customers' page."""
