"""Chromium as the tests use it: no window, no network, steered through a pipe.

The DevTools protocol over `--remote-debugging-pipe` needs no driver and no package, and it
tells what no page can hide: each request, each dialog, each line of the console.
"""

from __future__ import annotations

import base64
import fcntl
import json
import os
import select
import shutil
import signal
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

FLAGS = [
    "--headless",
    "--no-sandbox",  # the tests may run as root, and open only pages they made themselves
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--no-proxy-server",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",  # but for a server of the tests
    "--remote-debugging-pipe",
]


class Browser:
    """A running Chromium with one tab. Use it in a `with`.

    Attributes:
        requests: Address of everything that the page asked for.
        trouble: What went wrong in the page: errors, dialogs, lines of the console.
    """

    def __init__(self) -> None:
        program = shutil.which("chromium")
        if program is None:
            raise FileNotFoundError("no chromium on this machine: `make test` installs it")
        self.requests: list[str] = []
        self.trouble: list[str] = []
        self._replies: dict[int, dict[str, Any]] = {}
        self._last = 0
        self._heard = b""
        self._session: str | None = None
        self._profile = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        self._start([program, *FLAGS, f"--user-data-dir={self._profile.name}"])

    def __enter__(self) -> Browser:
        try:
            target = self.call("Target.createTarget", url="about:blank")["targetId"]
            attached = self.call("Target.attachToTarget", targetId=target, flatten=True)
            self._session = attached["sessionId"]
            for domain in ("Page", "Runtime", "Network", "Log"):
                self.call(f"{domain}.enable")
            self.resize(1200, 800)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._out)  # Chromium ends when nobody speaks to it any more
        end = time.monotonic() + 10
        while os.waitpid(self._process, os.WNOHANG)[0] == 0:
            if time.monotonic() > end:
                os.kill(self._process, signal.SIGKILL)
            time.sleep(0.02)
        os.close(self._in)
        self._profile.cleanup()

    def _start(self, command: list[str]) -> None:
        """Start Chromium, which listens on descriptor 3 and answers on 4."""
        hears, self._out = os.pipe()
        self._in, tells = os.pipe()
        # Copied out of the way first, lest one of them is 3 or 4 itself.
        ends = [fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10) for end in (hears, tells)]
        nothing = [(os.POSIX_SPAWN_OPEN, end, os.devnull, os.O_RDWR, 0) for end in (0, 1, 2)]
        given = [(os.POSIX_SPAWN_DUP2, end, 3 + place) for place, end in enumerate(ends)]
        self._process = os.posix_spawn(
            command[0], command, os.environ, file_actions=nothing + given
        )
        for end in (hears, tells, *ends):
            os.close(end)

    def open(self, file: Path, ready: str = "window.chiptrace && window.chiptrace.ready") -> None:
        """Open a page of this machine and wait until it says that it is ready."""
        self.visit(file.resolve().as_uri(), ready)

    def visit(self, address: str, ready: str = "document.readyState === 'complete'") -> None:
        """Open a page by its address and wait until it is ready."""
        self.requests.clear()
        self.trouble.clear()
        self.run("window.left = true")  # so that the page before is never taken for this one
        self.call("Page.navigate", url=address)
        self.wait(f"!window.left && location.href !== 'about:blank' && ({ready})")

    def run(self, script: str) -> Any:
        """Evaluate an expression in the page, and wait for it where it is a promise."""
        reply = self.call(
            "Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True
        )
        if "exceptionDetails" in reply:
            raise RuntimeError(reply["exceptionDetails"]["exception"].get("description", reply))
        return reply["result"].get("value")

    def wait(self, script: str, seconds: float = 20) -> None:
        """Wait until an expression is true in the page."""
        end = time.monotonic() + seconds
        while not self.run(f"Boolean({script})"):
            if time.monotonic() > end:
                raise TimeoutError(f"never came true: {script}; trouble: {self.trouble}")
            time.sleep(0.05)

    def resize(self, width: int, height: int) -> None:
        """Show the page in a window of this many CSS pixels."""
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=False,
        )

    def theme(self, name: str) -> None:
        """Let the reader prefer `light` or `dark`."""
        features = [{"name": "prefers-color-scheme", "value": name}]
        self.call("Emulation.setEmulatedMedia", features=features)

    def move(self, x: float, y: float) -> None:
        """Bring the pointer to a place of the page."""
        self.call("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)

    def click(self, x: float, y: float) -> None:
        """Click a place of the page."""
        self.move(x, y)
        for step in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=step, x=x, y=y, button="left", clickCount=1)

    def type(self, text: str) -> None:
        """Type a text into whatever has the focus."""
        self.call("Input.insertText", text=text)

    def press(self, key: str) -> None:
        """Press and release a key, by its DOM name such as `Enter`, `Tab` or `ArrowDown`."""
        codes = {"Enter": 13, "Tab": 9, "Escape": 27, "ArrowDown": 40, " ": 32}
        extra = {"text": "\r"} if key == "Enter" else {"text": " "} if key == " " else {}
        for step in ("keyDown", "keyUp"):
            self.call(
                "Input.dispatchKeyEvent",
                type=step,
                key=key,
                windowsVirtualKeyCode=codes.get(key, 0),
                **(extra if step == "keyDown" else {}),
            )

    def picture(self, file: Path) -> None:
        """Save what the window shows as a PNG."""
        data = self.call("Page.captureScreenshot", format="png")["data"]
        file.write_bytes(base64.b64decode(data))

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Send one DevTools command and wait for its answer."""
        self._last += 1
        number = self._last
        message: dict[str, Any] = {"id": number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._out, json.dumps(message).encode() + b"\0")
        end = time.monotonic() + 60
        while number not in self._replies:
            self._hear(end)
        reply = self._replies.pop(number)
        if "error" in reply:
            raise RuntimeError(f"{method}: {reply['error']['message']}")
        result: dict[str, Any] = reply["result"]
        return result

    def _hear(self, end: float) -> None:
        """Read what Chromium has to say, up to a whole message or a moment in time."""
        if not select.select([self._in], [], [], max(0.0, end - time.monotonic()))[0]:
            raise TimeoutError("Chromium does not answer")
        heard = os.read(self._in, 1 << 20)
        if not heard:
            raise RuntimeError("Chromium went away")
        *whole, self._heard = (self._heard + heard).split(b"\0")
        for message in whole:
            self._take(json.loads(message))

    def _take(self, message: dict[str, Any]) -> None:
        """Keep an answer for whoever waits for it, and note an event."""
        if "id" in message:
            self._replies[message["id"]] = message
        elif message["method"] in _NOTED:
            _NOTED[message["method"]](self, message["params"])
            if message["method"] == "Page.javascriptDialogOpening":
                self._last += 1
                close = {
                    "id": self._last,
                    "sessionId": self._session,
                    "method": "Page.handleJavaScriptDialog",
                    "params": {"accept": False},
                }
                os.write(self._out, json.dumps(close).encode() + b"\0")


_NOTED: dict[str, Callable[[Browser, dict[str, Any]], None]] = {
    "Network.requestWillBeSent": lambda tab, what: tab.requests.append(what["request"]["url"]),
    "Page.javascriptDialogOpening": lambda tab, what: tab.trouble.append(
        f"dialog: {what['message']}"
    ),
    "Runtime.exceptionThrown": lambda tab, what: tab.trouble.append(
        f"error: {what['exceptionDetails']}"
    ),
    "Runtime.consoleAPICalled": lambda tab, what: tab.trouble.append(f"console: {what['args']}"),
    "Log.entryAdded": lambda tab, what: tab.trouble.append(f"log: {what['entry']['text']}"),
}
