"""What a server itself lets people do: each comes in by their own account, and every writing goes through a door."""
