import assert from "node:assert/strict";
import fc from "fast-check";
import { escapeText, placesWithin, readEmbedded, unwrapText, writtenText } from "../../../src/dataset/embedded-json.ts";
import { endOf, property, readTree, type Node } from "../../../src/dataset/json-node.ts";

/** JSON in a string, as any program may escape it. */
const json = fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.stringify(value));
const literal = fc.tuple(json, fc.boolean()).map(([text, all]) => (all ? `"${[...text].map((each) => (each.length === 1 ? `\\u${each.charCodeAt(0).toString(16).padStart(4, "0")}` : each)).join("")}"` : JSON.stringify(text)));

function treeOf(text: string): Node {
  const tree = readTree(text);
  assert.ok(tree);
  return tree;
}

function* nodesOf(node: Node): Generator<Node> {
  yield node;
  for (const child of node.children ?? []) yield* nodesOf(child);
}

describe("JSON in a string", () => {
  it("has each of its values at the characters that write it", () => {
    fc.assert(fc.property(literal, fc.string(), (written, before) => {
      const text = `{${JSON.stringify(before)}: ${written}}`;
      const held = property(treeOf(text), before);
      const embedded = held && readEmbedded(text, held);
      assert.ok(embedded);
      for (const node of nodesOf(embedded)) {
        const own = writtenText(text, node, 1);
        if (node.type !== "property") assert.deepEqual(JSON.parse(own), JSON.parse(String(held.value).slice(...plainRange(String(held.value), embedded, node))));
      }
      assert.deepEqual(JSON.parse(writtenText(text, embedded, 1)), JSON.parse(String(held.value)));
    }), { numRuns: 500 });
  });

  it("is found within a string within a string", () => {
    const inner = JSON.stringify({ city: "Orléans\n" });
    const text = JSON.stringify({ value: JSON.stringify({ arguments: inner }) });
    const outer = property(treeOf(text), "value");
    const given = outer && property(readEmbedded(text, outer), "arguments");
    const city = given && property(readEmbedded(text, given, 1), "city");
    assert.ok(city);
    assert.equal(writtenText(text, city, 2), '"Orléans\\n"');
    assert.equal(text.slice(city.offset, endOf(city)), escapeText('"Orléans\\n"', 2));
  });

  it("is written into strings as JSON writes it", () => {
    fc.assert(fc.property(json, fc.nat({ max: 2 }), (written, depth) => {
      const escaped = escapeText(written, depth);
      assert.equal(writtenText(escaped, { type: "string", offset: 0, length: escaped.length }, depth), written);
    }));
  });

  it("is nothing where the string holds none, and has a place for each character all the same", () => {
    const text = '"{\\"a\\""';
    assert.equal(readEmbedded(text, treeOf(text)), undefined);
    assert.deepEqual(placesWithin(text, treeOf(text)), [1, 2, 4, 5, 7]);
  });

  it("stands by itself on one line, and not with half of a character", () => {
    assert.equal(unwrapText('{\r\n "a": 1.0\n}\n'), '{  "a": 1.0 }');
    assert.equal(unwrapText('{"a": "\ud83d"}'), undefined);
  });
});

/** Where a node of an embedded tree stands in the plain text: by the tree of the plain text, in the same order. */
function plainRange(plain: string, embedded: Node, node: Node): [number, number] {
  const index = [...nodesOf(embedded)].indexOf(node);
  const same = [...nodesOf(treeOf(plain))][index];
  assert.ok(same);
  return [same.offset, endOf(same)];
}
