# Runs one server for as long as somebody holds our standard input, and leaves nothing behind but data that is to be kept.
# $1: the folder to make and to remove; $2: the binaries; $3: the kept data, else empty; the rest: arguments of postgres.
trap '' HUP INT TERM
folder=$1
binaries=$2
data=${3:-$folder/data}
kept=$3
shift 3
umask 077
mkdir "$folder" || exit
exec 3<&0 </dev/null 2>>"$folder/log"
stop=QUIT

if [ "$kept" ]; then
  # A checkpoint at the end, so that the next start has nothing to recover.
  stop=INT
  boot=$(cat /proc/sys/kernel/random/boot_id 2>/dev/null || sysctl -n kern.bootsessionuuid)
  mine="$boot $$"
  # Nothing was made safe on disk: what the machine's own end left of a running server may be anything. The watchdog before us may be
  # about to take its mark away, so it is read once.
  was=$(cat "$data.running" 2>/dev/null) || was=$mine
  [ "${was% *}" = "$boot" ] || rm -rf "$data"
  rm -f "$data.running"
  echo "$mine" >"$data.running"
fi

{ [ -e "$data" ] || {
  rm -rf "$data.new"
  "$binaries/initdb" -D "$data.new" -U postgres -A trust -E UTF8 --locale=C -N >>"$folder/log" 2>&1 3<&- && mv "$data.new" "$data"
}; } && {
  "$binaries/postgres" -D "$data" -k "$folder" -p 5432 -c listen_addresses= "$@" >>"$folder/log" 2>&1 3<&- &
  server=$!
  # Again and again: a server that has just begun does not hear the signal yet. No checkpoint is waited for longer than 10 s.
  { cat; tries=0; while kill -$stop $server; do sleep 0.02; [ $((tries += 1)) -lt 500 ] || stop=QUIT; done; } <&3 >/dev/null 2>&1 &
  # The next one may have made its own meanwhile.
  wait $server && [ "$kept" ] && [ "$(cat "$data.running")" = "$mine" ] && rm -f "$data.running"
}

# The end of our output says that there is no server; its log can be read until our input ends.
exec >&- 2>&-
cat <&3 >/dev/null
rm -rf "$folder"
