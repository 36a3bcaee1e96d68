"""Scenarios side by side, and a difference taken apart into the pieces that make it."""
