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
cargo fetch --locked # Trunk builds offline
# Where a panic happened is told from the crate on, not from the folders of the machine that built it. (These flags
# stand in place of those in .cargo/config.toml, so its own is here again.)
flags="-Ctarget-feature=+simd128"
for folder in "${CARGO_HOME:-$HOME/.cargo}"/registry/src/*/ "$(rustc --print sysroot)/lib/rustlib/src/rust/"; do
    flags="$flags --remap-path-prefix=$folder="
done
export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS="$flags"
trunk build --release
scripts/release.sh dist
scripts/size.sh || true # the end-to-end tests fail over it; an app that is too large still runs
