# fish completion for ringdown: ringdown completion fish | source
#
# ringdown __complete <words> answers with a line that says which paths are to be added (none, files, folders), then a
# word a line, with a tab and what it is. After words that end in = or . fish sets no space of its own accord.
function __ringdown_complete
  set -l words (commandline -opc)
  set -l current (commandline -ct)
  set -l lines ($words[1] __complete $words[2..-1] "$current" 2> /dev/null)
  for line in $lines[2..-1]
    echo $line
  end
  switch "$lines[1]"
    case files
      __fish_complete_path "$current"
    case folders
      __fish_complete_directories "$current" ""
  end
end
complete -c ringdown -f -a "(__ringdown_complete)"
