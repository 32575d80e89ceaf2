"""Between JupyterLab and the Deno kernel: what the kernel cannot do by itself.

The kernel says that it is idle before the value of the cell is on its way, runs on after an error, shows nothing of a
cell that cannot be parsed, stops no cell that waits, and knows no help. What needs a parser or the documentation is
asked of pipelines/lab.ts, on the socket named in LAB_ANSWERS.
"""

import asyncio
import collections
import json
import os
import pathlib
import queue
import signal
import socket
import threading
import time

from jupyter_server.services.kernels.connection.base import deserialize_msg_from_ws_v1, serialize_msg_to_ws_v1
from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from jupyter_server.services.kernels.kernelmanager import ServerKernelManager

# Of 120 tables that "Run All" showed on a busy machine, 8 stood under the next cell. Held back for so long, none did.
SECONDS_FOR_VALUE = 0.1
SECONDS_TO_STOP_WAITING = 1.0
SECONDS_TO_START = 60
PRELUDE = pathlib.Path(__file__).with_name("prelude.ts")
PROTOCOL = "v1.kernel.websocket.jupyter.org"


async def answer(question, **content):
    """What pipelines/lab.ts answers; nothing where it cannot."""
    try:
        reader, writer = await asyncio.open_unix_connection(os.environ["LAB_ANSWERS"])
        writer.write(json.dumps({"question": question, **content}).encode())
        writer.write_eof()
        said = await reader.read()
        writer.close()
        return json.loads(said)
    except (OSError, ValueError):
        return {}


def end_with_lab():
    """Ends the server, and its kernels with it, when pipelines/lab.ts ends, by whatever means."""
    with socket.socket(socket.AF_UNIX) as held:
        held.connect(os.environ["LAB_ANSWERS"])
        held.recv(1)  # never answered
    os.kill(os.getpid(), signal.SIGTERM)


def _jupyter_server_extension_points():
    return [{"module": "lab_kernels"}]


def _load_jupyter_server_extension(_server):
    threading.Thread(target=end_with_lab, daemon=True).start()


class StoppableKernel(ServerKernelManager):
    """A kernel that runs the prelude before the first cell, and stops a cell that waits as well as one that computes."""

    interrupted = False  # since the last cell began

    async def _async_post_start_kernel(self, **kw):
        await super()._async_post_start_kernel(**kw)
        client = self.client()
        client.start_channels(iopub=False, stdin=False, hb=False)
        client.execute(PRELUDE.read_text(), store_history=False)
        deadline = time.monotonic() + SECONDS_TO_START
        while await self.is_alive() and time.monotonic() < deadline:
            try:
                await client.get_shell_msg(timeout=0.5)
                break
            except queue.Empty:
                pass
        client.stop_channels()

    async def interrupt_kernel(self):
        self.interrupted = True
        await self._async_signal_kernel(signal.SIGINT)  # heard by the prelude unless a cell computes
        deadline = time.monotonic() + SECONDS_TO_STOP_WAITING
        while self.execution_state == "busy":
            if time.monotonic() > deadline:
                # Ends what computes, and then SIGINT ends what waited for it. To a kernel that computes nothing it would
                # end whatever it computes next.
                return await super().interrupt_kernel()
            await asyncio.sleep(0.02)


class OneCellAtATime(ZMQChannelsWebsocketConnection):
    """Sends a cell to the kernel some time after the one before has ended, and none after an error; all else at once."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._forget_cells()

    def _forget_cells(self):
        self.running = None  # header of the request
        self.waiting = collections.deque()

    def handle_incoming_message(self, incoming_msg):
        if self.subprotocol != PROTOCOL:  # an old client, which JupyterLab is not
            return super().handle_incoming_message(incoming_msg)
        channel, parts = deserialize_msg_from_ws_v1(incoming_msg)
        header = json.loads(parts[0])
        if channel != "shell" or header["msg_type"] not in ("execute_request", "inspect_request"):
            return super().handle_incoming_message(incoming_msg)
        request = (header, json.loads(parts[3]), parts)
        if header["msg_type"] == "inspect_request":
            asyncio.ensure_future(self._help(*request))
        else:
            self.waiting.append(request)
            if self.running is None:
                self._run_next()

    def handle_outgoing_message(self, stream, outgoing_msg):
        _, (_, header, parent, _, content, *_) = self.session.feed_identities(outgoing_msg)
        kind = json.loads(header)["msg_type"]
        if self.running is None or json.loads(parent).get("msg_id") != self.running["msg_id"]:
            return super().handle_outgoing_message(stream, outgoing_msg)
        if kind == "error":
            self.has_shown_error = True
        elif kind == "execute_reply":
            self.reply = json.loads(content)
        elif kind == "status" and json.loads(content)["execution_state"] == "idle":
            self.idle = (stream, outgoing_msg)  # not yet: what comes after it is not shown
        if self.idle is None or kind != "status":
            super().handle_outgoing_message(stream, outgoing_msg)
        if kind in ("execute_reply", "status") and self.idle is not None and self.reply is not None:
            asyncio.ensure_future(self._end())

    def on_kernel_restarted(self):
        self._forget_cells()
        super().on_kernel_restarted()

    def _run_next(self):
        self.running = None
        if self.waiting:
            self.running, content, parts = self.waiting.popleft()
            self.code, self.reply, self.idle, self.has_shown_error = content["code"], None, None, False
            self.kernel_manager.interrupted = False
            asyncio.ensure_future(self._run(content, parts))

    async def _run(self, content, parts):
        parts[3] = json.dumps({**content, **await answer("prepare", code=content["code"])}).encode()
        super().handle_incoming_message(serialize_msg_to_ws_v1(parts, "shell"))

    async def _end(self):
        ended = self.running
        await asyncio.sleep(SECONDS_FOR_VALUE)
        has_failed = self.reply["status"] == "error"
        if has_failed and not self.has_shown_error:
            await self._explain()
        if self.running is not ended or not self.channels:
            return  # the kernel was restarted, or the page closed
        if has_failed:
            self._skip_waiting()
        super().handle_outgoing_message(*self.idle)
        self._run_next()

    async def _explain(self):
        error = {"ename": self.reply["ename"], "evalue": self.reply["evalue"]}
        if self.kernel_manager.interrupted:
            error = {"ename": "Stopped", "evalue": "the cell was stopped"}
        else:
            error |= await answer("explain", code=self.code)
        traceback = error.get("traceback", [f"{error['ename']}: {error['evalue']}"])
        self._send("iopub", "error", self.running, {**error, "traceback": traceback})

    def _skip_waiting(self):
        """As IPython does: what waits behind a cell that failed is not run."""
        kept = collections.deque()
        for request in self.waiting:
            header, content, _ = request
            if not content.get("stop_on_error", True):
                kept.append(request)
                continue
            self._send("iopub", "status", header, {"execution_state": "busy"})
            self._send("shell", "execute_reply", header, {"status": "aborted"})
            self._send("iopub", "status", header, {"execution_state": "idle"})
        self.waiting = kept

    async def _help(self, header, content, parts):
        text = (await answer("help", code=content["code"], place=content["cursor_pos"])).get("text")
        data = {} if text is None else {"text/plain": text}
        reply = {"status": "ok", "found": text is not None, "data": data, "metadata": {}}
        self._send("shell", "inspect_reply", header, reply)

    def _send(self, channel, kind, parent, content):
        message = self.session.msg(kind, content, parent=parent)
        self.write_message(serialize_msg_to_ws_v1(message, channel, pack=self.session.pack), binary=True)
