"""Answers become things that people look at."""
