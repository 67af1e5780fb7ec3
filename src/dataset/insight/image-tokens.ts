import { imageSize } from "image-size";
import { firstBytes } from "../image-bytes.ts";

/** A picture of a message: a data URI or another address, and how closely it is to be looked at, where that is said. */
export interface Picture {
  readonly address: string;
  readonly detail: string | undefined;
}

/** What a picture is billed as, in tokens; undefined where its size is not known, as it stands somewhere else. */
export type CountImage = (picture: Picture) => number | undefined;

/** How a model's provider counts pictures: a base and so many for each tile of 512 pixels, or so many for each patch of 32 pixels. */
export type ImageFormula = { readonly by: "tiles"; readonly base: number; readonly tile: number } | { readonly by: "patches"; readonly factor: number };

interface Size {
  readonly width: number;
  readonly height: number;
}

/** By the beginnings of names; the first that fits counts. Source: https://developers.openai.com/api/docs/guides/images-vision#calculating-costs */
const formulas: readonly (readonly [name: RegExp, formula: ImageFormula])[] = [
  [/^gpt-4o-mini/, { by: "tiles", base: 2833, tile: 5667 }],
  [/^gpt-4\.1-mini/, { by: "patches", factor: 1.62 }],
  [/^gpt-4\.1-nano/, { by: "patches", factor: 2.46 }],
  [/^o4-mini/, { by: "patches", factor: 1.72 }],
  [/^(gpt-4o|gpt-4\.1|gpt-4\.5)/, { by: "tiles", base: 85, tile: 170 }],
  [/^(o1|o3)(?!-mini)/, { by: "tiles", base: 75, tile: 150 }],
];

/** How pictures are counted for a model, by its name, which may be that of a tuned one; undefined where nobody has said it. */
export function imageFormulaOf(model: string): ImageFormula | undefined {
  const base = model.replace(/^ft:/, "");
  return formulas.find(([name]) => name.test(base))?.[1];
}

/** Counts pictures that stand in the dataset. Where no detail is asked for, or the service is to choose, it is counted as the highest: what is billed is no more. */
export function countImagesBy(formula: ImageFormula): CountImage {
  return ({ address, detail }) => {
    if (formula.by === "tiles" && detail === "low") return formula.base;
    const size = sizeOf(address);
    if (!size) return undefined;
    return formula.by === "tiles" ? formula.base + formula.tile * tilesOf(size) : Math.ceil(formula.factor * patchesOf(detail === "low" ? within(size, 512) : size));
  };
}

/** Tiles of 512 pixels, once it fits into a square of 2,048 and its shorter side into 768. */
function tilesOf(size: Size): number {
  const fitted = within(size, 2048);
  const scale = Math.min(1, 768 / Math.min(fitted.width, fitted.height));
  return Math.ceil(rounded((fitted.width * scale) / 512)) * Math.ceil(rounded((fitted.height * scale) / 512));
}

const mostPatches = 1536;

/** Patches of 32 pixels that cover it; where there are more than 1,536, once it is scaled down so that as many cover it whole. */
function patchesOf({ width, height }: Size): number {
  const needed = Math.ceil(width / 32) * Math.ceil(height / 32);
  if (needed <= mostPatches) return needed;
  const scale = Math.sqrt((32 * 32 * mostPatches) / (width * height));
  const [across, down] = [(width * scale) / 32, (height * scale) / 32];
  const whole = Math.min(Math.floor(across) / across, Math.floor(down) / down);
  return Math.min(mostPatches, Math.ceil(rounded(across * whole)) * Math.ceil(rounded(down * whole)));
}

function within({ width, height }: Size, longest: number): Size {
  const scale = Math.min(1, longest / Math.max(width, height));
  return { width: width * scale, height: height * scale };
}

/** Without what the arithmetic of numbers leaves behind the ninth decimal. */
function rounded(value: number): number {
  return Math.round(value * 1e9) / 1e9;
}

/** Bytes that are read first, and when the size does not stand there: a JPEG may have another picture before it. */
const readFirst = [4096, 1 << 19] as const;

function sizeOf(address: string): Size | undefined {
  const start = /^data:image\/[\w.+-]+;base64,/.exec(address)?.[0].length;
  if (start === undefined) return undefined;
  for (const most of readFirst) {
    try {
      const { width, height } = imageSize(firstBytes(address, most, start));
      if (width > 0 && height > 0) return { width, height };
    } catch {
      // Cut, or no picture.
    }
  }
  return undefined;
}
