"""A list that came by a page: what the office said of it, what it is shown, and the two jobs that
read it and write it. They plan and write as the command does.
"""
