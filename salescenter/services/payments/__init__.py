"""Money: receipts from gapless books, voids by counter-entry, refunds, the day's close."""
