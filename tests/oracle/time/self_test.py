"""Runs the hand-made examples and the laws: `python3 cli.py --self-test`."""

import traceback

import examples_figures
import examples_reading
import examples_runs
import examples_time
import laws
import misleading

MODULES = [examples_time, examples_runs, examples_figures, examples_reading, misleading]


def run(trees=100):
    failed = n = 0
    for module in MODULES:
        for name, test in sorted(vars(module).items()):
            if not name.startswith("test_"):
                continue
            n += 1
            try:
                test()
            except Exception:
                failed += 1
                print(f"FAILED {module.__name__}.{name}")
                print(traceback.format_exc(limit=-2))
    print(f"{n} hand-made examples, {failed} failed")
    broken = laws.check(trees)
    return 1 if failed or broken else 0
