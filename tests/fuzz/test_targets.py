"""Whatever readers of others' bytes are fed with, only errors of ours come of it: a share of ``benchmarks/fuzz.py``."""

import pytest
from hypothesis import given, settings
from targets import TARGETS

SHARE = 60


@pytest.mark.parametrize("name", TARGETS)
def test_only_errors_of_ours_come_of_it(name):
    @settings(max_examples=SHARE, derandomize=True, database=None)
    @given(TARGETS[name].fed)
    def check(made):
        TARGETS[name].check(made)

    check()
