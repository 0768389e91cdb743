#!/bin/sh
# Start-up, memory, understanding and training on this machine: what `make bench` prints.
# Usage: Tests/bench.sh PATH-TO-STEWARD
set -eu
steward=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

now() { date +%s%N; }
milliseconds() { awk "BEGIN { printf \"%.1f\", ($2 - $1) / 1e6 }"; }

echo "start to the first piped answer, best of 20:"
best=
for _ in $(seq 20); do
  start=$(now); echo "where is my order" | "$steward" chat >"$work/out"; end=$(now)
  took=$(milliseconds "$start" "$end")
  best=$(printf '%s\n%s\n' "$took" "${best:-$took}" | sort -n | head -1)
done
echo "  $best ms"

echo "greatest resident memory after one answer:"
rm -f "$work/out"; mkfifo "$work/in"
"$steward" chat <"$work/in" >"$work/out" &
exec 3>"$work/in"
echo "where is my order" >&3
while [ ! -s "$work/out" ]; do sleep 0.05; done
echo "  $(awk '/VmHWM/ { print $2, $3 }' "/proc/$!/status")"
exec 3>&-
wait

echo "whole turns, 5000 lines through the chat:"
yes "where is my order please" | head -5000 >"$work/lines"
start=$(now); "$steward" chat <"$work/lines" >"$work/out"; end=$(now)
echo "  $(awk "BEGIN { printf \"%.0f\", ($end - $start) / 1e3 / 5000 }") microseconds a turn, start-up included"

echo "parsing 5000 lines to JSON:"
start=$(now); "$steward" parse <"$work/lines" >"$work/out"; end=$(now)
echo "  $(awk "BEGIN { printf \"%.0f\", ($end - $start) / 1e3 / 5000 }") microseconds a text, start-up included"

echo "training the default corpus:"
"$steward" train --intents intents --model "$work/model.safetensors" | sed 's/^[^:]*:/ /'
echo "sizes:"
wc -c "$steward" models/default.safetensors | awk 'NR < 3 { printf "  %-40s %.1f MB\n", $2, $1 / 1e6 }'
