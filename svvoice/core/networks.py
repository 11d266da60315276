"""Network addresses: which of them count as one place."""

from __future__ import annotations

import ipaddress


def one_place(address: str) -> str:
    """The address, or the network it counts with: one household has a whole /64 of IPv6 addresses."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped:
            return str(found.ipv4_mapped)
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found)


def is_this_machine(address: str) -> bool:
    """Whether the address is that of the machine itself: then nobody knows from where somebody really comes."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return not address
    mapped = found.ipv4_mapped if isinstance(found, ipaddress.IPv6Address) else None
    return (mapped or found).is_loopback
