import { join } from "node:path";
import { Application, type TypeDocOptions } from "typedoc";
import { packageRoot } from "../config/package.js";

/** The doors of the package, as package.json's exports name them. */
const doors = ["src", "src/optim", "envs", "agents", "gan", "reports", "src/stats", "src/theory", "src/dynamics"];

const options: Partial<TypeDocOptions> = {
  entryPoints: doors.map((door) => join(packageRoot, door, "index.ts")),
  tsconfig: join(packageRoot, "tsconfig.build.json"),
  name: "Ringdown",
  readme: "none",
  disableSources: true,
  excludeInternal: true,
  excludePrivate: true,
  excludeProtected: true,
  excludeExternals: true,
  hideGenerator: true,
  githubPages: false,
  // An export without a word about it, and a link to nothing, are errors.
  validation: {
    notExported: false,
    invalidLink: true,
    notDocumented: true,
    rewrittenLink: true,
    unusedMergeModuleWith: true,
  },
  requiredToBeDocumented: ["Enum", "Variable", "Function", "Class", "Interface", "TypeAlias"],
  treatWarningsAsErrors: true,
  treatValidationWarningsAsErrors: true,
};

/**
 * Writes a page for every export into a folder.
 *
 * @returns whether every export has a docstring and every link an end; what is missing has been printed
 */
export async function writeApi(folder: string): Promise<boolean> {
  const application = await Application.bootstrap(options);
  const project = await application.convert();
  if (project === undefined) return false;
  application.validate(project);
  if (application.logger.hasErrors() || application.logger.hasWarnings()) return false;
  await application.generateDocs(project, folder);
  return true;
}
