#!/usr/bin/env bash
# Lists the gzipped sizes of what is in dist, and fails when one of the two modules is over its limit.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
node_limit=520000
page_limit=900000
node=0
page=0
while IFS= read -r file; do
    bytes=$(gzip -9 -c "$file" | wc -c)
    case $file in
    # The workers' part; all else is the page's.
    dist/node*) of=node && node=$((node + bytes)) ;;
    *) of=page && page=$((page + bytes)) ;;
    esac
    printf '%9d  %s  %s\n' "$bytes" "$of" "$file"
done < <(find dist -type f -not -name '*.gz' | sort)
printf '%9d  node, gzipped (limit %d)\n%9d  page, gzipped (limit %d)\n' "$node" "$node_limit" "$page" "$page_limit"
[ "$node" -le "$node_limit" ] && [ "$page" -le "$page_limit" ] || { echo "dist is over a limit" >&2 && exit 1; }
