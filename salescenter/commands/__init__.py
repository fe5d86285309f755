"""Head-less commands for the person who looks after the PC; each prints what it did and returns an exit code."""
