# Completes the command paintdry in Bash: with PAINTDRY_COMPLETE set, the command itself prints the possible next words.
_clap_complete_paintdry() {
    local word words=("${COMP_WORDS[@]}")
    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
        words[COMP_CWORD]="$2"
    fi
    # `read` neither expands nor runs a word, whatever a file is called.
    IFS=$'\v' read -r -d '' -a COMPREPLY < <(
        _CLAP_IFS=$'\v' _CLAP_COMPLETE_INDEX="$COMP_CWORD" PAINTDRY_COMPLETE=bash paintdry -- "${words[@]}"
    )
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
