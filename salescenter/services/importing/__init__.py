"""Importing unit lists and visit ledgers from any spreadsheet: read, recognise, check, show, carry out."""
