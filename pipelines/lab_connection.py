"""The way from JupyterLab to the Deno kernel, one cell at a time.

The kernel says that it is idle before the value of the cell is on its way, and that value then belongs to whichever
cell runs by that time: of 120 tables that "Run All" showed on a busy machine, 8 stood under the next cell. Held back
until the value of the cell before has had its time, none did.
"""

import collections
import json

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from jupyter_server.services.kernels.connection.base import deserialize_msg_from_ws_v1
from tornado.ioloop import IOLoop

SECONDS_FOR_VALUE = 0.1


class OneCellAtATime(ZMQChannelsWebsocketConnection):
    """Sends a cell to the kernel only some time after the one before has ended; all other messages at once."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.running = None  # id of the request
        self.waiting = collections.deque()

    def handle_incoming_message(self, incoming_msg):
        request = self._cell_request(incoming_msg)
        if request is None:
            super().handle_incoming_message(incoming_msg)
        elif self.running is None:
            self._run(request, incoming_msg)
        else:
            self.waiting.append((request, incoming_msg))

    def handle_outgoing_message(self, stream, outgoing_msg):
        super().handle_outgoing_message(stream, outgoing_msg)
        _, (_, header, parent, _, content, *_) = self.session.feed_identities(outgoing_msg)
        if self.running is None or json.loads(header)["msg_type"] != "status":
            return
        if json.loads(content)["execution_state"] == "idle" and json.loads(parent).get("msg_id") == self.running:
            IOLoop.current().call_later(SECONDS_FOR_VALUE, self._run_next)

    def _cell_request(self, message):
        if self.subprotocol != "v1.kernel.websocket.jupyter.org":
            return None  # an old client, which JupyterLab is not
        channel, parts = deserialize_msg_from_ws_v1(message)
        header = json.loads(parts[0])
        return header["msg_id"] if channel == "shell" and header["msg_type"] == "execute_request" else None

    def _run(self, request, message):
        self.running = request
        super().handle_incoming_message(message)

    def _run_next(self):
        self.running = None
        if self.waiting:
            self._run(*self.waiting.popleft())
