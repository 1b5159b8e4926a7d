#!/usr/bin/env bash
# Packs the modules of a release build: xz makes them a quarter smaller than what hosts do (gzip), and small on
# hosts that do nothing. The page's own script unpacks them while they arrive.
#
#   scripts/pack.sh FOLDER    where trunk left index.html and the modules
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"
cd "$1"

unpacker="$cache/npm/node_modules/xz-decompress/dist/package/xz-decompress.min.js"
if ! have xz || [ ! -f "$unpacker" ]; then
    echo "No xz, or no xz-decompress: the modules are left as they are, and a first load is a third larger."
    exit 0
fi
cp "$unpacker" .
for module in *_bg.wasm; do
    # No position is better aligned than another in wasm, and what comes before a byte says most of it.
    xz --keep --force --check=crc32 --lzma2=preset=9e,lc=4,lp=0,pb=0 "$module"
    rm "$module"
done
# The version of what index.html names is in the names, so that no cache mixes two releases.
release=$(cat ./*.js ./*.xz ./*.css | sha256sum | cut -c 1-12)
sed -i.before -E -e "s/<html lang=\"?en\"?/& data-release=\"$release\"/" -e "s/href=\"?(\.\/[a-z-]+\.css)\"?/href=\"\1?$release\"/g" index.html
rm index.html.before
grep -q "data-release=\"$release\"" index.html || { echo "index.html has no place for the release's version" >&2 && exit 1; }
