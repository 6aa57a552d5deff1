/** How a column is stored. Integers are for counters, float64 for measurements. */
export type ColumnType = "int32" | "float32" | "float64";

/** A column's values as they are kept, written and read. */
export type Column = Int32Array | Float32Array | Float64Array;

/** A column as its task declares it. */
export interface ColumnDeclaration {
  readonly type: ColumnType;
  readonly meaning: string;
  /** Left out where the number has none. */
  readonly unit?: string;
}

/** Columns by name, in the order in which they are stored. */
export type Columns<Name extends string = string> = Readonly<Record<Name, ColumnDeclaration>>;

/** A table as its task declares it: plain data, to be imported by what writes it and by what reads it. */
export interface TableDeclaration<Name extends string = string> {
  /** The table's name; it is stored as `<name>.parquet`. */
  readonly name: string;
  /** The event that a row stands for: `one per update of the optimizer`. */
  readonly rows: string;
  /** The columns that every run has. */
  readonly columns: Columns<Name>;
  /**
   * The columns that a run has or has not, as its configuration asks. A name may hold a placeholder: `<parameter>` is
   * one column for each drifting parameter, of that parameter's name.
   */
  readonly further?: Columns;
}

/** The tables of a task, by name. */
export type Tables = Readonly<Record<string, TableDeclaration>>;

/** A number, text or list of a run's summary, as its task declares it. */
export type SummaryField = Omit<ColumnDeclaration, "type">;

/** The fields of a run's summary, by path: `measured.radius`. */
export type SummaryFields = Readonly<Record<string, SummaryField>>;

/** A column's declaration: how it is stored, what it means, and its unit where it has one. */
export function column(type: ColumnType, meaning: string, unit?: string): ColumnDeclaration {
  return { type, ...field(meaning, unit) };
}

/** The declaration of a summary's field: what it means, and its unit where it has one. */
export function field(meaning: string, unit?: string): SummaryField {
  return unit === undefined ? { meaning } : { meaning, unit };
}

/** Tables that take their names from their keys. */
export function declareTables<Declared extends Readonly<Record<string, Omit<TableDeclaration, "name">>>>(
  tables: Declared,
): { readonly [Name in keyof Declared & string]: Declared[Name] & { readonly name: Name } } {
  const named = Object.entries(tables).map(([name, table]) => [name, { name, ...table }]);
  return Object.fromEntries(named);
}

/** The storage type of each column. */
export function typesOf<Name extends string>(columns: Columns<Name>): Readonly<Record<Name, ColumnType>> {
  const types = Object.entries<ColumnDeclaration>(columns).map(([name, { type }]) => [name, type]);
  return Object.fromEntries(types);
}

/** The same declaration for each of several columns, as a placeholder's is for those that it stands for. */
export function columnsNamed(names: readonly string[], declaration: ColumnDeclaration): Columns {
  return Object.fromEntries(names.map((name) => [name, declaration]));
}
