"""The mathematics: no Qt below this line."""
