"""Drives headless Chromium over its debugging pipe: no port, no package, only Python's library.

browser.py PAGE PICTURE [WIDTH HEIGHT [SCRIPT]] takes a picture of a page. doc/report.png is made of
`bin/entente report doc/try.txt -o PAGE` by
browser.py PAGE doc/report.png 1400 760 "document.querySelector('[data-cell]').click()"
"""
import base64
import json
import os
import select
import shutil
import subprocess
import sys
import tempfile
import time


def find():
    """The browser's path, or None."""
    for name in ("chromium", "chromium-browser", "google-chrome", "chrome"):
        path = shutil.which(name)
        if path:
            return path
    return None


class Browser:
    """One browser with one page. Console messages and requests are kept as they come."""

    def __init__(self, width=1280, height=860, dark=False):
        self.folder = tempfile.mkdtemp()
        down, self.to = os.pipe()
        self.back, up = os.pipe()
        self.log = open(os.path.join(self.folder, "log"), "wb")
        command = [find(), "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run",
                   "--disable-dev-shm-usage", "--disable-background-networking",
                   "--disable-component-update", "--disable-sync", "--hide-scrollbars",
                   "--remote-debugging-pipe", f"--user-data-dir={self.folder}",
                   f"--window-size={width},{height}", "about:blank"]

        def handles():
            a, b = os.dup(down), os.dup(up)
            os.dup2(a, 3)
            os.dup2(b, 4)

        self.process = subprocess.Popen(command, preexec_fn=handles, close_fds=False,
                                        stdout=self.log, stderr=self.log)
        os.close(down)
        os.close(up)
        self.number, self.buffer = 0, b""
        self.console, self.requests = [], []
        target = self.call("Target.createTarget", {"url": "about:blank"}, None)["targetId"]
        self.session = self.call("Target.attachToTarget", {"targetId": target, "flatten": True},
                                 None)["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.call(domain + ".enable")
        self.call("Emulation.setEmulatedMedia", {"features": [
            {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]})
        self.size(width, height)

    def message(self, wait):
        """The next message from the browser, or None when none comes in time."""
        end = time.time() + wait
        while b"\0" not in self.buffer:
            left = end - time.time()
            if left <= 0 or not select.select([self.back], [], [], left)[0]:
                return None
            piece = os.read(self.back, 1 << 20)
            if not piece:
                raise RuntimeError("the browser has ended")
            self.buffer += piece
        text, self.buffer = self.buffer.split(b"\0", 1)
        message = json.loads(text)
        self.note(message.get("method"), message.get("params", {}))
        return message

    def note(self, method, p):
        if method == "Runtime.consoleAPICalled" and p["type"] in ("error", "warning", "assert"):
            self.console.append(" ".join(str(a.get("value", a.get("description", "")))
                                         for a in p["args"]))
        elif method == "Runtime.exceptionThrown":
            d = p["exceptionDetails"]
            self.console.append(d.get("exception", {}).get("description", d["text"]))
        elif method == "Log.entryAdded" and p["entry"]["level"] in ("error", "warning"):
            self.console.append(p["entry"]["text"])
        elif method == "Network.requestWillBeSent":
            self.requests.append(p["request"]["url"])

    def call(self, method, params=None, session=True, wait=60):
        self.number += 1
        number = self.number
        order = {"id": number, "method": method, "params": params or {}}
        if session:
            order["sessionId"] = self.session
        data = json.dumps(order).encode() + b"\0"
        while data:
            data = data[os.write(self.to, data):]
        end = time.time() + wait
        while time.time() < end:
            message = self.message(end - time.time())
            if message and message.get("id") == number:
                if "error" in message:
                    raise RuntimeError(f"{method}: {message['error']['message']}")
                return message["result"]
        raise RuntimeError(f"{method}: no answer")

    def run(self, script):
        """The value of an expression in the page."""
        r = self.call("Runtime.evaluate", {"expression": script, "returnByValue": True,
                                           "awaitPromise": True, "userGesture": True})
        if "exceptionDetails" in r:
            d = r["exceptionDetails"]
            raise RuntimeError(d.get("exception", {}).get("description", d["text"]))
        return r["result"].get("value")

    def until(self, script, wait=20):
        """Waits until an expression holds; whether it does."""
        end = time.time() + wait
        while time.time() < end:
            if self.run(f"Boolean({script})"):
                return True
            self.message(0.05)
        return False

    def open(self, path):
        self.call("Page.navigate", {"url": "file://" + os.path.abspath(path)})
        return self.until("document.readyState === 'complete'")

    def size(self, width, height, scale=1):
        self.call("Emulation.setDeviceMetricsOverride", {
            "width": width, "height": height, "deviceScaleFactor": scale, "mobile": width < 600})

    def key(self, key, code=None, text=None):
        p = {"key": key, "code": code or key, "windowsVirtualKeyCode": {
            "Enter": 13, "Escape": 27, "ArrowRight": 39, "ArrowDown": 40, "Tab": 9}.get(key, 0)}
        if text:
            p["text"] = text
        self.call("Input.dispatchKeyEvent", dict(p, type="keyDown"))
        self.call("Input.dispatchKeyEvent", dict(p, type="keyUp"))

    def picture(self, path):
        data = self.call("Page.captureScreenshot", {"format": "png"})["data"]
        with open(path, "wb") as f:
            f.write(base64.b64decode(data))

    def pdf(self, path):
        data = self.call("Page.printToPDF", {"printBackground": True})["data"]
        with open(path, "wb") as f:
            f.write(base64.b64decode(data))

    def close(self):
        try:
            self.call("Browser.close", session=False, wait=5)
        except (RuntimeError, OSError):
            pass
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.close()
        shutil.rmtree(self.folder, ignore_errors=True)


def main():
    page, picture = sys.argv[1:3]
    width, height = (int(n) for n in sys.argv[3:5] or (1200, 700))
    b = Browser(width, height)
    try:
        b.open(page)
        if len(sys.argv) > 5:
            b.run(sys.argv[5])
        time.sleep(0.5)
        b.picture(picture)
    finally:
        b.close()


if __name__ == "__main__":
    main()
