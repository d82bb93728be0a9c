"""The tracker of a convention's business items. The application is made in `application`."""

__version__ = "0.2.0"
