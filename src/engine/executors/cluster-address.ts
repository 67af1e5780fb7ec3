/** Whether requests can be sent to an address of a Ray dashboard. */
export function isClusterAddress(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, username, password, search, hash } = new URL(address);
  return ["http:", "https:"].includes(protocol) && `${username}${password}${search}${hash}` === "";
}

/** Whether nobody on the way reads what is sent there. */
export function isSafeForToken(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  return protocol === "https:" || ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
}
