"""The printed progress report: collect (frozen data), then render (HTML, then PDF).

Neither knows how it was asked for.
"""
