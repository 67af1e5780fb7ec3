import assert from "node:assert/strict";
import fc from "fast-check";
import { followLine } from "../../../../src/jobs/failure/follow-line.ts";

describe("following a line through an edit", () => {
  it("finds it wherever it has come to, as long as the edit has left it whole", () => {
    const lines = fc.array(fc.stringMatching(/^[a-z]{0,3}$/), { minLength: 1, maxLength: 6 });
    fc.assert(fc.property(lines, fc.nat(), fc.nat(), fc.nat(), fc.stringMatching(/^[A-Z\n]{0,6}$/), (before, chosen, one, other, text) => {
      const unique = before.map((line, index) => `${line}${index}`);
      const whole = unique.join("\n");
      const [from, to] = [one % (whole.length + 1), other % (whole.length + 1)].sort((a, b) => a - b) as [number, number];
      const placeOf = (offset: number) => ({ line: whole.slice(0, offset).split("\n").length - 1, character: offset - (whole.lastIndexOf("\n", offset - 1) + 1) });
      const after = `${whole.slice(0, from)}${text}${whole.slice(to)}`.split("\n");
      const line = chosen % unique.length;
      const now = after.indexOf(unique[line] ?? "");
      const places = followLine(line, { start: placeOf(from), end: placeOf(to), text });
      if (now >= 0) assert.ok(places.includes(now), `${line} → ${now}, not ${places.join(" or ")}`);
    }), { numRuns: 2000 });
  });
});
