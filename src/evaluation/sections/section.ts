/** A part of a report for people, in plain texts: each form of a report writes it in its own way. */
export interface Section {
  readonly title: string;
  readonly paragraphs: readonly string[];
  readonly tables: readonly Table[];
}

export interface Table {
  readonly title?: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}
