#!/usr/bin/env bash
# Builds the release app into dist: static files with relative addresses, for any host and sub-path.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"
cd "$root"

if ! have wasm-opt || [ "${WASM_OPT:-}" = 0 ]; then
    # Trunk has no switch for "shrink the modules if the tool is there", so a stand-in that copies takes its place.
    echo "No wasm-opt: the modules are left as the compiler made them."
    stand_in="$cache/no-wasm-opt"
    mkdir -p "$stand_in"
    cat >"$stand_in/wasm-opt" <<'STAND_IN'
#!/bin/sh
[ "$1" = --version ] && echo "wasm-opt version 0" && exit
for argument; do
    case $argument in --output=*) output=${argument#--output=} ;; *) input=$argument ;; esac
done
cp "$input" "$output"
STAND_IN
    chmod +x "$stand_in/wasm-opt"
    PATH="$stand_in:$PATH"
fi

# NO_COLOR=1 is a common setting, but Trunk takes only true and false for it.
if [ -n "${NO_COLOR:-}" ]; then export NO_COLOR=true; fi
if have_std_sources; then
    # The standard library is built anew, for size, and a panic only ends the module: its words are a tenth of it.
    # (Cargo asks for RUSTC_BOOTSTRAP before it does that with a stable compiler.)
    export RUSTC_BOOTSTRAP=1 CARGO_UNSTABLE_BUILD_STD=std,panic_abort CARGO_UNSTABLE_BUILD_STD_FEATURES=optimize_for_size
    export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS="-Zunstable-options -Cpanic=immediate-abort"
else
    echo "No sources of Rust's standard library: it is taken as it comes, and the modules are a tenth larger."
fi
cargo fetch --locked # Trunk builds offline
trunk build --release
scripts/pack.sh dist
scripts/size.sh || true # the end-to-end tests fail over it; an app that is too large still runs
