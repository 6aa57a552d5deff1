#compdef ringdown
# zsh completion for ringdown, after compinit: source <(ringdown completion zsh)
#
# ringdown __complete <words> answers with a line that says which paths are to be added (none, files, folders), then a
# word a line, with a tab and what it is. Words that end in = or . are gone on with, without a space.
_ringdown() {
  local -a lines whole wholeAbout begun begunAbout
  local line word
  lines=("${(@f)$(${words[1]} __complete "${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}" 2> /dev/null)}")
  for line in "${(@)lines[2,-1]}"; do
    word=${line%%$'\t'*}
    case $word in
      *[=.]) begun+=("$word"); begunAbout+=("${line/$'\t'/  }") ;;
      *) whole+=("$word"); wholeAbout+=("${line/$'\t'/  }") ;;
    esac
  done
  (( $#whole )) && compadd -l -d wholeAbout -a whole
  (( $#begun )) && compadd -l -S '' -d begunAbout -a begun
  case $lines[1] in
    files) _files ;;
    folders) _files -/ ;;
  esac
}
compdef _ringdown ringdown
