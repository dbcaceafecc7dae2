# Runs one server for as long as somebody holds our standard input, and leaves nothing behind.
# $1: the folder to make and to remove; $2: the binaries; the rest: arguments of postgres.
trap '' HUP INT TERM
folder=$1
binaries=$2
shift 2
umask 077
mkdir "$folder" || exit
exec 3<&0 </dev/null

"$binaries/initdb" -D "$folder/data" -U postgres -A trust -E UTF8 --locale=C -N >"$folder/log" 2>&1 3<&- && {
  "$binaries/postgres" -D "$folder/data" -k "$folder" -p 5432 -c listen_addresses= "$@" >>"$folder/log" 2>&1 3<&- &
  server=$!
  # Again and again: a server that has just begun does not hear the signal yet.
  { cat; while kill -QUIT $server; do sleep 0.02; done; } <&3 >/dev/null 2>&1 &
  wait $server
}

# The end of our output says that there is no server; its log can be read until our input ends.
exec >&- 2>&-
cat <&3 >/dev/null
rm -rf "$folder"
