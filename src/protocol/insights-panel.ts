import type { Chart, Selection } from "../dataset/insight/charts.ts";

/** What the page of a dataset's insights asks of the host and hears from it. */
export interface InsightsPanel {
  readonly requests: {
    /** The page has loaded, or loaded again. */
    readonly view: { readonly params: null; readonly result: InsightsView };
    /** Shows the records that a bar stands for in the record viewer. */
    readonly show: { readonly params: ShowRequest; readonly result: null };
    /** Asks for another file, which is shown beside the first; `changed` tells of it. */
    readonly compare: { readonly params: null; readonly result: null };
    /** Shows the first file alone again. */
    readonly alone: { readonly params: null; readonly result: null };
    /** Has a model score the first file; `changed` tells what it finds unlikely. */
    readonly score: { readonly params: null; readonly result: null };
    /** Opens a record of the first file, by its line from 0. */
    readonly openRecord: { readonly params: OpenRequest; readonly result: null };
    /** Reads the files as they are now. */
    readonly readAgain: { readonly params: null; readonly result: null };
  };
  readonly events: {
    readonly changed: InsightsView;
  };
}

export interface InsightsView {
  /** One file, or two that are compared. */
  readonly files: readonly ViewedFile[];
  readonly charts: readonly Chart[];
  /** What a model finds unlikely of the first file, once it has scored it. */
  readonly unlikely?: ViewedUnlikely;
}

/** Records that a model finds unlikely, the least likely first. */
export interface ViewedUnlikely {
  readonly model: string;
  /** How they were found, and what was left out, as sentences. */
  readonly notes: readonly string[];
  /** Lines count from 0; long texts are cut. */
  readonly records: readonly { readonly line: number; readonly loss: number; readonly question: string; readonly answer: string }[];
}

export interface OpenRequest {
  readonly line: number;
}

export interface ViewedFile {
  /** The dataset's address, which the page keeps so that the panel survives a reload. */
  readonly file: string;
  readonly name: string;
  readonly records: number;
  /** Lines that hold no record. */
  readonly unread: number;
  /** How its tokens were counted, and what was left out, as sentences. */
  readonly notes: readonly string[];
  /** What all records share. */
  readonly constants: readonly { readonly says: string; readonly text: string }[];
}

export interface ShowRequest {
  /** The place of the file. */
  readonly of: number;
  readonly selection: Selection;
  /** How the bar is called. */
  readonly label: string;
}
