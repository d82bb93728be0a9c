"""Second factors: codes from an app, recovery codes, passkeys; who needs one; their pages."""
