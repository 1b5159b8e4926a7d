#!/usr/bin/env bash
# Lists the gzipped sizes of everything in dist, and fails when what a first load takes is over the limit.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
limit_bytes=700000
first=0
later=0
while IFS= read -r file; do
    bytes=$(gzip -9 -c "$file" | wc -c)
    case $file in
    # The parts that are loaded when they are first shown.
    dist/pages.js | dist/pages_* | dist/pages-* | dist/figures-pages.css | dist/keys*) when=later && later=$((later + bytes)) ;;
    *) when=first && first=$((first + bytes)) ;;
    esac
    printf '%9d  %s  %s\n' "$bytes" "$when" "$file"
done < <(find dist -type f | sort)
printf '%9d  gzipped in a first load (limit %d), %d more in parts loaded when they are shown\n' "$first" "$limit_bytes" "$later"
[ "$first" -le "$limit_bytes" ] || { echo "dist is over the limit" >&2 && exit 1; }
