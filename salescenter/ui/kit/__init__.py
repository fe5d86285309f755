"""Shared pieces of the screens; knows no business area."""
