"""gradviz: see, drag and check gradients. Nothing heavy is imported here."""

__version__ = "0.1.0"
