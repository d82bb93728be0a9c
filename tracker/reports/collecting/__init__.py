"""What a report says: the frozen data of a request, up to one event."""
