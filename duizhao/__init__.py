"""The front end: command line and messages; what it shows is computed by the packages below."""

__all__ = ["__version__"]

__version__ = "0.1.0"
