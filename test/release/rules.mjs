// What a release must be, as functions from its texts and lists to what is wrong with them: nothing, if it is right.

/** @param version of package.json */
export function versionProblems(changelog, version) {
  const [, newest] = changelog.match(/^## (.+)$/m) ?? [];
  if (newest === version) return [];
  return [`CHANGELOG.md begins with "${newest}", package.json says ${version}`];
}

/** The most bytes of the tarball. */
export const mostBytes = 1_500_000;

/**
 * @param files of the tarball
 * @param list a pattern a line, and comments after #
 */
export function contentProblems(files, list) {
  const patterns = list.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  const expressions = patterns.map(expressionOf);
  const unknown = files.filter((file) => !expressions.some((expression) => expression.test(file)));
  const unused = patterns.filter((_, index) => !files.some((file) => expressions[index].test(file)));
  return [
    ...unknown.map((file) => `${file} is packed and no pattern has it`),
    ...unused.map((pattern) => `nothing that is packed fits ${pattern}`),
  ];
}

/** @param pattern `*` is within a folder, `**` any depth */
function expressionOf(pattern) {
  const parts = pattern.split(/(\*\*|\*)/).map((part) => {
    if (part === "**") return ".*";
    return part === "*" ? "[^/]*" : part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  });
  return new RegExp(`^${parts.join("")}$`);
}
