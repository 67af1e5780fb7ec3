/** From the least to the most; the same where it is known exactly. */
export interface Span {
  readonly least: number;
  readonly most: number;
}
