"""The coding page: posts coded by keyboard in a browser, on this machine only."""
