"""Who reads a convention, and the code of the hall: pages and forms of the office."""
