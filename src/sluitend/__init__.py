"""Sluitend: a closed-loop approach against human trafficking, for municipalities and their chain partners."""
