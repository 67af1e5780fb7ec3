import assert from "node:assert/strict";
import fc from "fast-check";
import { elementHeight, rowOffset, rowsInSight, scrolled, scrollTo, scrollToRow, tallestElement, type Extent } from "../../../webview/ui/scroll-mapping.ts";

const extent = fc.record({ rows: fc.oneof(fc.nat({ max: 1000 }), fc.integer({ min: 0, max: 50_000_000 })), rowHeight: fc.integer({ min: 20, max: 60 }), viewport: fc.integer({ min: 50, max: 3000 }) });
const many: Extent = { rows: 5_000_000, rowHeight: 26, viewport: 700 };

describe("scrolling through a list of any length", () => {
  it("needs no element taller than browsers allow, and shows the ends of the list at the ends of the element", () => {
    fc.assert(fc.property(extent, (list) => {
      assert.ok(elementHeight(list) <= tallestElement);
      const furthest = Math.max(0, elementHeight(list) - list.viewport);
      const end = scrollTo(list, Infinity);
      assert.ok(Math.abs(end.scrollTop - furthest) < 1e-6);
      assert.equal(rowsInSight(list, end).end, list.rows);
      assert.deepEqual(scrollTo(list, -1), { scrollTop: 0, top: 0 });
    }));
  });

  it("draws the rows in sight inside the viewport, and as few as that takes", () => {
    fc.assert(fc.property(extent, fc.double({ min: 0, max: 1, noNaN: true }), (list, share) => {
      const scroll = scrollTo(list, share * list.rows * list.rowHeight);
      const { first, end } = rowsInSight(list, scroll);
      assert.ok(end - first <= list.viewport / list.rowHeight + 2);
      if (first === end) return;
      const offsets = [first, end - 1].map((row) => rowOffset(list, scroll, row) - scroll.scrollTop);
      assert.ok(offsets.every((offset) => offset > -list.rowHeight && offset < list.viewport));
    }));
  });

  it("moves rows by the pixels of a small step, however long the list is", () => {
    const before = scrollTo(many, 40_000_000);
    const after = scrolled(many, before, before.scrollTop + 120);
    assert.equal(Math.round(after.top - before.top), 120);
    assert.equal(after.scrollTop, before.scrollTop + 120);
  });

  it("takes a long way of the scroll bar for its share of the list", () => {
    const half = (tallestElement - many.viewport) / 2;
    const { top } = scrolled(many, scrollTo(many, 0), half);
    assert.equal(Math.round(top), Math.round((many.rows * many.rowHeight - many.viewport) / 2));
  });

  it("reaches both ends of the list by small steps from anywhere", () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 60_000 }), fc.boolean(), (distance, up) => {
      const furthest = many.rows * many.rowHeight - many.viewport;
      let scroll = scrollTo(many, up ? distance : furthest - distance);
      for (let step = 0; step < distance / 100 + 2; step++) {
        // The browser keeps the element within its ends.
        const wanted = Math.min(tallestElement - many.viewport, Math.max(0, scroll.scrollTop + (up ? -100 : 100)));
        scroll = scrolled(many, scroll, wanted);
      }
      assert.deepEqual(scroll, scrollTo(many, up ? 0 : furthest));
    }), { numRuns: 50 });
  });

  it("shows any row whole, moves no further than that takes, and puts what was far away in the middle", () => {
    fc.assert(fc.property(extent.filter(({ rows, viewport, rowHeight }) => rows > 0 && viewport >= rowHeight), fc.nat(), fc.nat(), (list, from, to) => {
      const start = scrollTo(list, (from % list.rows) * list.rowHeight);
      const row = to % list.rows;
      const scroll = scrollToRow(list, start, row);
      const offset = rowOffset(list, scroll, row) - scroll.scrollTop;
      assert.ok(offset >= -1e-6 && offset + list.rowHeight <= list.viewport + 1e-6);
      assert.deepEqual(scrollToRow(list, scroll, row), scroll);
      const moved = Math.abs(scroll.top - start.top);
      if (moved <= list.viewport) assert.ok(moved === 0 || offset < 1e-6 || Math.abs(offset + list.rowHeight - list.viewport) < 1e-6 || scroll.top === 0 || rowsInSight(list, scroll).end === list.rows);
    }));
    const { top } = scrollToRow(many, scrollTo(many, 0), 1_000_000);
    assert.equal(top, 26_000_000 - (700 - 26) / 2);
  });
});
