#!/usr/bin/env bash
# Runs every test, from nothing but a Debian 12 machine with Rust: what is missing is
# installed from Debian's packages. As root, or as a user who may sudo.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

fail() {
    echo "tests/run.sh: $*" >&2
    exit 1
}

# Real Apache with suEXEC needs root: it changes users, and the tests make an account.
as_root=()
if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || fail "not root, and no sudo. Run it as root, or as root: apt-get install sudo"
    as_root=(sudo)
fi

# A system program may be where only root looks for it.
PATH=$PATH:/usr/sbin:/sbin
missing=()
need() { # need PACKAGE FILE...: the package, unless one of the files is there
    local package=$1 file
    shift
    for file in "$@"; do
        if [ -e "$file" ] || command -v "$file" >/dev/null; then
            return
        fi
    done
    missing+=("$package")
}
# apache2-bin is Apache without the service that the package apache2 starts at each boot.
need apache2-bin /usr/sbin/apache2
need apache2-suexec-custom /etc/apache2/suexec/www-data
need media-types /etc/mime.types
need chromium chromium
# Without a Japanese font the browser draws boxes, and measures them.
need fonts-noto-cjk /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc
need curl curl
need strace strace
need python3 python3
# The oracle cuts days in other zones.
need tzdata /usr/share/zoneinfo/Europe/Berlin
need gcc cc
need libc6-dev /usr/include/stdio.h
need nodejs node
need npm npm
need passwd useradd
# The load test asks with ab; GNU time measures the peak memory of a process.
need apache2-utils ab
need time /usr/bin/time
need util-linux prlimit
# The package for hosts is built from a commit, and unpacked.
need git git
need binutils strip
need unzip unzip

if [ "${#missing[@]}" -gt 0 ]; then
    command -v apt-get >/dev/null || fail "no apt-get. Install by other means: ${missing[*]}"
    echo "installing ${missing[*]}"
    # Debian asks this file before it starts a service that it has installed. A machine
    # that has one keeps its own.
    policy=/usr/sbin/policy-rc.d
    if [ ! -e "$policy" ]; then
        printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee "$policy" >/dev/null
        "${as_root[@]}" chmod 755 "$policy"
        trap '"${as_root[@]}" rm -f "$policy"' EXIT
    fi
    "${as_root[@]}" apt-get update
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y --no-install-recommends "${missing[@]}"
fi

for tool in /usr/sbin/apache2:apache2-bin /usr/lib/apache2/suexec:apache2-suexec-custom \
    chromium:chromium curl:curl strace:strace python3:python3 cc:gcc node:nodejs npm:npm git:git unzip:unzip \
    ab:apache2-utils /usr/bin/time:time prlimit:util-linux unshare:util-linux; do
    command -v "${tool%:*}" >/dev/null || [ -e "${tool%:*}" ] ||
        fail "${tool%:*} is missing. As root: apt-get update && apt-get install -y ${tool#*:}"
done
command -v cargo >/dev/null ||
    fail "cargo is missing. Run: curl --proto '=https' -sSf https://sh.rustup.rs | sh -s -- -y"

npm ci --prefix tests/browser --no-audit --no-fund

if [ "${#as_root[@]}" -gt 0 ]; then
    # Cargo builds as the user and runs only the tests as root, with the user's PATH, which
    # sudo would replace.
    host=$(rustc -vV | sed -n 's/^host: //p' | tr 'a-z-' 'A-Z_')
    export "CARGO_TARGET_${host}_RUNNER=sudo -E env PATH=$PATH"
fi
cargo test --locked
echo "tests/run.sh adds to cargo test: a real Apache, faults of disks and clocks, fifty clients at" \
    "once, the Python oracles; then Chromium"
cargo test --locked --test host
# Chromium is tested against the preview server, which must be built before it is timed.
cargo build --locked --example preview
npm test --prefix tests/browser
