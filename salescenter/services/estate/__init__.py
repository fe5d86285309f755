"""The estate (房源): project, phases, permits, buildings, types and units, read and kept."""
