import assert from "node:assert/strict";
import { columnsOf, createPaint, showsColours } from "../../../src/cli/terminal.ts";

describe("what a terminal shows", () => {
  const terminal = { isTTY: true };
  const pipe = {};

  it("is colours when it can, and when it is told to", () => {
    assert.equal(showsColours(terminal, { TERM: "xterm-256color" }), true);
    assert.equal(showsColours(terminal, { TERM: "dumb" }), false);
    assert.equal(showsColours(pipe, { TERM: "xterm-256color" }), false);
    assert.equal(showsColours(pipe, { FORCE_COLOR: "1" }), true);
    assert.equal(showsColours(terminal, { TERM: "xterm", FORCE_COLOR: "0" }), false);
  });

  it("is no colours when NO_COLOR says so; an empty NO_COLOR says nothing", () => {
    assert.equal(showsColours(terminal, { TERM: "xterm-256color", NO_COLOR: "1" }), false);
    assert.equal(showsColours(terminal, { TERM: "xterm-256color", NO_COLOR: "" }), true);
  });

  it("is as wide as it says, and 80 columns when it says nothing", () => {
    assert.deepEqual([columnsOf({ columns: 132 }), columnsOf({}), columnsOf({ columns: 0 })], [132, 80, 80]);
  });

  it("is painted, or left as it is", () => {
    assert.equal(createPaint(true)("red", "x"), "\u001b[31mx\u001b[39m");
    assert.equal(createPaint(false)("red", "x"), "x");
  });
});
