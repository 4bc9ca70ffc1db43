# shellcheck shell=bash
# What the benchmarks share; sourced by each of them after its own usage(), with the names of its options set:
# numbers, flags and files, each a list of variables. An option --peers-only sets the flag peers_only to yes.

say() { printf 'bench: %s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

parse_options() {
    local option name
    while (($#)); do
        option=$1 name=${1#--}
        name=${name//-/_}
        if [[ $option == -h || $option == --help ]]; then
            usage
            exit 0
        elif [[ $option != --* || " ${numbers-} ${flags-} ${files-} " != *" $name "* ]]; then
            usage >&2
            exit 2
        fi
        if [[ " ${flags-} " == *" $name "* ]]; then
            declare -g "$name=yes"
            shift
            continue
        fi
        if [[ " ${numbers-} " == *" $name "* ]]; then
            [[ ${2:-} =~ ^[1-9][0-9]*$ ]] || fail "$option wants a positive whole number"
            declare -g "$name=$2"
        else
            declare -g "$name=$(realpath -e "${2:?$option wants a file}")"
        fi
        shift 2
    done
}

require_tools() {
    local tool
    for tool in "$@"; do
        command -v "$tool" >/dev/null || fail "$tool is not installed"
    done
    [[ -n $(type -P time) ]] || fail "GNU time is not installed"
}

# enter_scratch NAME MEGABYTES: makes the scratch directory "work", if there is room for so much, and goes there.
enter_scratch() {
    work=$(mktemp -d "${BENCH_DIR:-${TMPDIR:-/tmp}}/$1.XXXXXX")
    cd "$work" || exit
    mkdir raw
    local free
    free=$(($(df --output=avail -B1000000 . | tail -1)))
    ((free > $2)) || fail "$work has $free MB free, $2 MB are needed (see BENCH_DIR)"
}

# They would point the program at somebody's real data.
unset WORK_BUDDY_DATA_DIR WORK_BUDDY_CONFIG_DIR
