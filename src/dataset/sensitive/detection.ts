/** Something in a text that should not be learnt. */
export interface Detection {
  readonly index: number;
  readonly length: number;
  readonly kind: SensitiveKind;
}

/** What is looked for: its name in a sentence, and what stands in its place when it is redacted. */
export interface SensitiveKind {
  readonly name: string;
  readonly placeholder: string;
  /** How a value is shown in a message; as it is where this is left out. */
  readonly show?: (value: string) => string;
}

/** Finds what one pattern finds. What overlaps what was found before it is left out by `detect`. */
export type Detector = (text: string) => Iterable<Detection>;

/** What detectors find in a text, in the order of the text; where two overlap, the detector that comes first in the list is right. */
export function detect(text: string, detectors: readonly Detector[]): readonly Detection[] {
  const found: Detection[] = [];
  for (const detector of detectors) {
    for (const detection of detector(text)) {
      if (found.every(({ index, length }) => index + length <= detection.index || detection.index + detection.length <= index)) found.push(detection);
    }
  }
  return found.sort((a, b) => a.index - b.index);
}

/** Whether detectors find anything in a text. */
export function finds(text: string, detectors: readonly Detector[]): boolean {
  return detectors.some((detector) => detector(text)[Symbol.iterator]().next().done !== true);
}

/** A value of which only the end is shown: who knows it recognises it, and a log does not hold it. */
export function showEnd(value: string): string {
  return `…${value.slice(-4)}`;
}

/** A value of which only the beginning is shown, which says what it is. */
export function showBeginning(value: string): string {
  return `${value.slice(0, Math.min(8, Math.floor(value.length / 3)))}…`;
}
