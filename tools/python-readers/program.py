"""Logs what program.mjs logs, with Python's fapilog, and ends as a program does that waits for its logger."""

import asyncio
import json
import os
import sys

import fapilog

# It has no level trace.
METHODS = {"debug": "debug", "info": "info", "warn": "warning", "error": "error", "fatal": "critical"}


async def main() -> None:
    detects = "READER_DETECTS" in os.environ
    logger = await fapilog.get_async_logger(settings=None if detects else fapilog.Settings())
    for event in json.load(sys.stdin):
        if method := METHODS.get(event["level"]):
            await getattr(logger, method)(event["message"], **event["fields"])
    # Its drain stops the sink without the batch that is still open: only the timer of the batch sends that.
    await asyncio.sleep(float(os.environ["READER_WAIT_SECONDS"]))
    await logger.drain()


asyncio.run(main())
