/** To whom a key belongs, as far as a provider tells. */
export interface Account {
  /** What the user calls the account; undefined where the provider only accepts the key and tells no name. */
  readonly name?: string;
  /** Why nothing can be started though the key is right, as a sentence: the credit is used up, say. */
  readonly problem?: string;
}
