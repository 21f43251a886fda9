"""Tests reach nothing outside this machine: loopback and unix sockets only."""

import ipaddress
import socket
from typing import Any

_connect = socket.socket.connect
_connect_ex = socket.socket.connect_ex


class NetworkBlocked(RuntimeError):
    """A test tried to reach another machine."""


def _check(sock: socket.socket, address: Any) -> None:
    if sock.family not in (socket.AF_INET, socket.AF_INET6):
        return
    host = str(address[0])
    try:
        near = ipaddress.ip_address(host).is_loopback
    except ValueError:
        near = host == "localhost"
    if not near:
        raise NetworkBlocked(f"a test tried to connect to {host}; the network is blocked in tests")


def block() -> None:
    """Refuse every connection that leaves the machine, for the rest of the process."""

    def connect(self: socket.socket, address: Any) -> None:
        _check(self, address)
        _connect(self, address)

    def connect_ex(self: socket.socket, address: Any) -> int:
        _check(self, address)
        return _connect_ex(self, address)

    socket.socket.connect = connect  # type: ignore[method-assign,assignment]  # the point of this module
    socket.socket.connect_ex = connect_ex  # type: ignore[method-assign,assignment]  # the point of this module
