"""The checks of this folder are loaded by checkov's --external-checks-dir, which asks the package for their names."""

__all__ = ["seen"]
