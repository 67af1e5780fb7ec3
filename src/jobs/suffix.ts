/** A file's name as part of a model's id: letters, digits and hyphens. */
export function toSuffix(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-").replaceAll(/^-|-$/g, "").slice(0, 40);
}
