#!/usr/bin/env bash
# Serves dist on 127.0.0.1 and prints the address. scripts/serve.rs needs nothing but the compiler.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"
cd "$root"
server="$cache/tools/bin/tabchain-serve"
if [ ! -x "$server" ] || [ scripts/serve.rs -nt "$server" ]; then
    mkdir -p "$cache/tools/bin"
    rustc --edition 2024 -O -o "$server" scripts/serve.rs
fi
exec "$server" dist "${PORT:-8080}"
