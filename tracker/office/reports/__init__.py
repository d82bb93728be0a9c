"""The office's page of reports: what is being made, drafts, issuing one, asking for one."""
