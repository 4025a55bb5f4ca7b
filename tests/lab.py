"""A real JupyterLab in a real browser, for tests: open a notebook, run it, move its widgets."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

CHROMIUM_OPTIONS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
).split()

# Every cell stays in the page, on screen or not, and Lab asks nobody for news.
LAB_SETTINGS = {
    "notebook-extension/tracker": {"windowingMode": "none"},
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
}

# The label "Idle" shows before a kernel is there; the application object knows better.
IS_OPEN = """path => {
    const panel = window.jupyterapp?.shell.currentWidget;
    return panel?.context?.path === path && panel.context.isReady && panel.isVisible;
}"""
HAS_IDLE_KERNEL = """() => {
    const kernel = window.jupyterapp.shell.currentWidget.sessionContext?.session?.kernel;
    return kernel?.connectionStatus === 'connected' && kernel.status === 'idle';
}"""

# A widget message keeps the kernel busy from one status message to the next: its time to answer.
START_RUN = """() => {
    const kernel = window.jupyterapp.shell.currentWidget.sessionContext.session.kernel;
    const since = {};
    window.answers = [];
    kernel.iopubMessage.connect((_, message) => {
        const { msg_id, msg_type } = message.parent_header;
        if (message.header.msg_type !== 'status' || msg_type !== 'comm_msg') return;
        const time = new Date(message.header.date);
        if (message.content.execution_state === 'busy') since[msg_id] = time;
        else if (since[msg_id]) window.answers.push(time - since[msg_id]);
    });
    window.finished = false;
    window.jupyterapp.commands.execute('notebook:run-all-cells')
        .finally(() => { window.finished = true; });
}"""

SHUT_DOWN = "() => window.jupyterapp?.serviceManager.sessions.shutdownAll()"

CODE_CELLS = """() => window.jupyterapp.shell.currentWidget.content.widgets
    .filter(cell => cell.model.type === 'code')
    .map(cell => ({ source: cell.model.sharedModel.source,
                    count: cell.model.executionCount,
                    tags: cell.model.getMetadata('tags') || [],
                    outputs: cell.model.outputs.toJSON() }))"""

DRAWN = """async source => {
    const pictures = [...document.querySelectorAll('.jp-Notebook img')];
    const picture = pictures.find(img => img.src === source);
    await picture?.decode();
    return Boolean(picture?.offsetWidth);
}"""

OUTPUT = ".jp-OutputArea-output"
SOURCES = "output => [...output.querySelectorAll('img')].map(img => img.src).join()"

# What a reader can move: how to find it, and the keys that move it on and back. A list must be
# open: while it is closed, Lab takes the arrow keys to go to the next cell. Of an upload button,
# the pictures in data/ to choose after pressing it.
CONTROLS = {
    ".noUi-handle": ("ArrowRight", "ArrowLeft"),
    "select": ("Space ArrowDown Enter", "Space ArrowUp Enter"),
    "input[type=number]": ("ArrowUp", "ArrowDown"),
    "input[type=checkbox]": ("Space", "Space"),
    "button.jupyter-button:not(.widget-upload)": ("Enter", "Space"),
    "button.widget-upload": ("pictures/bag.jpg", "pictures/dress.png"),
}

# Where on its scale a control is: at its end it cannot be moved on, at its start not back.
SCALE = """control => {
    if (control.matches('select'))
        return [0, control.selectedIndex, control.options.length - 1];
    if (control.matches('.noUi-handle'))
        return ['valuemin', 'valuenow', 'valuemax'].map(x => +control.getAttribute('aria-' + x));
    if (control.matches('[type=number]'))
        return [+control.min || -Infinity, +control.value, +control.max || Infinity];
    return [-Infinity, 0, Infinity];
}"""


def find_browser():
    """The path of an installed Chromium or Chrome, or None."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next(filter(None, map(shutil.which, names)), None)


def free_port():
    """A port that nobody listens on."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def soon(condition, seconds):
    """Does `condition()` become true within `seconds`?"""
    deadline = time.monotonic() + seconds
    while not (true := condition()) and time.monotonic() < deadline:
        time.sleep(0.02)
    return true


class LabServer:
    """JupyterLab for the notebooks in `folder`, with settings of its own in `private`."""

    def __init__(self, folder, private):
        self.folder, self.private = folder, private
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        self.write_settings()
        options = {
            "--port": port,
            "--ServerApp.port_retries": 0,
            "--ServerApp.root_dir": folder,
            "--IdentityProvider.token": "",
            "--LabApp.expose_app_in_browser": True,
        }
        command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"]
        command += [f"{name}={value}" for name, value in options.items()]
        self.log = private / "lab.log"
        with self.log.open("w") as log:
            streams = {"stdin": subprocess.DEVNULL, "stdout": log, "stderr": log}
            self.process = subprocess.Popen(command, env=self.environment(), **streams)

    def environment(self):
        """This process's variables, private folders, and the checkout's package."""
        folders = ("CONFIG_DIR", "DATA_DIR", "RUNTIME_DIR")
        private = {f"JUPYTER_{name}": str(self.private / name.lower()) for name in folders}
        return os.environ | private | {
            "JUPYTERLAB_SETTINGS_DIR": str(self.private / "settings"),
            "JUPYTERLAB_WORKSPACES_DIR": str(self.private / "workspaces"),
            "IPYTHONDIR": str(self.private / "ipython"),
            "PYTHONPATH": str(ROOT),
        }

    def write_settings(self):
        for name, settings in LAB_SETTINGS.items():
            path = self.private / "settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(settings))

    def wait(self, seconds=60):
        """Until the server answers."""
        if not soon(self.answers, seconds):
            raise RuntimeError("JupyterLab did not start:\n" + self.log.read_text())

    def answers(self):
        try:
            return urllib.request.urlopen(self.url + "/api", timeout=5).status == 200
        except OSError:
            return False

    def stop(self):
        self.process.terminate()
        self.process.wait(30)


class Notebook:
    """A notebook opened in `page`, a browser's page."""

    def __init__(self, page, server, name):
        self.page = page
        page.goto(f"{server.url}/lab/tree/{name}?reset")
        page.wait_for_function(IS_OPEN, arg=name, timeout=60_000)

    def run_all(self, seconds=300):
        """Run every cell and wait for the end."""
        self.page.wait_for_function(HAS_IDLE_KERNEL, timeout=60_000)
        self.page.evaluate(START_RUN)
        self.page.wait_for_function("window.finished", timeout=1000 * seconds)

    def code_cells(self):
        """For each code cell: its source, execution count, tags and outputs."""
        return self.page.evaluate(CODE_CELLS)

    def errors(self):
        """What went wrong in the last run: cells that stopped with an error or did not run."""
        cells = [cell for cell in self.code_cells() if cell["source"].strip()]
        raised = [
            f"{output['ename']}: {output['evalue']}"
            for cell in cells
            for output in cell["outputs"]
            if output["output_type"] == "error" and "raises-exception" not in cell["tags"]
        ]
        return raised + [f"not run: {cell['source']}" for cell in cells if not cell["count"]]

    def text(self):
        """All that a reader can read."""
        return self.page.locator(".jp-Notebook").inner_text()

    def shows_png(self, content, seconds=10):
        """Is a picture with this content (base64) in the page, and drawn?"""
        source = "data:image/png;base64," + "".join(content.split())
        return soon(lambda: self.page.evaluate(DRAWN, source), seconds)

    def answer_times(self):
        """How long the kernel was busy with each widget message, in milliseconds."""
        return self.page.evaluate("window.answers")

    def widgets(self, count):
        """The outputs that hold something a reader can move, once there are `count` of them."""
        outputs = self.page.locator(OUTPUT).filter(has=self.page.locator(", ".join(CONTROLS)))
        if count:
            outputs.nth(count - 1).wait_for()
        return [Widget(self.page, output) for output in outputs.all()]


class Widget:
    """One output with controls and a picture."""

    def __init__(self, page, output):
        self.page, self.output = page, output

    def controls(self):
        """(control, keys) for everything in this widget that a reader can move."""
        return [
            (control, keys)
            for selector, keys in CONTROLS.items()
            for control in self.output.locator(selector).all()
        ]

    def stuck(self, seconds=10):
        """Move every control on, then every control back, by keyboard: those without effect."""
        return [
            f"{pressed} on control {number} of {len(self.controls())}"
            for turn in (0, 1)
            for number, (control, keys) in enumerate(self.controls(), 1)
            if not self.answers(control, pressed := possible_keys(control, keys, turn), seconds)
        ]

    def answers(self, control, keys, seconds):
        """Does the picture change within `seconds` after `keys` are pressed on `control`?"""
        before = self.output.evaluate(SOURCES)
        if control.evaluate("control => control.matches('.widget-upload')"):
            self.choose(control, ROOT / "data" / keys)
        else:
            control.focus()
            for key in keys.split():
                self.page.keyboard.press(key)
        changed = soon(lambda: self.output.evaluate(SOURCES) != before, seconds)
        self.page.wait_for_function(HAS_IDLE_KERNEL)
        return changed

    def choose(self, button, path):
        """Press an upload button, and choose a file."""
        with self.page.expect_file_chooser() as chooser:
            button.press("Enter")
        chooser.value.set_files(path)


def possible_keys(control, keys, turn):
    """The keys of this turn (0: on, 1: back), or the others where the control is at its end."""
    low, value, high = control.evaluate(SCALE)
    at_end = value <= low if turn else value >= high
    return keys[1 - turn if at_end else turn]
