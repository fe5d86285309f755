"""The log-in page: the first thing anybody sees, standing before anything heavy is loaded."""
