#!/usr/bin/env bash
# Builds the program and installs it as cgi-bin/index.cgi, where .htaccess expects it.
# With --zip it also makes site-monitor-<version>-<processor>-<system>.zip: all that a host
# needs, and the same bytes each time a commit is built with the same Rust and Python.
set -euo pipefail
cd "$(dirname "$0")/.."

fail() {
  echo "build.sh: $*" >&2
  exit 1
}

zip=
case "$*" in
'') ;;
--zip) zip=yes ;;
*) fail "usage: cgi-bin/build.sh [--zip]" ;;
esac

command -v cargo >/dev/null || fail "cargo is missing; install Rust from https://rustup.rs"
if [ -n "$zip" ]; then
  # Asked for before the minute that building takes.
  command -v python3 >/dev/null ||
    fail "python3 is missing; as root: apt-get update && apt-get install -y python3"
  command -v git >/dev/null ||
    fail "git is missing; as root: apt-get update && apt-get install -y git"
  git rev-parse --quiet --verify HEAD >/dev/null ||
    fail "--zip needs the git repository, for its list of files and the date of the commit"
  # Only what git knows is packed, so that nobody's logs travel by mistake.
  git diff --quiet HEAD -- logs ||
    fail "logs/ is not as committed, and would be packed: git diff HEAD -- logs"
  SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}
  export SOURCE_DATE_EPOCH
fi

# The program names its source files when it panics: always by the same names, wherever
# this folder, the user's home and Rust are. These flags are added to those of
# .cargo/config.toml, which cargo would not read if RUSTFLAGS were set.
unset RUSTFLAGS CARGO_ENCODED_RUSTFLAGS
quoted() { printf '%s' "$1" | sed 's/[\\"]/\\&/g; s/.*/"--remap-path-prefix=&"/'; }
sysroot=$(rustc --print sysroot)
commit=$(rustc -vV | sed -n 's/^commit-hash: //p')
remap=$(quoted "$sysroot/lib/rustlib/src/rust=/rustc/$commit")
remap+=,$(quoted "${CARGO_HOME:-$HOME/.cargo}=/cargo")
remap+=,$(quoted "$PWD=/site-monitor")

# One target folder whatever the machine: cargo prints where it put the program.
program=$(cargo build --release --locked --bin site-monitor --message-format=json-render-diagnostics \
  --config "target.'cfg(all())'.rustflags=[$remap]" |
  sed -n 's/.*"executable":"\([^"]*\)".*/\1/p' | tail -n 1)

# A new file, so that a program being run right now goes on undisturbed. suEXEC refuses a
# program or folder that group or others may write to.
install -m 755 "$program" cgi-bin/.index.cgi.new
mv -f cgi-bin/.index.cgi.new cgi-bin/index.cgi
chmod 755 cgi-bin
echo "cgi-bin/index.cgi is ready ($(wc -c <cgi-bin/index.cgi) bytes)"
[ -n "$zip" ] || exit 0

version=$(sed -n 's/^version = "\(.*\)"$/\1/p' Cargo.toml | head -n 1)
host=$(rustc -vV | sed -n 's/^host: //p')
name=site-monitor-$version-${host%%-*}-$(uname -s | tr '[:upper:]' '[:lower:]').zip
# A list of what is packed, not of what is left out: sorted, with one time and fixed modes.
git ls-files -z -- .htaccess static logs ':!logs/.cache' | python3 -c '
import os, sys, time, zipfile
name, epoch = sys.argv[1], int(os.environ["SOURCE_DATE_EPOCH"])
# A zip knows even seconds from 1980 on, without a zone.
when = time.gmtime(max(epoch, 315532800))[:6]
files = {path: path for path in sys.stdin.read().split("\0") if path}
files["cgi-bin/index.cgi"] = "cgi-bin/index.cgi"
files["config.example.json"] = "cgi-bin/config.example.json"
files["READ-ME-FIRST.txt"] = "docs/READ-ME-FIRST.txt"
# Its authors let everyone use and pass on the program, if their names and terms go with it.
files["LICENSE"] = "LICENSE"
files["THIRD-PARTY.txt"] = "docs/THIRD-PARTY.txt"
for path in list(files):
    while path := os.path.dirname(path):
        files[path + "/"] = None
with zipfile.ZipFile(name + ".new", "w") as package:
    for path, source in sorted(files.items()):
        entry = zipfile.ZipInfo(path, when)
        entry.create_system = 3
        if source is None:
            entry.external_attr = 0o40755 << 16 | 0x10
            package.writestr(entry, b"")
            continue
        mode = 0o755 if path.endswith(".cgi") else 0o644
        entry.external_attr = (0o100000 | mode) << 16
        with open(source, "rb") as file:
            package.writestr(entry, file.read(), zipfile.ZIP_DEFLATED, 9)
os.replace(name + ".new", name)
' "$name"
echo "$name is ready ($(wc -c <"$name") bytes)"
