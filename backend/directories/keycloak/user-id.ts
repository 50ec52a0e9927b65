/** Ids of users: GUIDs, or `f:…` of a federation that keeps its users to itself. No path leads out of the users by them. */
export const isUserId = (text: string): boolean => /^[A-Za-z0-9][\w:.@+-]{0,254}$/.test(text);
