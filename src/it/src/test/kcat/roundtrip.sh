#!/usr/bin/env bash
# A client that is not ours: kcat writes lines of text into one topic and reads the JSON of the other.
#   roundtrip.sh BOOTSTRAP INPUT_TOPIC OUTPUT_TOPIC
# Prints the records that came out, KEY<TAB>JSON; fails unless there is one for each line that went in.
set -euo pipefail
bootstrap=$1 input=$2 output=$3
command -v kcat >/dev/null || { echo "kcat is not installed" >&2; exit 77; }

# The partitioner of the Java clients, so that a stream is in one partition whoever writes it.
kcat -b "$bootstrap" -t "$input" -P -K '|' -X partitioner=murmur2_random <<'LINES'
chat-1|I eat apple.
chat-2|Don't restart the broker, it's busy.
chat-1|I work at apple.
log|12:04:11 WARN Connection to db-2 timed out after 30s – retrying 🙂
LINES

# read_committed is what a consumer of a transactional topic wants; -c 4 ends after four records.
out=$(timeout 60 kcat -b "$bootstrap" -t "$output" -C -o beginning -c 4 -q -X isolation.level=read_committed -f '%k\t%s\n')
[ "$(printf '%s\n' "$out" | wc -l)" = 4 ] || { echo "expected 4 records, found:" >&2; printf '%s\n' "$out" >&2; exit 1; }
printf '%s\n' "$out"
