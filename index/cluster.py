"""The machines of a Ray cluster as workers. The one door to Ray.

Verbatim has to be installed on each of them in the same version. A machine that is lost in the
middle of its work loses nothing: Ray gives the work to another.
"""

import logging
import os
import socket
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar, TypeVarTuple

from index.archive.sqlite_schema import FORMAT
from index.schema import VerbatimError
from index.workers import WorkerLost

Ts = TypeVarTuple("Ts")
R = TypeVar("R")

_PATIENCE_S = 10.0


class ClusterUnavailable(VerbatimError):
    """There is no cluster at an address, or it cannot do this work."""


class Cluster:
    """A Ray cluster, each task on one processor."""

    def __init__(self, address: str) -> None:
        """Join the cluster at an address; "local" is one of this machine's own, for trying."""
        # Ray tells its makers what it is used for, unless it is told not to.
        os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
        try:
            import ray
        except ImportError:
            raise ClusterUnavailable(
                "A cluster needs Ray, which is not installed: pip install 'verbatim[cluster]'"
            ) from None
        try:
            _look(address)
            ray.init(address, logging_level=logging.ERROR, log_to_driver=False)
        # What Ray raises where nobody answers, or another Ray or Python does.
        except (OSError, RuntimeError, ValueError) as error:
            reason = " ".join(str(error).split())
            raise ClusterUnavailable(f"No Ray cluster at {address}: {reason}") from error
        self._ray: Any = ray
        self._task = ray.remote(num_cpus=1)(_do)
        self.n_ahead = 2 * max(1, int(ray.cluster_resources().get("CPU", 1)))

    def __enter__(self) -> "Cluster":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def begin(self, work: Callable[[*Ts], R], *given: *Ts) -> Callable[[], R]:
        """Start a task on one of its processors."""
        return partial(self._outcome, self._task.remote(FORMAT, work, *given))

    def close(self) -> None:
        """Leave the cluster; tasks that are not finished are ended."""
        self._ray.shutdown()

    def _outcome(self, promised: object) -> Any:  # noqa: ANN401 -- whatever the work gives
        exceptions = self._ray.exceptions
        try:
            found = self._ray.get(promised)
        except exceptions.RayTaskError as error:
            if not isinstance(error.cause, ImportError):
                raise
            reason = f"Verbatim is not installed on all machines of the cluster: {error.cause}"
            raise ClusterUnavailable(reason) from None
        except exceptions.RayError as error:
            reason = str(error).strip().partition("\n")[0]
            raise WorkerLost(
                f"The cluster lost some of the work: {reason} What was written is in; run the "
                "same command again to continue."
            ) from error
        if isinstance(found, VerbatimError):
            raise found
        return found


def _look(address: str) -> None:
    """Raise OSError if nobody listens at the address, where Ray would wait for ever."""
    host, _, port = address.rpartition("://")[2].rpartition(":")
    if host and port.isdecimal():
        socket.create_connection((host.strip("[]"), int(port)), _PATIENCE_S).close()


def _do(format_: int, work: Callable[..., object], *given: object) -> object:
    if format_ != FORMAT:
        return ClusterUnavailable(
            f"A machine of the cluster has another version of Verbatim, for archives of format "
            f"{FORMAT} and not {format_}; install the same one everywhere."
        )
    try:
        return work(*given)
    except VerbatimError as error:
        return error  # as it is: Ray would wrap it
