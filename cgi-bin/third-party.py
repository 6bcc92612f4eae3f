#!/usr/bin/env python3
"""Writes docs/THIRD-PARTY.txt: the licences of all that is linked into index.cgi.

To be run after a dependency has changed; a test compares the file with Cargo.lock. The texts
are those that the crates themselves bring, with the names of their authors.
"""

import json
import os
import subprocess
import sys

HOME = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
TARGET = "x86_64-unknown-linux-gnu"
LGPL = "/usr/share/common-licenses/LGPL-2.1"
RULE = "=" * 78

HEAD = """\
What site-monitor's program, cgi-bin/index.cgi, is made of
{rule}

site-monitor itself is under the MIT licence: see LICENSE.

The program is one file, linked statically. Besides site-monitor's own code it holds:

- the crates listed below, under the licences that follow each;
- the Rust standard library and the crates that it is built from, Copyright (c) The Rust
  Project contributors, under the MIT licence or the Apache License 2.0
  (https://github.com/rust-lang/rust/blob/master/COPYRIGHT);
- the GNU C Library, Copyright (C) Free Software Foundation, Inc. and others, under the GNU
  Lesser General Public License 2.1 or later, whose text is at the end of this file;
- parts of libgcc, Copyright (C) Free Software Foundation, Inc., under the GNU General Public
  License 3 with the GCC Runtime Library Exception, which allows this use without conditions.

You may replace the GNU C Library in it. All sources of site-monitor and of its crates are
public, and one command links the program again with the C library of the machine it is run on:

    cgi-bin/build.sh

Without the line "target-feature=+crt-static" in .cargo/config.toml the program uses the C
library of the machine that runs it. The sources of the GNU C Library are at
https://www.gnu.org/software/libc/ and, of the version that was linked, at the distributor of
the machine on which the program was built (Debian: apt-get source glibc).
"""


def metadata():
    command = ["cargo", "metadata", "--locked", "--format-version=1", f"--filter-platform={TARGET}"]
    return json.loads(subprocess.run(command, cwd=HOME, check=True, capture_output=True).stdout)


def linked(data):
    """The packages whose code is in the program: no tools of the build, no macros, no tests."""
    packages = {package["id"]: package for package in data["packages"]}
    nodes = {node["id"]: node for node in data["resolve"]["nodes"]}
    found, waiting = {}, [data["resolve"]["root"]]
    while waiting:
        for edge in nodes[waiting.pop()]["deps"]:
            package = packages[edge["pkg"]]
            is_macro = any("proc-macro" in target["kind"] for target in package["targets"])
            is_normal = any(kind["kind"] is None for kind in edge["dep_kinds"])
            if is_normal and not is_macro and edge["pkg"] not in found:
                found[edge["pkg"]] = package
                waiting.append(edge["pkg"])
    return sorted(found.values(), key=lambda package: (package["name"], package["version"]))


def texts(package):
    """The licence files to reproduce: of a choice of licences, MIT where it is one."""
    folder = os.path.dirname(package["manifest_path"])
    names = sorted(n for n in os.listdir(folder) if n.upper().startswith(("LICENSE", "COPYRIGHT")))
    if any("MIT" in name for name in names):
        names = [name for name in names if "APACHE" not in name.upper()]
    elif any("BOOST" in name for name in names):
        names = [name for name in names if "BOOST" in name]
    if not names:
        sys.exit(f"third-party.py: {package['name']} brings no licence")
    for name in names:
        with open(os.path.join(folder, name), encoding="utf-8") as file:
            yield file.read().strip()


def main():
    parts = [HEAD.format(rule=RULE)]
    for package in linked(metadata()):
        title = f"{package['name']} {package['version']} ({package['license']})"
        authors = ", ".join(author.split(" <")[0] for author in package["authors"])
        by = f"By {authors}\n" if authors else ""
        parts.append(f"{RULE}\n{title}\n{by}\n" + "\n\n".join(texts(package)) + "\n")
    with open(LGPL, encoding="utf-8") as file:
        parts.append(f"{RULE}\nThe GNU C Library\n\n{file.read().strip()}\n")
    with open(os.path.join(HOME, "docs", "THIRD-PARTY.txt"), "w", encoding="utf-8") as file:
        file.write("\n".join(parts))


main()
