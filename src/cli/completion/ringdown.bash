# Bash completion for ringdown: source <(ringdown completion bash)
#
# ringdown __complete <words> answers with a line that says which paths are to be added (none, files, folders), then a
# word a line, with a tab and what it is. Words that end in = or . are gone on with, without a space.
_ringdown() {
  local line="${COMP_LINE:0:COMP_POINT}" IFS=$' \t\n'
  local -a words
  read -ra words <<< "$line"
  case "$line" in *[[:space:]]) words+=("") ;; esac
  # Readline takes = and : for the end of a word: only what follows them is replaced.
  local current="${words[${#words[@]}-1]}" seen="${COMP_WORDS[COMP_CWORD]}"
  case "$seen" in = | :) seen="" ;; esac
  local kept="${current%"$seen"}" paths="" word about
  COMPREPLY=()
  while IFS=$'\t' read -r word about; do
    if [ -z "$paths" ]; then
      paths="$word"
      continue
    fi
    COMPREPLY+=("${word#"$kept"}")
    # Bash 3.2 has no compopt, and sets a space.
    case "$word" in *[=.]) compopt -o nospace 2> /dev/null ;; esac
  done < <("${COMP_WORDS[0]}" __complete "${words[@]:1}" 2> /dev/null)
  local option=""
  case "$paths" in
    files) option=-f ;;
    folders) option=-d ;;
    *) return ;;
  esac
  while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen "$option" -- "$seen")
  compopt -o filenames 2> /dev/null
}
complete -F _ringdown ringdown
