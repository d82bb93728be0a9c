"""An item whole: its page with a form for each fact, and the page that fills in many."""
