"""People and roles: the list, a person's page, and what is done there."""
