"""The control grid (销控): the picture of the estate, its legend, its card and its walls."""
