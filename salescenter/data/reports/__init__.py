"""Questions a manager asks: the daily roll-ups, and the rows behind them."""
