"""The demonstration: the real region with invented work. Nothing outside this package knows of it."""

from sluitend.demo.load import load, load_people

__all__ = ["load", "load_people"]
