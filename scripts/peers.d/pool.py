"""Worker processes that load once and then take one call at a time each."""

import multiprocessing
import os


def _serve(make, arguments, core, pipe):
    if core is not None and hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {core})
    worker = make(*arguments)
    pipe.send("ready")
    while True:
        try:
            call = pipe.recv()
        except EOFError:  # The parent has ended.
            return
        if call is None:
            return
        pipe.send(worker(*call))


class Workers:
    """count processes, each with its own make(*arguments), optionally each on a core of its own."""

    def __init__(self, count, make, *arguments, pin=False):
        context = multiprocessing.get_context("spawn")
        cores = sorted(os.sched_getaffinity(0)) if pin else None
        self.pipes = []
        self.processes = []
        for number in range(count):
            ours, theirs = context.Pipe()
            core = cores[number % len(cores)] if pin else None
            process = context.Process(
                target=_serve, args=(make, arguments, core, theirs), daemon=True
            )
            process.start()
            self.pipes.append(ours)
            self.processes.append(process)
        for pipe in self.pipes:
            pipe.recv()

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        for pipe in self.pipes:
            pipe.send(None)
        for process in self.processes:
            process.join(30)

    def each(self, calls):
        """Gives one call to each process and returns their answers, in order."""
        for pipe, call in zip(self.pipes, calls):
            pipe.send(call)
        return [pipe.recv() for pipe in self.pipes]
