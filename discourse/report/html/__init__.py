"""A document as one HTML file that needs nothing else: no network, no font, no program but a browser."""
