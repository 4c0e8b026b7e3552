"""The demonstration: the real region with invented work. Nothing else imports it, see `cli.demonstration`."""

from sluitend.demo.load import load, load_people

__all__ = ["load", "load_people"]
