#!/usr/bin/env bash
# Makes replay.png, the picture of the README: a real recording, ten times as fast as the default, in its replay page.
# Needs cargo and Chromium (CHROME names it, if it has another name). Run it when the page's looks have changed.
set -euo pipefail
cd "$(dirname "$0")"

chrome=${CHROME:-$(command -v chromium || command -v google-chrome)}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cargo run --release --quiet -- --speed 10 --quiet --replay "$work/dry.html" >/dev/null
"$chrome" --headless --no-sandbox --disable-gpu --no-first-run --user-data-dir="$work/profile" --hide-scrollbars \
  --force-device-scale-factor=1 --window-size=1200,1010 --screenshot="$work/replay.png" \
  "file://$work/dry.html#run=tokio&event=25&view=0-280000000&theme=light" 2>/dev/null
mv "$work/replay.png" replay.png
