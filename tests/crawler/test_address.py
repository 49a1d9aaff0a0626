"""The address policy: what a record may point a crawler at."""

import pytest

from crawler.address import AddressPolicy

REFUSED = [
    "127.0.0.1",
    "127.255.255.254",
    "0.0.0.0",
    "10.0.0.1",
    "10.255.0.1",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "192.0.2.1",
    "198.18.0.1",
    "198.51.100.7",
    "203.0.113.9",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "fe80::1",
    "fe80::1%eth0",
    "fc00::1",
    "fd12:3456::1",
    "ff02::1",
    "2001:db8::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe",
    "2002:7f00:1::1",
    "2002:a00:1::1",
    "fec0::1",
    "fe80::1%eth0",
    "::7f00:1",
    "::ffff:0:7f00:1",
    "64:ff9b:1::a00:1",
    "2001:0:4136:e378:8000:63bf:80ff:fffe",
    "100::1",
    "255.255.255.255",
    "192.0.0.170",
    "0.1.2.3",
    "192.0.0.192",
    "192.88.99.1",
    "3fff::1",
]


@pytest.mark.parametrize("address", REFUSED)
def test_an_address_inside_is_refused(address):
    assert not AddressPolicy().allows(address, 443)


@pytest.mark.parametrize("address", ["93.184.216.34", "8.8.8.8", "2606:4700::6810:84e5", "::ffff:8.8.8.8"])
def test_an_address_of_the_public_network_is_allowed(address):
    assert AddressPolicy().allows(address, 443)


def test_a_named_network_is_allowed_and_no_other():
    policy = AddressPolicy.parse(["10.1.0.0/16", "fd00::/8"])
    assert policy.allows("10.1.2.3", 22)
    assert policy.allows("::ffff:10.1.2.3", 80)
    assert policy.allows("fd00::1", 80)
    assert not policy.allows("10.2.0.1", 80)
    assert not policy.allows("127.0.0.1", 80)


def test_what_is_allowed_inside_opens_no_other_port_outside():
    policy = AddressPolicy.parse(["10.1.0.0/16"])
    assert policy.allows("93.184.216.34", 443)
    assert not policy.allows("93.184.216.34", 25)


def test_what_is_no_network_is_named():
    with pytest.raises(ValueError, match="elsewhere"):
        AddressPolicy.parse(["elsewhere"])
