"""This installation: making it, bringing its database up to date, serving it, keeping it safe.

What is recorded in it is no business of this room.
"""
