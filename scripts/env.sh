# The build's environment: sourced by every recipe of the Makefile and by the scripts beside this file.
# It looks only; what is missing is installed by scripts/setup.sh.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

# Tools and build products live outside the checkout, so that the next clone need not make them again.
cache="${XDG_CACHE_HOME:-$HOME/.cache}/tabchain"
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$cache/target}"
export PATH="$cache/tools/bin:$cache/npm/node_modules/.bin:$PATH"

# In-browser unit tests.
export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER=wasm-bindgen-test-runner
export WASM_BINDGEN_TEST_TIMEOUT="${WASM_BINDGEN_TEST_TIMEOUT:-180}"
if [ -z "${CHROMEDRIVER:-}" ] && command -v chromedriver >/dev/null; then
    CHROMEDRIVER=$(command -v chromedriver)
    export CHROMEDRIVER
fi

have() { command -v "$1" >/dev/null 2>&1; }

# wanted_version NAME: the version of a crate in Cargo.lock.
wanted_version() { awk -v name="\"$1\"" '$1 == "name" { found = ($3 == name) } found && $1 == "version" { gsub(/"/, "", $3); print $3; exit }' "$root/Cargo.lock"; }

# at_least WANTED FOUND: whether FOUND is that version or a later one.
at_least() { [ "$(printf '%s\n%s\n' "$1" "$2" | sort -V | head -n 1)" = "$1" ]; }

minimum_rust=$(awk -F'"' '/^rust-version/ { print $2; exit }' "$root/Cargo.toml")

# rust_ready: whether the selected Rust is new enough and has the standard library of wasm32 made by that same compiler.
rust_ready() {
    local version libraries
    version=$(rustc --version 2>/dev/null | awk '{ print $2 }')
    [ -n "$version" ] && at_least "$minimum_rust" "${version%%-*}" || return 1
    libraries=$(rustc --print target-libdir --target wasm32-unknown-unknown 2>/dev/null) || return 1
    ls "$libraries"/libstd-*.rlib >/dev/null 2>&1 || return 1
    # Written by setup.sh where it built that library itself: a newer compiler cannot read an older one's.
    [ ! -f "$libraries/built-by" ] || [ "$(rustc --version)" = "$(cat "$libraries/built-by")" ]
}

# Where rustup's own toolchain cannot build for wasm32 but another that is already there can, that one is used.
# RUSTUP_TOOLCHAIN rather than an override: it serves every checkout, and goes before a rust-toolchain.toml.
select_rust() {
    local chosen=${RUSTUP_TOOLCHAIN:-} toolchain installed
    have rustup && ! rust_ready || return 0
    installed=$(rustup toolchain list 2>/dev/null)
    for toolchain in stable debian; do
        grep -q "^$toolchain\b" <<<"$installed" || continue
        export RUSTUP_TOOLCHAIN=$toolchain
        rust_ready && return 0
    done
    if [ -n "$chosen" ]; then export RUSTUP_TOOLCHAIN=$chosen; else unset RUSTUP_TOOLCHAIN; fi
}
select_rust
