"""Measures wb-backup's faces on loopback, and prints one Markdown table."""

import argparse
import contextlib
import datetime
import http.client
import json
import os
import pathlib
import sqlite3
import statistics
import subprocess
import tempfile
import time
import urllib.parse

READY = "const m = performance.getEntriesByName('usable')[0]; return m ? m.startTime : null"
TRANSFERRED = """return performance.getEntriesByType('resource')
  .concat(performance.getEntriesByType('navigation')).reduce((sum, each) => sum + each.transferSize, 0)"""
INITIALIZE = {
    "jsonrpc": "2.0", "id": 1, "method": "initialize",
    "params": {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "bench", "version": "1"}},
}


def project(directory):
    """A project with two small databases and some snapshots."""
    live = pathlib.Path(directory, ".data", "db")
    live.mkdir(parents=True)
    for name in ("tasks", "notes"):
        with contextlib.closing(sqlite3.connect(live / f"{name}.db")) as database:
            database.execute("CREATE TABLE entry (id INTEGER PRIMARY KEY, text TEXT)")
            database.executemany("INSERT INTO entry (text) VALUES (?)", [(f"row {i}",) for i in range(1000)])
            database.commit()
    pathlib.Path(directory, "config.yaml").write_text(
        "backups:\n  databases:\n    tasks: { path: tasks.db }\n    notes: { path: notes.db }\n")


def initialize(program, directory):
    """Seconds from the start of the process to the answer."""
    begun = time.monotonic()
    process = subprocess.Popen([program, "mcp"], cwd=directory, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    process.stdin.write(json.dumps(INITIALIZE).encode() + b"\n")
    process.stdin.flush()
    answer = json.loads(process.stdout.readline())
    seconds = time.monotonic() - begun
    process.stdin.close()
    process.wait()
    assert "serverInfo" in answer["result"], answer
    return seconds


def resident(pid):
    """Megabytes of a process that are in memory."""
    status = pathlib.Path(f"/proc/{pid}/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) / 1000


class Browser:
    """Chromium through its driver's own protocol."""

    def __init__(self):
        self.driver = subprocess.Popen(["chromedriver", "--port=0"], stdout=subprocess.PIPE, text=True)
        line = next(line for line in self.driver.stdout if "started successfully on port" in line)
        self.port = int(line.rstrip(".\n").rsplit(" ", 1)[1])
        arguments = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-proxy-server"]
        options = {"alwaysMatch": {"goog:chromeOptions": {"args": arguments}}}
        self.session = ""
        self.session = "/session/" + self.ask("/session", {"capabilities": options})["sessionId"]

    def ask(self, path, body):
        connection = http.client.HTTPConnection("127.0.0.1", self.port)
        connection.request("POST", self.session + path, json.dumps(body))
        return json.loads(connection.getresponse().read())["value"]

    def run(self, script):
        return self.ask("/execute/sync", {"script": script, "args": []})

    def visit(self, address):
        """Milliseconds until everything is drawn, and bytes that were transferred."""
        self.ask("/url", {"url": address})
        while (usable := self.run(READY)) is None:
            time.sleep(0.02)
        return usable, self.run(TRANSFERRED)

    def close(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.port)
        connection.request("DELETE", self.session)
        connection.getresponse().read()
        self.driver.terminate()
        self.driver.wait()


def graph(address, runs):
    """Milliseconds of each answer from the cache, on one connection."""
    parts = urllib.parse.urlsplit(address)
    token = urllib.parse.parse_qs(parts.query)["token"][0]
    connection = http.client.HTTPConnection(parts.hostname, parts.port)
    times = []
    for _ in range(runs):
        begun = time.perf_counter()
        connection.request("GET", "/api/control/graph", headers={"Authorization": f"Bearer {token}"})
        answer = connection.getresponse()
        answer.read()
        assert answer.status == 200, answer.status
        times.append((time.perf_counter() - begun) * 1000)
    return times


def row(what, values, unit, digits, target):
    median = statistics.median(values)
    met = "yes" if median < target else "**no**"
    print(f"| {what} | {median:.{digits}f} {unit} | {min(values):.{digits}f}–{max(values):.{digits}f} "
          f"| < {target:g} {unit} | {met} |")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    parser.add_argument("--runs", type=int, default=10)
    given = parser.parse_args()
    load = "%.2f %.2f %.2f" % os.getloadavg()
    with tempfile.TemporaryDirectory() as directory:
        project(directory)
        for _ in range(3):
            subprocess.run([given.program, "now"], cwd=directory, check=True, stdout=subprocess.DEVNULL)
        starts = [initialize(given.program, directory) for _ in range(given.runs)]
        server = subprocess.Popen([given.program, "serve", "--port", "0"], cwd=directory,
                                  stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        browser = Browser()
        try:
            address = server.stdout.readline().strip()
            fresh = resident(server.pid)
            visits = [browser.visit(address) for _ in range(given.runs)]
            answers = graph(address, 20 * given.runs)
            time.sleep(15)
            idle = resident(server.pid)
        finally:
            browser.close()
            server.terminate()
            server.wait()
    print(f"Load average at the start: {load}; {datetime.date.today()}; {given.runs} runs\n")
    print("| what | median | range | target | met |\n| --- | --- | --- | --- | --- |")
    row("`mcp`: `initialize` answered, from the start of the process", starts, "s", 2, 0.4)
    row("`serve`: resident memory, started", [fresh], "MB", 0, 150)
    row("`serve`: resident memory, idle after the page was used", [idle], "MB", 0, 150)
    row("page: transferred", [size / 1000 for _, size in visits], "kB", 0, 150)
    row("page: usable", [usable / 1000 for usable, _ in visits], "s", 2, 1)
    row("graph from the cache", answers, "ms", 1, 5)


main()
