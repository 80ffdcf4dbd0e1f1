"""A Spark of its own for tests and measurements: a master and two workers on this machine."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

WORKERS = 2
SECONDS_TO_START = 240


@contextmanager
def session(folder: Path, *, memory: str = "1g") -> Iterator[Any]:
    """A Spark session on a standalone master with two workers, which end with it."""
    from pyspark.sql import SparkSession  # noqa: PLC0415  not installed everywhere

    with cluster(folder, memory=memory) as address:
        spark = (
            SparkSession.builder.master(address)
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.executor.memory", memory)
            .config("spark.sql.session.timeZone", "UTC")
            # As `facts.elsewhere` sets it.
            .config("spark.sql.execution.arrow.pyspark.enabled", "true")
            .config("spark.sql.warehouse.dir", str(folder / "warehouse"))
            .config("spark.ui.enabled", "false")
            .config("spark.ui.showConsoleProgress", "false")
            .config("spark.sql.shuffle.partitions", "2")
            .getOrCreate()
        )
        try:
            yield spark
        finally:
            spark.stop()


@contextmanager
def cluster(folder: Path, *, memory: str) -> Iterator[str]:
    """The address of a master with two workers of one core each, on loopback."""
    folder.mkdir(parents=True, exist_ok=True)
    port = free_port()
    address = f"spark://127.0.0.1:{port}"
    kind = "org.apache.spark.deploy"
    master = ("--host", "127.0.0.1", "--port", str(port), "--webui-port", "0")
    worker = ("--host", "127.0.0.1", "--cores", "1", "--memory", memory, "--webui-port", "0")
    started: list[subprocess.Popen[bytes]] = []
    try:
        started.append(_started(f"{kind}.master.Master", *master, folder=folder, name="master"))
        _until(folder / "master.log", "I have been elected leader")
        for number in range(WORKERS):
            at = ("--work-dir", str(folder / f"work{number}"), address)
            name = f"worker{number}"
            started.append(
                _started(f"{kind}.worker.Worker", *worker, *at, folder=folder, name=name)
            )
        for number in range(WORKERS):
            _until(folder / f"worker{number}.log", "Successfully registered with master")
        yield address
    finally:
        for process in reversed(started):
            process.terminate()
        for process in started:
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=20)


def _started(kind: str, *arguments: str, folder: Path, name: str) -> "subprocess.Popen[bytes]":
    import pyspark  # noqa: PLC0415  as above

    home = Path(pyspark.__file__).parent
    environment = {
        **os.environ,
        "SPARK_HOME": str(home),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_NO_DAEMONIZE": "true",
        "PYSPARK_PYTHON": sys.executable,
    }
    with (folder / f"{name}.log").open("wb") as log:
        return subprocess.Popen(
            [home / "bin" / "spark-class", kind, *arguments],
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
            cwd=folder,
        )


def _until(log: Path, said: str) -> None:
    ends = time.monotonic() + SECONDS_TO_START
    while said not in log.read_text(encoding="utf-8", errors="replace"):
        if time.monotonic() > ends:
            raise TimeoutError(f"{log.stem} did not start:\n{log.read_text(encoding='utf-8')}")
        time.sleep(0.2)


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
