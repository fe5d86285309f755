"""Reception while the server is away: visits wait in a file each on this PC and go in when it is back."""
