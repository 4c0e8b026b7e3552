"""Log lines without what people typed: an error names its kind and place, never a value."""

import json
import logging
import traceback


class Quiet(logging.Formatter):
    """Formats a record as one JSON line; of an exception only class and code places are kept."""

    def format(self, record: logging.LogRecord) -> str:
        line = {"level": record.levelname, "logger": record.name, "event": str(record.msg)}
        if record.exc_info and record.exc_info[0]:
            line["exception"] = record.exc_info[0].__name__
            frames = traceback.extract_tb(record.exc_info[2])[-6:]
            line["at"] = " > ".join(f"{frame.name}:{frame.lineno}" for frame in frames)
        return json.dumps(line)
