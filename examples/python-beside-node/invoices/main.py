"""Writes invoices: POST /invoices. Its lines have the id of the shop's request."""

import asyncio
import json
import os
import signal
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from fapilog import Settings, get_logger

# Called without settings, it would write each line to standard output as well.
logger = get_logger(settings=Settings())


class Invoices(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        logger.bind(request_id=self.headers.get("x-request-id"))
        try:
            order = json.loads(self.rfile.read(int(self.headers.get("content-length", 0))))
            logger.info("invoice written", total=sum(item["price"] for item in order["items"]))
            self.send_response(201)
        except Exception:
            logger.exception("invoice failed")
            self.send_response(500)
        finally:
            logger.clear_context()
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """The server's own line for each request is left out."""


def main() -> None:
    server = ThreadingHTTPServer(("", int(os.environ.get("PORT", "8080"))), Invoices)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: threading.Thread(target=server.shutdown).start())
    logger.info("invoices listen", port=server.server_port)
    server.serve_forever()
    # Draining leaves the last batch to its timer.
    time.sleep(1.5 * float(os.environ.get("FAPILOG_CLOUDWATCH__BATCH_TIMEOUT_SECONDS", "5")))
    asyncio.run(logger.stop_and_drain())


main()
