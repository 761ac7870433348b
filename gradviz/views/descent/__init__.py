"""The Descent tab: the map, the curves, the controls."""
