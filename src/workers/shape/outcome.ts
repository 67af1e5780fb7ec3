/** How shaping went. */
export interface Outcome {
  readonly records: number;
  /** The strata of a part, where records were told apart. */
  readonly strata?: (part: number) => readonly (readonly [name: string, records: number])[];
  /** Why a part may have no record, as the end of a sentence. */
  readonly reason?: string;
  /** What is still to be done once the parts are in their place. */
  readonly afterwards?: () => void;
}
