"""The demonstration: the real region with invented work. Nothing outside this package knows of it."""

from sluitend.demo.load import load

__all__ = ["load"]
