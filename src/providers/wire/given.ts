/** The values of an object that are there: a member that is `undefined` is left out, as the types of the ports and the bodies of requests want it. */
export function given<Values extends object>(values: Values): Given<Values> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Given<Values>;
}

export type Given<Values> =
  & { [Key in keyof Values as undefined extends Values[Key] ? never : Key]: Values[Key] }
  & { [Key in keyof Values as undefined extends Values[Key] ? Key : never]?: Exclude<Values[Key], undefined> };
