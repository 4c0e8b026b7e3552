"""The matter of the access matrix, to be gone after from every side."""

from tests.test_access_matrix import sample

__all__ = ["sample"]
