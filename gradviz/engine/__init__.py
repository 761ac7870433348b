"""Time: threads that pump a descent, and the position on its timeline. QtCore only."""
