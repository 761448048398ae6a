# Completes the command paintdry in Bash: with PAINTDRY_COMPLETE set, the command itself prints the possible next words.
_clap_complete_paintdry() {
    local at current=0 option="" word words=()
    for ((at = 0; at < ${#COMP_WORDS[@]}; at++)); do
        word="${COMP_WORDS[at]}"
        if [[ $at -eq $COMP_CWORD && $word != = && "${BASH_VERSINFO[0]}" -ge 4 ]]; then
            word="$2"
        fi
        # Bash splits `--option=value` at the sign, and replaces only what comes after it.
        if [[ $at -gt $COMP_CWORD ]]; then
            words+=("$word")
        elif [[ $word == = && $at -gt 1 && "${COMP_WORDS[at - 1]}" == --* ]]; then
            option="${words[current]}="
            words[current]="$option"
        elif [[ -n $option && "${COMP_WORDS[at - 1]}" == = ]]; then
            words[current]="$option$word"
        else
            option=""
            current=${#words[@]}
            words+=("$word")
        fi
    done
    # `read` neither expands nor runs a word, whatever a file is called.
    IFS=$'\v' read -r -d '' -a COMPREPLY < <(
        _CLAP_IFS=$'\v' _CLAP_COMPLETE_INDEX="$current" PAINTDRY_COMPLETE=bash paintdry -- "${words[@]}"
    )
    COMPREPLY=("${COMPREPLY[@]#"$option"}")
    for word in "${COMPREPLY[@]}"; do
        if [[ $word == *[![:alnum:]_.,:=/+-]* ]]; then
            COMPREPLY=() # A file's name that must be quoted: Bash lists the files itself, and quotes what it inserts.
            return
        fi
    done
    if [[ "${COMPREPLY-}" =~ [=/:]$ ]]; then
        compopt -o nospace 2> /dev/null
    fi
}
if [[ "${BASH_VERSINFO[0]}" -eq 4 && "${BASH_VERSINFO[1]}" -ge 4 || "${BASH_VERSINFO[0]}" -gt 4 ]]; then
    complete -o bashdefault -o default -o nosort -F _clap_complete_paintdry paintdry
else
    complete -o bashdefault -o default -F _clap_complete_paintdry paintdry
fi
