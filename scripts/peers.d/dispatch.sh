# Sourced by scripts/bench and scripts/reproduce: finds and runs one named script of their folder.
# A script is NAME (an executable) or NAME.py (run by the peers' Python); its second line says in a
# comment, or its docstring's first line says, what it does. It gets in its environment
#   VECTORMILL_HOME    this checkout
#   VECTORMILL_DATA    folder of the data sets
#   VECTORMILL_PEERS   virtual environment of the Python peers
#   VECTORMILL_CACHE   where it may keep what it prepares
#   VECTORMILL_OUT     where it writes its tables

here=$(cd "$(dirname "${BASH_SOURCE[1]}")" && pwd)
kind=$(basename "${BASH_SOURCE[1]}")
folder="$here/$kind.d"

usage() {
  sed -n '2,/^set/s/^# \{0,1\}//p' "$here/$kind"
}

list() {
  local file name
  for file in "$folder"/[a-z]*; do
    [[ -f $file ]] || continue
    name=$(basename "$file" .py)
    printf '%-18s %s\n' "$name" "$(sed -n '1s/^"""//p;2s/^# //p' "$file" | head -1)"
  done
}

dispatch() {
  local name="" data="" arguments=()
  while (($#)); do
    case $1 in
      -h | --help) [[ -n $name ]] && arguments+=("$1") || { usage; exit 0; } ;;
      --list) list; exit 0 ;;
      --data) data=${2:?--data needs a folder}; shift ;;
      --data=*) data=${1#--data=} ;;
      *) [[ -z $name ]] && name=$1 || arguments+=("$1") ;;
    esac
    shift
  done
  if [[ -z $name ]]; then
    usage >&2
    exit 2
  fi
  VECTORMILL_HOME=$(cd "$here/.." && pwd)
  VECTORMILL_DATA=${data:-${VECTORMILL_SHARED:-$VECTORMILL_HOME/../shared}/data}
  VECTORMILL_CACHE=${VECTORMILL_CACHE:-$HOME/.cache/vectormill}
  VECTORMILL_OUT=${VECTORMILL_OUT:-$VECTORMILL_HOME/vectormill-out/$kind}
  export VECTORMILL_HOME VECTORMILL_DATA VECTORMILL_CACHE VECTORMILL_OUT
  if [[ ! -f $folder/$name && ! -f $folder/$name.py ]]; then
    echo "$kind: no $kind is named \"$name\"; $kind --list names them" >&2
    exit 2
  fi
  VECTORMILL_PEERS=$("$here/peers")
  export VECTORMILL_PEERS
  if [[ -f $folder/$name.py ]]; then
    export PYTHONPATH="$here/peers.d" PYTHONDONTWRITEBYTECODE=1
    exec "$VECTORMILL_PEERS/bin/python" "$folder/$name.py" "${arguments[@]}"
  fi
  exec "$folder/$name" "${arguments[@]}"
}
