/** Whether a service says that its moderation has refused the file, for what its records say. */
export function isAboutModeration(message: string): boolean {
  return /\bmoderation\b|\busage polic(y|ies)\b/i.test(message);
}
