export function versionProblems(changelog: string, version: string): string[];
export const mostBytes: number;
export function contentProblems(files: readonly string[], list: string): string[];
