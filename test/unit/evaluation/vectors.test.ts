import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { globSync } from "tinyglobby";
import * as evaluation from "../../../src/evaluation/index.ts";

interface Vectors {
  readonly reference: string;
  readonly cases: readonly { readonly input: never; readonly output: unknown }[];
}

const functions = new Map(Object.entries(evaluation) as [string, (input: never) => unknown][]);
const files = new Map(globSync("test/fixtures/evaluation/vectors/*.json").sort().map((file) => [basename(file, ".json"), JSON.parse(readFileSync(file, "utf8"), undefinedNumbers) as Vectors]));
const tolerance = 1e-9;

/** JSON has no NaN and no infinity: the vectors have them as words. */
function undefinedNumbers(_key: string, value: unknown): unknown {
  return value === "NaN" ? Number.NaN : value === "Infinity" ? Infinity : value === "-Infinity" ? -Infinity : value;
}

/** Where two values differ by more than the tolerance, in words; undefined where they do not. */
function difference(actual: unknown, expected: unknown, path = ""): string | undefined {
  if (typeof expected === "number") {
    const same = typeof actual === "number" && (Object.is(actual, expected) || Math.abs(actual - expected) <= tolerance * Math.max(1, Math.abs(expected)));
    return same ? undefined : `${path}: ${String(actual)} is not ${expected}`;
  }
  if (typeof expected !== "object" || expected === null) return actual === expected ? undefined : `${path}: ${String(actual)} is not ${String(expected)}`;
  if (typeof actual !== "object" || actual === null) return `${path}: ${String(actual)} is no object`;
  const [names, given] = [Object.keys(expected).sort(), Object.keys(actual).sort()];
  if (names.join("\n") !== given.join("\n")) return `${path} has ${given.join(", ")} and not ${names.join(", ")}`;
  return names.map((name) => difference((actual as Record<string, unknown>)[name], (expected as Record<string, unknown>)[name], `${path}/${name}`)).find((found) => found !== undefined);
}

describe("reference vectors", () => {
  it("there are some for every function that the evaluation exports, and for no other", () => {
    assert.deepEqual([...files.keys()].sort(), [...functions.keys()].sort());
  });

  it("tell a number that is wrong by more than a billionth, a missing key, and NaN from 0", () => {
    assert.equal(difference({ p: 1 }, { p: 1 + 1e-10 }), undefined);
    assert.match(difference({ p: 1 }, { p: 1 + 1e-8 }) ?? "", /\/p: 1 is not/);
    assert.match(difference({ p: 0 }, { p: Number.NaN }) ?? "", /0 is not NaN/);
    assert.match(difference({ p: 0 }, { p: 0, q: 0 }) ?? "", /has p and not p, q/);
  });

  for (const [name, { reference, cases }] of files) {
    it(`${name} equals its reference on ${cases.length} inputs: ${reference}`, () => {
      assert.ok(cases.length >= 7);
      const wrong = cases.flatMap(({ input, output }) => {
        const found = difference(functions.get(name)?.(input), output);
        return found === undefined ? [] : [`${JSON.stringify(input).slice(0, 300)} ${found}`];
      });
      assert.deepEqual(wrong, []);
    });
  }
});
