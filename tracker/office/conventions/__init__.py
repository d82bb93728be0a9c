"""Conventions, for the office: the page of one, with a form for each fact; a new one."""
