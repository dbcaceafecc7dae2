#!/usr/bin/env bash
# Puts the runner on the machine and tells its path: a given one, else that of a release whose hash runner.lock names, from the cache or
# fetched, else one that is built from this checkout. Of a release nothing is run whose
# hash is not the expected one; what is built from the checkout serves the job that built it.
set -euo pipefail

home="$PGROLL_ACTION_PATH"
lock="$home/action/runner.lock"
cache="${RUNNER_TOOL_CACHE:-${RUNNER_TEMP:-/tmp}}/pgroll-build"
temporary="${RUNNER_TEMP:-/tmp}"
exe=""
[[ "${RUNNER_OS:-}" != Windows ]] || exe=".exe"

fail() {
  local text="$1"
  text="${text//'%'/%25}" text="${text//$'\r'/%0D}" text="${text//$'\n'/%0A}"
  printf '::error title=pgroll::%s\n' "$text" >&2
  exit "${2:-2}"
}

finish() { # path, cache-hit
  [[ "$1" != *$'\n'* ]] || fail "The path of the runner holds a line break."
  printf 'path=%s\ncache-hit=%s\n' "$1" "$2" >> "${GITHUB_OUTPUT:-/dev/stdout}"
  exit 0
}

if command -v sha256sum > /dev/null; then sha256=(sha256sum); else sha256=(shasum -a 256); fi

hash_of() {
  local sum
  sum="$("${sha256[@]}" < "$1")"
  printf '%s' "${sum%% *}"
}

platform() {
  local os cpu
  case "${RUNNER_OS:-$(uname -s)}" in
    Linux) os=linux ;;
    macOS | Darwin) os=osx ;;
    Windows) os=win ;;
    *) fail "There is no runner for ${RUNNER_OS:-$(uname -s)}. Give one as input 'tool-path'." ;;
  esac
  case "${RUNNER_ARCH:-$(uname -m)}" in
    X64 | x86_64) cpu=x64 ;;
    ARM64 | arm64 | aarch64) cpu=arm64 ;;
    *) fail "There is no runner for ${RUNNER_ARCH:-$(uname -m)}. Give one as input 'tool-path'." ;;
  esac
  printf '%s-%s' "$os" "$cpu"
}

# The hash that runner.lock names for a version on a platform; of no version in particular, that of the last one. Prints version and hash.
locked() { # version, platform
  local version rid hash found=""
  while read -r version rid hash _; do
    [[ "$version" == '#'* || -z "$hash" || "$rid" != "$2" ]] && continue
    [[ -n "$1" && "$version" != "$1" ]] || found="$version $hash"
  done < "$lock"
  printf '%s' "$found"
}

is_cached() { [[ "${PGROLL_IN_CACHE:-true}" != false ]]; }

# A folder to work in: beside the cache's own, so that it gets to its place by one move.
workshop() {
  if is_cached; then mkdir -p "$cache" && mktemp -d "$cache/.incoming-XXXXXXXX"; else mktemp -d "$temporary/pgroll-XXXXXXXX"; fi
}

# Moves a finished folder to its place; of several runs at once the first one's stays.
publish() { # from, to
  mkdir -p "$(dirname "$2")"
  if [[ ! -d "$2" ]] && mv "$1" "$2"; then
    # Somebody was faster between the look and the move: then ours went into theirs.
    rm -rf "${2:?}/$(basename "$1")"
  fi
  rm -rf "$1"
  [[ -d "$2" ]] || fail "The tool cache cannot be written: $2." 6
  # A machine that is kept would collect them; what nobody used for a week, nobody uses now.
  find "$cache" "$temporary/pgroll-source" -mindepth 1 -maxdepth 1 -mtime +7 -exec rm -rf {} + 2> /dev/null || true
}

# Leaves the runner's file in a folder, or fails.
download() { # version, platform, hash, folder
  local base="${PGROLL_IN_DOWNLOAD_BASE_URL:-https://github.com/pgroll-build/pgroll-build/releases/download}"
  local name="dotnet-pgroll-$1-$2$exe"
  local url="${base%/}/v$1/$name" actual
  curl --fail --location --silent --show-error --retry 3 --connect-timeout 20 --output "$4/dotnet-pgroll$exe" -- "$url" \
    || { rm -rf "$4"; fail "The runner cannot be fetched from $url. Where the network does not reach it, give input 'download-base-url' or 'tool-path'." 3; }
  actual="$(hash_of "$4/dotnet-pgroll$exe")"
  [[ "$actual" == "$3" ]] \
    || { rm -rf "$4"; fail "What $url holds is not the runner that this version of the action expects: its SHA-256 is $actual, not $3." 6; }
  chmod +x "$4/dotnet-pgroll$exe"
}

from_release() { # version, hash
  local version="$1" hash="$2" rid folder workshop
  rid="$(platform)"
  folder="$cache/$version/$rid"
  if is_cached && [[ -f "$folder/dotnet-pgroll$exe" ]]; then
    if [[ "$(hash_of "$folder/dotnet-pgroll$exe")" == "$hash" ]]; then
      touch "$cache/$version" 2> /dev/null || true
      finish "$folder/dotnet-pgroll$exe" true
    fi
    printf 'The cached runner is not the expected one, and is fetched anew.\n'
    rm -rf "$folder"
  fi
  workshop="$(workshop)"
  download "$version" "$rid" "$hash" "$workshop"
  is_cached || finish "$workshop/dotnet-pgroll$exe" false
  publish "$workshop" "$folder"
  # It may be another run's, which was faster.
  [[ "$(hash_of "$folder/dotnet-pgroll$exe")" == "$hash" ]] || fail "The tool cache was changed meanwhile: $folder holds another runner than the expected one." 6
  finish "$folder/dotnet-pgroll$exe" false
}

# What the sources are, whether or not git is there to name their commit.
source_key() {
  (cd "$home" && find src global.json -type f ! -path '*/bin/*' ! -path '*/obj/*' -print0 | LC_ALL=C sort -z | xargs -0 "${sha256[@]}" | "${sha256[@]}" | cut -c 1-32)
}

from_source() {
  local folder workshop key
  key="$(source_key)"
  # Of what was built here nobody else knows the hash: it serves this job, and no other that may hold secrets which this one does not.
  folder="$temporary/pgroll-source/$key"
  if is_cached && [[ -f "$folder/SHA256SUMS" ]]; then
    if (cd "$folder" && "${sha256[@]}" -c SHA256SUMS > /dev/null 2>&1); then
      touch "$folder" 2> /dev/null || true
      finish "$folder/dotnet-pgroll$exe" true
    fi
    rm -rf "$folder"
  fi
  command -v dotnet > /dev/null || fail "This version of the action has no released runner, and building it needs the .NET 10 SDK: add actions/setup-dotnet before this step, or use a release."
  printf 'This version of the action has no released runner: it is built from source.\n'
  workshop="$(workshop)"
  # Its own folder for everything that the build writes: another step may build the same checkout.
  (cd "$home" && dotnet publish src/PgRoll.Build.Cli -c Release -o "$workshop/tool" -p:ArtifactsPath="$workshop/artifacts" -p:UseAppHost=true -nodeReuse:false -v:quiet -nologo) \
    || { rm -rf "$workshop"; fail "The runner cannot be built; the lines above say why." 3; }
  (cd "$workshop/tool" && find . -type f -print0 | xargs -0 "${sha256[@]}") > "$workshop/SHA256SUMS"
  mv "$workshop/SHA256SUMS" "$workshop/tool"
  is_cached || finish "$workshop/tool/dotnet-pgroll$exe" false
  publish "$workshop/tool" "$folder"
  rm -rf "$workshop"
  # It may be another step's, which was faster.
  (cd "$folder" && "${sha256[@]}" -c SHA256SUMS > /dev/null 2>&1) || fail "$folder was changed meanwhile: it is not what was built." 6
  finish "$folder/dotnet-pgroll$exe" false
}

if [[ -n "${PGROLL_IN_TOOL_PATH:-}" ]]; then
  [[ -f "$PGROLL_IN_TOOL_PATH" && -x "$PGROLL_IN_TOOL_PATH" ]] || fail "Input 'tool-path': '$PGROLL_IN_TOOL_PATH' is no file that can be run."
  finish "$PGROLL_IN_TOOL_PATH" false
fi

rid="$(platform)"
wanted="$(locked "${PGROLL_IN_VERSION:-}" "$rid")"
if [[ -n "$wanted" ]]; then
  from_release "${wanted%% *}" "${wanted##* }"
elif [[ -n "${PGROLL_IN_VERSION:-}" ]]; then
  fail "Input 'version': this version of the action knows no runner '$PGROLL_IN_VERSION' for $rid. Use the action's own tag of that version."
else
  from_source
fi
