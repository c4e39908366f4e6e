"""A Spark standalone cluster on loopback from the distribution inside PySpark."""

import importlib.util
import os
import queue
import re
import subprocess
import threading
from pathlib import Path

WAIT_SECONDS = 120


def spark_home():
    return Path(importlib.util.find_spec("pyspark").origin).parent


class Server:
    """A child process in a group of its own, whose output is read until a line says it is ready."""

    def __init__(self, arguments, ready, work):
        environment = {k: v for k, v in os.environ.items() if not k.startswith("SPARK_")}
        environment.update(
            SPARK_HOME=str(spark_home()), SPARK_LOCAL_IP="127.0.0.1", SPARK_DAEMON_MEMORY="256m"
        )
        self.process = subprocess.Popen(
            [str(spark_home() / "bin" / "spark-class"), *arguments],
            env=environment,
            cwd=work,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.lines = []
        self.found = queue.Queue()
        threading.Thread(target=self._read, args=(re.compile(ready),), daemon=True).start()

    def _read(self, ready):
        for line in self.process.stdout:
            self.lines.append(line)
            match = ready.search(line)
            if match:
                self.found.put(match)
        self.found.put(None)

    def ready(self):
        match = self.found.get(timeout=WAIT_SECONDS)
        if match is None:
            raise SystemExit("a Spark server ended:\n" + "".join(self.lines[-30:]))
        return match

    def close(self):
        self.process.terminate()
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class StandaloneCluster:
    """A master and workers of one core each; a context manager that ends all of them."""

    def __init__(self, workers, work):
        self.servers = []
        self.workers = workers
        local = ["--host", "127.0.0.1", "--port", "0", "--webui-port", "0"]
        try:
            master = "org.apache.spark.deploy.master.Master"
            self._start([master, *local], r"Starting Spark master at (spark://\S+)", work)
            self.master = self.servers[0].ready().group(1)
            for number in range(workers):
                worker = ["org.apache.spark.deploy.worker.Worker", *local, "--cores", "1"]
                worker += ["--memory", "3g", "--work-dir", f"{work}/worker{number}", self.master]
                self._start(worker, "Successfully registered with master", work)
            for server in self.servers[1:]:
                server.ready()
        except BaseException:
            self.__exit__()
            raise

    def _start(self, arguments, ready, work):
        self.servers.append(Server(arguments, ready, work))

    def environment(self):
        """What scripts/vectormill needs to run on this cluster, with --master."""
        return {
            "SPARK_HOME": str(spark_home()),
            "SPARK_LOCAL_IP": "127.0.0.1",
            "VECTORMILL_HEAP": "1g",
            "VECTORMILL_SUBMIT": "--executor-memory 2g --conf spark.driver.host=127.0.0.1"
            # No task before every executor is there.
            f" --conf spark.cores.max={self.workers}"
            " --conf spark.scheduler.minRegisteredResourcesRatio=1"
            " --conf spark.scheduler.maxRegisteredResourcesWaitingTime=120s",
        }

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        for server in reversed(self.servers):
            server.close()
