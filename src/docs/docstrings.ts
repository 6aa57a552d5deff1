import ts from "typescript";
import type { Docstring } from "../cli/reference/docstrings.js";

/**
 * The docstrings of what a source file defines by name: of each variable at its top that holds a definition, its own and
 * that of the function or class that it is made by.
 *
 *     export const rmspropDefinition = defineRule({ schema, make: rmsprop });   // the docstring of rmsprop
 *
 * @param file its path, kept with each
 */
export function docstringsOf(file: string, text: string): Docstring[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const declared = declarationsOf(source);
  return [...declared.values()].flatMap((declaration) => {
    if (!ts.isVariableDeclaration(declaration) || declaration.initializer === undefined) return [];
    const mentioned = identifiersIn(declaration.initializer).flatMap((name) => declared.get(name) ?? []);
    const variables = [declaration, ...mentioned.filter(ts.isVariableDeclaration)];
    const name = variables.map(({ initializer }) => nameIn(initializer)).find((found) => found !== undefined);
    if (name === undefined) return [];
    const makers = mentioned.filter((one) => !ts.isVariableDeclaration(one)).map(commentOf);
    const text = [commentOf(declaration), makers.toSorted((a, b) => b.length - a.length)[0] ?? ""];
    const own = text.filter((one) => one !== "").join("\n\n");
    return own === "" ? [] : [{ file, name, text: own }];
  });
}

type Declaration = ts.FunctionDeclaration | ts.ClassDeclaration | ts.VariableDeclaration;

function declarationsOf(source: ts.SourceFile): Map<string, Declaration> {
  const declared = source.statements.flatMap((statement): Declaration[] => {
    if (ts.isVariableStatement(statement)) return [...statement.declarationList.declarations];
    return ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement) ? [statement] : [];
  });
  return new Map(
    declared.flatMap((one) => (one.name !== undefined && ts.isIdentifier(one.name) ? [[one.name.text, one]] : [])),
  );
}

function identifiersIn(node: ts.Node): string[] {
  const found = new Set<string>();
  const visit = (inner: ts.Node): void => {
    if (ts.isIdentifier(inner)) found.add(inner.text);
    ts.forEachChild(inner, visit);
  };
  visit(node);
  return [...found];
}

/** `"ring"` of `name: z.literal("ring")`, of `optionsSchema("ring", …)`, of `id: "ring"` and of `frozenLake("ring", …)`. */
function nameIn(initializer: ts.Expression | undefined): string | undefined {
  let found: string | undefined;
  const visit = (node: ts.Node): void => {
    if (found !== undefined) return;
    if (ts.isPropertyAssignment(node)) {
      const key = node.name.getText();
      if (key === "name" && ts.isCallExpression(node.initializer)) found = firstText(node.initializer);
      if (key === "id" && ts.isStringLiteral(node.initializer)) found = node.initializer.text;
    }
    ts.forEachChild(node, visit);
  };
  if (initializer === undefined) return undefined;
  if (ts.isCallExpression(initializer) && ts.isIdentifier(initializer.expression)) found = firstText(initializer);
  visit(initializer);
  return found;
}

function firstText({ arguments: [first] }: ts.CallExpression): string | undefined {
  return first !== undefined && ts.isStringLiteral(first) ? first.text : undefined;
}

/** A declaration's docstring up to its first tag, without asterisks; links as the names that they are to. */
function commentOf(declaration: Declaration): string {
  const owner = ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration;
  const comment = ts.getJSDocCommentsAndTags(owner).find(ts.isJSDoc);
  if (comment === undefined) return "";
  const lines = comment
    .getText()
    .replace(/^\/\*\*|\*\/$/g, "")
    .split("\n")
    .map((line) => line.replace(/^\s*\* ?/, "").trimEnd());
  const end = lines.findIndex((line) => line.trimStart().startsWith("@"));
  return lines
    .slice(0, end < 0 ? undefined : end)
    .join("\n")
    .replaceAll(/\{@link (\w+)\}/g, "$1")
    .trim();
}
