"""The first download of a long scope."""
