"""How fast the program is, each figure beside its limit or beside a peer measured in the same run."""
