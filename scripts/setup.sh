#!/usr/bin/env bash
# Everything a fresh machine needs to build Tabchain, and, with `test`, to test it in a real browser.
#
#   scripts/setup.sh [build|test]        what is there already is left alone: a second run takes seconds
#   NO_INSTALL=1 scripts/setup.sh test   only looks and reports; fails when something is missing
#
# Rust comes from rustup where that can install; where it cannot (RUSTUP_AUTO_INSTALL=0, or no network for it),
# from Debian's packages, with wasm32's standard library built once from their sources.
set -uo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"

purpose=${1:-test}
case $purpose in
build | test) ;;
*) echo "usage: $0 [build|test]" >&2 && exit 2 ;;
esac
trunk_version=0.21.14
bindgen_version=$(wanted_version wasm-bindgen)
log="$cache/setup.log"
mkdir -p "$cache"

say() { printf '%s\n' "$*"; }
fail() { # fail WHAT ADVICE
    printf '\nset-up failed: %s\n%s\n' "$1" "$2" >&2
    exit 1
}
run() { # run WHAT ADVICE COMMAND...: quiet, with the end of its output when it fails
    local what=$1 advice=$2
    shift 2
    say "  $what"
    "$@" >"$log" 2>&1 &
    local job=$! began=$SECONDS told=$SECONDS
    while kill -0 "$job" 2>/dev/null; do
        sleep 0.2
        if [ $((SECONDS - told)) -ge 20 ]; then
            told=$SECONDS
            say "    $((SECONDS - began)) s: $(tail -n 1 "$log" | tr -d '\r' | cut -c 1-100)"
        fi
    done
    if ! wait "$job"; then
        tail -n 30 "$log" >&2
        fail "$what" "$advice (whole output: $log)"
    fi
}

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@" 2>/dev/null || sudo "$@"; fi; }
can_be_root() { [ "$(id -u)" = 0 ] || have sudo; }
can_apt() { have apt-get && can_be_root; }
apt_updated=
apt_install() { # apt_install ADVICE PACKAGE...
    local advice=$1
    shift
    if [ -z "$apt_updated" ]; then
        run "apt-get update" "Check the network and /etc/apt/sources.list." as_root apt-get update
        apt_updated=yes
    fi
    run "apt-get install $*" "$advice" as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"
}
# Not through `grep -q`: it leaves at the first match, and with pipefail what still writes to it counts as failed.
apt_has() { [[ $(LC_ALL=C apt-cache policy "$1" 2>/dev/null) == *"Candidate: "[0-9]* ]]; }

# --- What is there ---------------------------------------------------------------------------------------------

has_rust() { have cargo && rust_ready && cargo fmt --version >/dev/null 2>&1 && cargo clippy --version >/dev/null 2>&1; }
has_linker() { have cc; }
has_bindgen() { [ "$(wasm-bindgen --version 2>/dev/null)" = "wasm-bindgen $bindgen_version" ] && have wasm-bindgen-test-runner; }
has_trunk() { [ "$(trunk --version 2>/dev/null)" = "trunk $trunk_version" ]; }
has_wasm_opt() { [ -x "$cache/npm/node_modules/.bin/wasm-opt" ] && cmp -s "$root/package-lock.json" "$cache/npm/package-lock.json"; }
has_browser() { have chromedriver && { have chromium || have chromium-browser || have google-chrome || have google-chrome-stable || [ -n "${TABCHAIN_CHROME:-}" ] || [ -d "/Applications/Google Chrome.app" ]; }; }
has_fonts() { ! have fc-list || [ -n "$(fc-list :lang=zh-cn 2>/dev/null | head -n 1)" ]; }

missing=()
optional=()
want() { # want NAME TEXT: remembers what has_NAME does not find
    if "has_$1"; then say "  found    $2"; else
        say "  missing  $2"
        missing+=("$1")
    fi
}
hope() {
    if "has_$1"; then say "  found    $2"; else
        say "  missing  $2"
        optional+=("$1")
    fi
}

say "Tabchain's set-up, in $cache:"
want rust "Rust $minimum_rust or later with wasm32-unknown-unknown, rustfmt and clippy${RUSTUP_TOOLCHAIN:+ (toolchain $RUSTUP_TOOLCHAIN)}"
want linker "a C compiler, for linking (cc)"
want bindgen "wasm-bindgen $bindgen_version and its test runner"
want trunk "Trunk $trunk_version"
hope wasm_opt "wasm-opt, from the npm package binaryen (optional: modules are a third larger without)"
if [ "$purpose" = test ]; then
    want browser "Chromium or Chrome, and chromedriver"
    hope fonts "a font with Chinese characters (optional: for screenshots)"
fi

if [ ${#missing[@]} = 0 ] && [ ${#optional[@]} = 0 ]; then
    say "Nothing to install."
    exit 0
fi
if [ "${NO_INSTALL:-}" = 1 ]; then
    [ ${#missing[@]} = 0 ] && say "Nothing that is needed is missing." && exit 0
    say "NO_INSTALL=1: nothing was installed. Run \`make setup\` without it to install what is missing."
    exit 1
fi

# --- What to do about it ---------------------------------------------------------------------------------------

install_rust() {
    if have rustup && [ "${RUSTUP_AUTO_INSTALL:-1}" != 0 ]; then
        say "  rustup: the stable toolchain with wasm32-unknown-unknown, rustfmt and clippy"
        if rustc --version >/dev/null 2>&1 && rustup target add wasm32-unknown-unknown >"$log" 2>&1 && rustup component add rustfmt clippy >>"$log" 2>&1 && has_rust; then
            return
        fi
        if rustup toolchain install stable --profile minimal -t wasm32-unknown-unknown -c rustfmt -c clippy >>"$log" 2>&1; then
            export RUSTUP_TOOLCHAIN=stable
            has_rust && return
        fi
        tail -n 5 "$log" >&2
        say "  rustup could not install it; trying the distribution's own Rust"
    fi
    install_debian_rust
}

# Debian's Rust for browsers comes without wasm32's standard library, but with its sources.
install_debian_rust() {
    local advice="Install Rust $minimum_rust or later from https://rustup.rs with network access, then: rustup target add wasm32-unknown-unknown"
    can_apt || fail "no Rust that builds for wasm32-unknown-unknown, and no apt-get (or no root) to install one" "$advice"
    run "apt-get update" "Check the network and /etc/apt/sources.list." as_root apt-get update
    apt_updated=yes
    apt_has rustc-web || fail "this distribution has no package rustc-web" "$advice"
    apt_install "$advice" rustc-web cargo-web rust-web-src rust-web-llvm rustfmt-web rust-web-clippy gcc libc6-dev
    # The compiler's rust-lld is a link to the lld of one LLVM version, which is a package of its own.
    local lld
    lld=$(basename "$(readlink /usr/bin/rust-lld || echo lld)")
    have "$lld" || apt_install "$advice" "$lld"
    if have rustup; then
        run "rustup toolchain link debian /usr" "rustup must be able to write to its own folder." rustup toolchain link debian /usr
        export RUSTUP_TOOLCHAIN=debian
    fi
    rust_ready || run "building wasm32's standard library from Debian's sources (a minute or two)" \
        "It needs rust-web-src and, for the library's own dependencies, cargo's registry." build_wasm_std
}

build_wasm_std() (
    set -e
    folder=$(mktemp -d)
    trap 'rm -rf "$folder"' EXIT
    cd "$folder"
    printf '[package]\nname = "throwaway"\nversion = "0.0.0"\nedition = "2021"\n' >Cargo.toml
    mkdir src && : >src/lib.rs
    # Bitcode: without it a build with `lto = true` cannot use the library. `test`: without it `cargo test` has no harness.
    RUSTC_BOOTSTRAP=1 RUSTFLAGS=-Cembed-bitcode=yes RUSTC=/usr/bin/rustc CARGO_TARGET_DIR="$folder/target" \
        /usr/bin/cargo build --release -Z build-std=std,panic_abort,test --target wasm32-unknown-unknown
    rm -f target/wasm32-unknown-unknown/release/deps/libthrowaway-*
    libraries=/usr/lib/rustlib/wasm32-unknown-unknown/lib
    as_root install -d "$libraries"
    as_root rm -f "$libraries"/lib*.rlib
    as_root cp target/wasm32-unknown-unknown/release/deps/lib*.rlib "$libraries/"
    /usr/bin/rustc --version >built-by
    as_root cp built-by "$libraries/built-by"
)

install_linker() {
    can_apt || fail "no C compiler (cc)" "Install one: gcc on Linux, the command line tools (xcode-select --install) on macOS."
    apt_install "Install a C compiler by hand." gcc libc6-dev
}

# In the cache folder, away from this project's own cargo settings; a half-done build is resumed by the next run.
# The tools run for seconds: to build them for speed would take three times as long as it ever saves.
cargo_install() (
    cd "$cache" && CARGO_TARGET_DIR="$cache/tools-target" CARGO_PROFILE_RELEASE_OPT_LEVEL=0 CARGO_PROFILE_RELEASE_LTO=off \
        CARGO_PROFILE_RELEASE_CODEGEN_UNITS=256 CARGO_PROFILE_RELEASE_DEBUG=false cargo install --root "$cache/tools" "$@"
)

install_bindgen() {
    # --locked does not build for this version.
    run "cargo install wasm-bindgen-cli@$bindgen_version (a few minutes, once)" "It needs cargo's registry and a C compiler." \
        cargo_install --force "wasm-bindgen-cli@$bindgen_version"
}

install_trunk() {
    run "cargo install trunk@$trunk_version (a few minutes, once)" "It needs cargo's registry and a C compiler." \
        cargo_install --force --locked --no-default-features "trunk@$trunk_version"
}

install_wasm_opt() {
    if ! have npm; then
        say "  no npm, so no wasm-opt: the app works the same, its modules are about a third larger"
        return
    fi
    mkdir -p "$cache/npm"
    cp "$root/package.json" "$root/package-lock.json" "$cache/npm/"
    say "  npm ci (binaryen)"
    if ! npm ci --prefix "$cache/npm" --ignore-scripts --no-audit --no-fund >"$log" 2>&1; then
        rm -f "$cache/npm/package-lock.json" # so that the next run tries again
        tail -n 5 "$log" >&2
        say "  npm could not install it: the app works the same, a first load is larger"
    fi
}

install_browser() {
    can_apt || fail "no Chromium or no chromedriver on PATH" "Install both, of the same version, for example: brew install --cask chromium chromedriver"
    apt_install "Install Chromium and chromedriver, of the same version, by hand." chromium chromium-driver
}

install_fonts() {
    if can_apt; then
        apt_install "Install any font with Chinese characters by hand." fonts-noto-cjk fonts-noto-core fonts-dejavu-core
    else
        say "  no font with Chinese characters: screenshots of the Chinese interface will show boxes"
    fi
}

say
say "Installing: ${missing[*]-} ${optional[*]-}"
for name in "${missing[@]+"${missing[@]}"}" "${optional[@]+"${optional[@]}"}"; do
    "install_$name"
    hash -r
done
for name in "${missing[@]+"${missing[@]}"}"; do
    "has_$name" || fail "$name was installed but is still not found" "See $log; \`NO_INSTALL=1 make setup\` lists what is looked for."
done
rm -rf "$cache/tools-target"
say "Set-up done."
