/** A list of rows of one height, seen through a viewport. Lengths are in CSS pixels. */
export interface Extent {
  readonly rows: number;
  readonly rowHeight: number;
  readonly viewport: number;
}

/** Where a list is scrolled to. */
export interface Scroll {
  /** Where the scrolled element stands. */
  readonly scrollTop: number;
  /** How much of the list is above the viewport. Equal to `scrollTop` as long as the list is no taller than an element may be. */
  readonly top: number;
}

/** Browsers cut an element's height off, Firefox at 17.9 million pixels and Chromium at 33.5 million; a list of millions of rows is taller. */
export const tallestElement = 10_000_000;

/** At both ends of a list that is taller, so much of it is not compressed, so that its first and last rows are reached like those of any other. */
const trueLength = 100_000;

export function elementHeight({ rows, rowHeight }: Extent): number {
  return Math.min(rows * rowHeight, tallestElement);
}

/** The rows of which a part is in sight, from the first up to but without the last. */
export function rowsInSight(extent: Extent, { top }: Scroll): { readonly first: number; readonly end: number } {
  const first = Math.max(0, Math.floor(top / extent.rowHeight));
  return { first: Math.min(first, extent.rows), end: Math.min(extent.rows, Math.ceil((top + extent.viewport) / extent.rowHeight)) };
}

/** Where a row is drawn inside the element. */
export function rowOffset({ rowHeight }: Extent, { scrollTop, top }: Scroll, row: number): number {
  return scrollTop + row * rowHeight - top;
}

/** The scroll that has so much of the list above the viewport, as near as the list's ends allow. */
export function scrollTo(extent: Extent, top: number): Scroll {
  const furthest = furthestTop(extent);
  const clamped = Math.min(furthest, Math.max(0, top));
  const furthestElement = furthestScrollTop(extent);
  if (clamped <= trueLength || furthest === furthestElement) return { top: clamped, scrollTop: clamped };
  if (clamped >= furthest - trueLength) return { top: clamped, scrollTop: furthestElement - (furthest - clamped) };
  return { top: clamped, scrollTop: trueLength + (clamped - trueLength) / compression(extent) };
}

/** The scroll that shows a row whole: moving the list no further than that takes, or with the row in the middle where it was far away. */
export function scrollToRow(extent: Extent, scroll: Scroll, row: number): Scroll {
  const start = row * extent.rowHeight;
  const distance = Math.max(scroll.top - start, start + extent.rowHeight - scroll.top - extent.viewport);
  if (distance > extent.viewport) return scrollTo(extent, start - (extent.viewport - extent.rowHeight) / 2);
  if (start < scroll.top) return scrollTo(extent, start);
  if (start + extent.rowHeight > scroll.top + extent.viewport) return scrollTo(extent, start + extent.rowHeight - extent.viewport);
  return scroll;
}

/**
 * What a scroll of the element by the user means. A step within the viewport moves the rows by as many pixels, so that wheel and touch feel as ever; a
 * longer way is the scroll bar's, which stands for the whole list. Where small steps have brought the element to its end but not the list, the element is
 * moved to the place that stands for the list's: then `scrollTop` is another one than was given, and has to be set.
 */
export function scrolled(extent: Extent, before: Scroll, scrollTop: number): Scroll {
  const furthest = furthestTop(extent);
  const furthestElement = furthestScrollTop(extent);
  const step = scrollTop - before.scrollTop;
  if (furthest === furthestElement || Math.abs(step) > extent.viewport) return { scrollTop, top: topAt(extent, scrollTop) };
  const top = Math.min(furthest, Math.max(0, before.top + step));
  const elementEnded = scrollTop <= 0 || scrollTop >= furthestElement - 1;
  const nearListEnd = top <= trueLength || top >= furthest - trueLength;
  return elementEnded || nearListEnd ? scrollTo(extent, top) : { scrollTop, top };
}

/** How much of the list is above the viewport where the element stands at `scrollTop`: what `scrollTo` turns round. */
function topAt(extent: Extent, scrollTop: number): number {
  const furthest = furthestTop(extent);
  const furthestElement = furthestScrollTop(extent);
  const clamped = Math.min(furthestElement, Math.max(0, scrollTop));
  if (clamped <= trueLength || furthest === furthestElement) return clamped;
  if (clamped >= furthestElement - trueLength) return furthest - (furthestElement - clamped);
  return trueLength + (clamped - trueLength) * compression(extent);
}

/** Pixels of the list for one of the element, between its ends. */
function compression(extent: Extent): number {
  return (furthestTop(extent) - 2 * trueLength) / (furthestScrollTop(extent) - 2 * trueLength);
}

function furthestTop({ rows, rowHeight, viewport }: Extent): number {
  return Math.max(0, rows * rowHeight - viewport);
}

function furthestScrollTop(extent: Extent): number {
  return Math.max(0, elementHeight(extent) - extent.viewport);
}
