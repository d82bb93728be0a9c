"""From collected data to files: PDF and HTML."""
