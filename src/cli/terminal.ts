import { WriteStream } from "node:tty";
import { styleText } from "node:util";

/**
 * Whether a stream is to show colours: FORCE_COLOR and NO_COLOR decide where they are set (no-color.org; an empty NO_COLOR is none),
 * else whether it is a terminal that can.
 */
export function showsColours(stream: { readonly isTTY?: boolean }, environment: NodeJS.ProcessEnv): boolean {
  const { NO_COLOR, ...rest } = environment;
  const heeded = NO_COLOR ? environment : rest;
  // Node's own reading of these variables needs no terminal to be asked.
  return (stream.isTTY === true || environment["FORCE_COLOR"] !== undefined) && WriteStream.prototype.hasColors(heeded);
}

/** The width of a terminal; 80 for what has none, as before there were windows. */
export function columnsOf(stream: { readonly columns?: number }): number {
  return stream.columns === undefined || stream.columns <= 0 ? 80 : stream.columns;
}

export type Style = "bold" | "dim" | "red" | "yellow" | "cyan";
export type Paint = (style: Style, text: string) => string;

/** Puts text in a style, or leaves it as it is. */
export function createPaint(colour: boolean): Paint {
  return colour ? (style, text) => styleText(style, text, { validateStream: false }) : (_style, text) => text;
}
