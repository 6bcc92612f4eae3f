#!/usr/bin/env bash
# Builds the program and installs it as cgi-bin/index.cgi, where .htaccess expects it.
set -euo pipefail
cd "$(dirname "$0")/.."

command -v cargo >/dev/null || {
  echo "build.sh: cargo is missing; install Rust from https://rustup.rs" >&2
  exit 1
}

# One target folder whatever the machine: cargo prints where it put the program.
program=$(cargo build --release --locked --bin site-monitor --message-format=json-render-diagnostics |
  sed -n 's/.*"executable":"\([^"]*\)".*/\1/p' | tail -n 1)

# A new file, so that a program being run right now goes on undisturbed. suEXEC refuses a
# program or folder that group or others may write to.
install -m 755 "$program" cgi-bin/.index.cgi.new
mv -f cgi-bin/.index.cgi.new cgi-bin/index.cgi
chmod 755 cgi-bin
echo "cgi-bin/index.cgi is ready ($(wc -c <cgi-bin/index.cgi) bytes)"
