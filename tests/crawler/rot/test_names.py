"""Names: what it means that one is not known, and that nobody outside hears of those of a private network."""

import asyncio
import time

import pytest

from crawler.address import AddressPolicy
from crawler.fetch import Failure, MayPass, Problem, Unanswered
from crawler.lookup import Lookup
from crawler.rot.names import CONTROL, Names

KNOWN = {"here.example": "93.184.215.14", CONTROL: "93.184.215.14", "inside.example": "10.0.0.1"}
NO_SUCH = Lookup((), Problem(Failure.DNS, "not known"))
PRIVATE = AddressPolicy.parse(["127.0.0.0/8", "10.0.0.0/8"])


class Resolver:
    """Knows some names, each after a while, and remembers what it was asked."""

    def __init__(self, *known, slow=()):
        self.known = known
        self.slow = slow
        self.asked = []

    def __call__(self, name, port):
        self.asked.append(name)
        time.sleep(0.1 if name in self.slow else 0)
        return Lookup(((0, 0, 0, "", (KNOWN[name], port)),)) if name in self.known else NO_SUCH


def failure(resolver, *names, policy=PRIVATE):
    """Look names up side by side, and return how the first failed."""

    async def look_up():
        known = Names(policy, 5.0, resolver)
        found = await asyncio.gather(*(known.addresses(name, 80) for name in names), return_exceptions=True)
        return found[0]

    found = asyncio.run(look_up())
    return found.problem.failure if isinstance(found, Unanswered) else found


def test_a_name_is_not_known_where_another_is():
    assert failure(Resolver(CONTROL), "gone.example", policy=AddressPolicy()) is Failure.DNS
    assert failure(Resolver(), "gone.example", policy=AddressPolicy()) is Failure.DNS_TROUBLE


@pytest.mark.parametrize("slow", [(), ("inside.example",)])
def test_in_a_private_network_other_names_of_the_run_tell(slow):
    resolver = Resolver("inside.example", slow=slow)
    assert failure(resolver, "gone.example", "inside.example") is Failure.DNS
    assert sorted(resolver.asked) == ["gone.example", "inside.example"]


def test_in_a_private_network_nobody_outside_is_asked_for_a_control():
    resolver = Resolver()
    assert failure(resolver, "gone.example", "127.0.0.1") is Failure.DNS_TROUBLE
    assert resolver.asked == ["gone.example"]


def test_an_address_is_no_name():
    resolver = Resolver()
    assert failure(resolver, "127.0.0.1") == ("127.0.0.1",)
    assert failure(resolver, "192.168.0.1") is Failure.UNSAFE
    assert not resolver.asked


def test_a_name_service_in_trouble_is_asked_again():
    trouble = Lookup((), Problem(Failure.DNS_TROUBLE, "try again"))
    answers = [trouble, Lookup(((0, 0, 0, "", ("10.0.0.1", 80)),))]

    async def look_up():
        known = Names(PRIVATE, 5.0, lambda *_: answers.pop(0))
        with pytest.raises(MayPass):
            await known.addresses("inside.example", 80)
        return await known.addresses("inside.example", 80)

    assert asyncio.run(look_up()) == ("10.0.0.1",)
