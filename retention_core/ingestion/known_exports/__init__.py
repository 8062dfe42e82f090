"""Exports of systems that we know by their headers: one file a system, from its own documentation."""
