#!/usr/bin/env bash
# Makes a release of what trunk built: its version, the service worker that keeps it, and the files compressed.
#
#   scripts/release.sh FOLDER    where trunk left index.html and the modules
set -euo pipefail
cd "$1"
rm -f ./*.gz

# The version of what index.html names is in the names, so that no cache mixes two releases.
release=$(cat ./* | sha256sum | cut -c 1-12)
sed -i.before -E -e "s/<html lang=\"?en\"?/& data-release=\"$release\"/" \
    -e "s/href=\"?(\.?\/?[a-z-]+\.css)\"?/href=\"\1?$release\"/g" -e "s/src=\"?(boot\.js)\"?/src=\"\1?$release\"/" index.html
rm index.html.before
for text in "data-release=\"$release\"" "boot.js?$release" "tokens.css?$release"; do
    grep -qF "$text" index.html || { echo "index.html has no place for $text" >&2 && exit 1; }
done

# Every file with its hash, in the form that a request's `integrity` has: one of another release is not taken.
integrity() {
    local hex
    hex=$(sha256sum "$1" | cut -c 1-64)
    # shellcheck disable=SC2059 # the bytes are the format
    printf 'sha256-%s' "$(printf "$(sed 's/../\\x&/g' <<<"$hex")" | base64)"
}
files=
for file in *; do
    [ "$file" = service_worker.js ] || files="$files  \"$file\": \"$(integrity "$file")\",
"
done
worker=$(cat service_worker.js)
worker=${worker/@RELEASE@/$release}
printf '%s\n' "${worker/\/\/ @FILES@/$files}" >service_worker.js
grep -q '"page_bg.wasm": "sha256-' service_worker.js || { echo "service_worker.js has no place for the files" >&2 && exit 1; }

# For hosts that send what is compressed already, as scripts/serve.rs does.
gzip -9 --keep ./*.wasm ./*.js ./*.css ./*.svg ./*.webmanifest index.html
