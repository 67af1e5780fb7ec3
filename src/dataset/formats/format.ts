import type { Node } from "../json-node.ts";

/** A way to write training records as JSON objects. */
export interface Format<Id extends string = string> {
  readonly id: Id;
  readonly title: string;
  /** Whether the keys of a record say that it means to be of this format, be it right or not. */
  recognises(record: Node): boolean;
}
