import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { assign, parseAssignment } from "../../src/study/assign.js";

const set = (document: unknown, path: string, value: unknown) => assign(document, { path, value }, "--set");

describe("assigning by path", () => {
  it("replaces what is there and leaves the document alone", () => {
    const document = { a: { b: 1, c: 2 }, list: [1, { d: 3 }] };
    expect(set(document, "a.b", 9)).toEqual({ a: { b: 9, c: 2 }, list: [1, { d: 3 }] });
    expect(set(document, "list.1.d", 9)).toEqual({ a: { b: 1, c: 2 }, list: [1, { d: 9 }] });
    expect(document).toEqual({ a: { b: 1, c: 2 }, list: [1, { d: 3 }] });
  });

  it("creates maps on the way, also where the file wrote nothing after a key", () => {
    expect(set({}, "a.b.c", 1)).toEqual({ a: { b: { c: 1 } } });
    expect(set({ a: null }, "a.b", 1)).toEqual({ a: { b: 1 } });
  });

  it("means the longest key that is there, as a grid's axes have dots", () => {
    const grid = { "optimizer.lr": [1], optimizer: { lr: [2] } };
    expect(set(grid, "optimizer.lr", [3])).toEqual({ "optimizer.lr": [3], optimizer: { lr: [2] } });
    expect(set({}, '"optimizer.lr"', [3])).toEqual({ "optimizer.lr": [3] });
  });

  it("says where a path leads nowhere", () => {
    expect(() => set({ a: { b: 1 } }, "a.b.c", 2)).toThrow('--set: a.b: expected a map or a list to hold "c", found 1');
    expect(() => set({ list: [1, 2] }, "list.2", 3)).toThrow('--set: list: expected an index from 0 to 1, found "2"');
    expect(() => set({ list: [1, 2] }, "list.x", 3)).toThrow('expected an index from 0 to 1, found "x"');
    expect(() => set({ list: [] }, "list.0", 3)).toThrow("but the list is empty");
    expect(() => set({}, "a..b", 1)).toThrow('expected a path of keys joined by dots, found "a..b"');
  });

  it("touches no prototype", () => {
    expect(() => set({}, "__proto__.polluted", true)).toThrow('--set: a key cannot be named "__proto__"');
    expect(() => set({}, 'a."constructor".b', true)).toThrow('--set: a key cannot be named "constructor"');
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it("can be read back at the same path", () => {
    const key = fc.stringMatching(/^[a-z]{1,4}$/);
    fc.assert(
      fc.property(fc.array(key, { minLength: 1, maxLength: 5 }), fc.dictionary(key, fc.integer()), (path, value) => {
        const changed = set({}, path.join("."), value);
        expect(
          path.reduce((here, name) => (here as Record<string, unknown>)[name] as object, changed as object),
        ).toEqual(value);
      }),
    );
  });
});

describe("--set path=value", () => {
  it("reads the value as YAML", () => {
    const value = (text: string) => parseAssignment(`a=${text}`).value;
    expect(value("0.9")).toBe(0.9);
    expect(value("-1e-3")).toBe(-0.001);
    expect(value("[64, 64]")).toEqual([64, 64]);
    expect(value("{ name: adam }")).toEqual({ name: "adam" });
    expect(value("true")).toBe(true);
    expect(value("tanh")).toBe("tanh");
    expect(value("")).toBeNull();
    expect(value("a=b")).toBe("a=b");
  });

  it("minds no spaces around the equals sign", () => {
    expect(parseAssignment("optimizer.lr = 0.1")).toEqual({ path: "optimizer.lr", value: 0.1 });
  });

  it("says in one line what is wrong", () => {
    expect(() => parseAssignment("lr")).toThrow("--set lr: expected path=value, as in --set optimizer.lr=0.01");
    expect(() => parseAssignment("=1")).toThrow("expected path=value");
    expect(() => parseAssignment("a=[1")).toThrow(/^--set a=\[1: the value is not YAML: [^\n]*$/);
  });
});
