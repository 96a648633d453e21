# Runs a command that must not outlive the program at the other end of standard input, however that
# program ends. Arguments: LOG COMMAND...  Prints the command's process id; exits with its status.
#
# A signal to the program's process group, SIGKILL included, must reach neither the command nor its
# watcher: run this by setsid. Where that is missing (macOS), job control gives both a group.
trap '' HUP INT QUIT # Ctrl-C is for that program, which then stops the command in its own order
log=$1
shift
exec 3<&0
command -v setsid >/dev/null || set -m

"$@" </dev/null >>"$log" 2>&1 3<&- &
command=$!
trap '' TERM # passed on to the watcher, from its first moment

# Only built-in commands wait for the end of input: killing the watcher leaves nothing behind.
{
  set +m
  while read -r _; do :; done <&3
  kill -TERM "$command"
  tenths=0
  while [ "$tenths" -lt 50 ] && kill -0 "$command"; do
    sleep 0.1
    tenths=$((tenths + 1))
  done
  kill -KILL "$command"
} >/dev/null 2>&1 &
watcher=$!
set +m

echo "$command"
exec 3<&- >/dev/null
wait "$command"
status=$?
kill -KILL "$watcher" 2>/dev/null
exit "$status"
