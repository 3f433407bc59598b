"""The inner side of the sandbox: what a child process does to itself before it looks at anything untrusted."""

from __future__ import annotations

import contextlib
import importlib
import os
import resource
import signal
import sys
import traceback
from typing import Any, Final

OUT_OF_MEMORY: Final = 87
_MEGABYTE: Final = 1024 * 1024
_NEW_NETWORK: Final = 0x40000000
_NEW_USER: Final = 0x10000000
_DIE_WITH_PARENT: Final = 1
_FORBIDDEN: Final = (
    "socket.",
    "subprocess.",
    "os.exec",
    "os.posix_spawn",
    "os.fork",
    "os.forkpty",
    "os.system",
    "os.startfile",
    "os.kill",
    "os.chmod",
    "os.chown",
    "os.link",
    "os.symlink",
    "ctypes.dlopen",
    "ftplib.",
    "smtplib.",
    "urllib.",
    "http.",
    "pty.",
    "webbrowser.",
)
_WRITERS: Final = ("os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.truncate", "shutil.")


def run(module: str, folder: str, seconds: str, memory_mb: str, output_mb: str, threads: str) -> None:
    """Run `main()` of a module under bounds; leaves with OUT_OF_MEMORY when the memory was not enough.

    The module itself is imported before, so that its bytecode may be kept: inside nothing is written.
    """
    try:
        main = importlib.import_module(module).main
        enter(folder, int(seconds), int(memory_mb), int(output_mb), has_threads=bool(threads))
        code = main()
        sys.stdout.flush()
    except MemoryError:
        code = OUT_OF_MEMORY
    except BaseException as error:  # whatever it was, the parent is told only that it failed
        code = 1
        _tell_log(error)
    # Nothing is left to tidy up, and taking a large heap apart piece by piece takes long.
    os._exit(code)


def _tell_log(error: BaseException) -> None:
    """Kind and place of a failure, for the parent's log; words of an exception may quote the file and stay here."""
    places = "".join(traceback.format_tb(error.__traceback__, limit=-6))
    with contextlib.suppress(OSError, ValueError):
        print(f"{places}{type(error).__name__}", file=sys.stderr, flush=True)


def become(seconds: str, memory_mb: str, made_mb: str, *words: str) -> None:
    """Turn into an outside program under bounds: processor seconds and memory of each process, size of a file."""
    _bound(resource.RLIMIT_CPU, int(seconds), harder=1)
    _bound(resource.RLIMIT_AS, int(memory_mb) * _MEGABYTE)
    _bound(resource.RLIMIT_FSIZE, int(made_mb) * _MEGABYTE)
    _bound(resource.RLIMIT_CORE, 0)
    os.execvp(words[0], words)  # noqa: S606 -- a list of words, no shell between


def enter(folder: str, seconds: int, memory_mb: int, output_mb: int, *, has_threads: bool = False) -> None:
    """Bound this process for good: processor seconds, memory, files, processes, network, dumps of memory."""
    sys.dont_write_bytecode = True
    _cut_off_network()
    # The kernel warns with SIGXCPU, which ends the child, and kills a second later whoever did not mind it.
    _bound(resource.RLIMIT_CPU, seconds, harder=1)
    _bound(resource.RLIMIT_AS, memory_mb * _MEGABYTE)
    _bound(resource.RLIMIT_FSIZE, output_mb * _MEGABYTE)
    _bound(resource.RLIMIT_NOFILE, 64)
    if not has_threads:
        _bound(resource.RLIMIT_NPROC, 0)
    _bound(resource.RLIMIT_CORE, 0)
    os.chdir(folder)
    sys.addaudithook(_Watch(folder).judge)


def _bound(what: int, limit: int, *, harder: int = 0) -> None:
    _, hard = resource.getrlimit(what)
    soft, most = (
        value if hard == resource.RLIM_INFINITY else min(value, hard) for value in (limit, limit + harder)
    )
    resource.setrlimit(what, (soft, most))


def _cut_off_network() -> None:
    """An empty network of our own where the kernel allows it, and death together with the parent."""
    try:
        import ctypes

        library = ctypes.CDLL(None, use_errno=True)
        library.prctl(_DIE_WITH_PARENT, int(signal.SIGKILL))
        if library.unshare(_NEW_NETWORK):
            library.unshare(_NEW_USER | _NEW_NETWORK)
    except (ImportError, OSError, AttributeError):
        # No such calls on this system: the audit hook alone keeps the network away.
        return


class _Watch:
    """The audit hook: says no to sockets, programs and files outside of the process's own folder."""

    def __init__(self, folder: str) -> None:
        self._folder = folder

    def judge(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            self._judge_open(*arguments)
        elif event.startswith(_FORBIDDEN) and not _is_known_library(event, arguments):
            raise PermissionError(f"{event} is not for a reader")
        elif event.startswith(_WRITERS) and not self._is_ours(arguments[0] if arguments else ""):
            raise PermissionError(f"{event} outside of the folder")

    def _judge_open(self, path: Any, mode: str | None, flags: int) -> None:
        is_writing = bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND))
        if is_writing and not isinstance(path, int) and not self._is_ours(path):
            raise PermissionError("files outside of the folder are not written")

    def _is_ours(self, path: Any) -> bool:
        whole = os.path.realpath(os.fsdecode(path) if isinstance(path, bytes | str | os.PathLike) else "/")
        return whole == self._folder or whole.startswith(self._folder + os.sep)


def _is_known_library(event: str, arguments: tuple[Any, ...]) -> bool:
    """pdfium is loaded through ctypes by its own package; nothing else may bring a library in."""
    if event != "ctypes.dlopen":
        return False
    name = arguments[0] if arguments else None
    return name is None or (isinstance(name, str) and "site-packages" in name)
