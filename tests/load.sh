#!/usr/bin/env bash
# Fifty clients for a minute, or for as many seconds as the argument says, and what they saw.
# Needs what tests/run.sh installs, and root or sudo.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

export LOAD_SECONDS=${1:-60}
if [ "$(id -u)" -ne 0 ]; then
    # Cargo builds as the user and runs only the test as root.
    host=$(rustc -vV | sed -n 's/^host: //p' | tr 'a-z-' 'A-Z_')
    export "CARGO_TARGET_${host}_RUNNER=sudo -E env PATH=$PATH"
fi
cargo test --release --locked --test host load:: -- --nocapture
