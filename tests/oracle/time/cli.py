"""Prints what the rules say of a log folder, as JSON with sorted keys.

    python3 cli.py LOGS --config config.json --now 1700000000 \\
        [--company C] [--site S] [--year-month M] [--times local]
    python3 cli.py --case DIR        # DIR/logs, config.json, case.json
    python3 cli.py --batch < FOLDERS # a line of JSON for each; only `logs`
    python3 cli.py --self-test [--trees 200]

`--case` prints a list with the answer to each filter of case.json. `--batch` reads
lines `FOLDER` or `SEED<tab>FOLDER`; with a seed, its random tree is made there first.
"""

import argparse
import json
import os
import sys

import random_tree
from answer import PARTS, answer, answers
from read_logs import Settings, read_config


def chosen(text):
    """`all` in any place means no filter."""
    return None if text in (None, "", "all") else text


def answers_of_case(folder, texts, parts=PARTS):
    case = read_config(os.path.join(folder, "case.json"))
    settings = Settings(read_config(os.path.join(folder, "config.json")))
    return answers(os.path.join(folder, "logs"), settings, case["now"], case["filters"],
                   texts, parts)


def batch(texts):
    for line in sys.stdin:
        seed, tab, folder = line.rstrip("\n").rpartition("\t")
        if tab:
            random_tree.make(int(seed), folder)
        out = answers_of_case(folder, texts, ["logs"])
        print(json.dumps(out, ensure_ascii=False, sort_keys=True), flush=True)
    return 0


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("logs", nargs="?")
    parser.add_argument("--config")
    parser.add_argument("--now", type=int)
    parser.add_argument("--company")
    parser.add_argument("--site")
    parser.add_argument("--year-month")
    parser.add_argument("--times", choices=["unix", "local"], default="unix")
    parser.add_argument("--case", metavar="DIR")
    parser.add_argument("--batch", action="store_true")
    parser.add_argument("--self-test", action="store_true")
    parser.add_argument("--trees", type=int, default=100)
    args = parser.parse_args(arguments)
    if args.self_test:
        from self_test import run
        return run(args.trees)
    texts = args.times == "local"
    if args.batch:
        return batch(texts)
    if args.case:
        out = answers_of_case(args.case, texts)
    elif args.logs is None or args.now is None:
        parser.error("LOGS and --now are needed")
    else:
        settings = Settings(read_config(args.config) if args.config else None)
        out = answer(args.logs, settings, args.now, chosen(args.company),
                     chosen(args.site), chosen(args.year_month), texts)
    json.dump(out, sys.stdout, ensure_ascii=False, sort_keys=True, indent=1)
    print()
    return 0


if __name__ == "__main__":
    sys.exit(main())
