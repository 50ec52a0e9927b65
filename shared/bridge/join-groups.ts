type Groups = Readonly<Record<string, object>>;

/** Both sets of groups as one; a group that is in both has the members of both. */
export type JoinedGroups<A, B> = {
  readonly [G in keyof A | keyof B]: (G extends keyof A ? A[G] : unknown) &
    (G extends keyof B ? B[G] : unknown);
};

/** Joins two sets of groups. Throws where both have the same member in the same group. */
export function joinGroups<A extends Groups, B extends Groups>(a: A, b: B): JoinedGroups<A, B> {
  const joined: Record<string, object> = { ...a };
  for (const [group, members] of Object.entries(b)) {
    const before = joined[group] ?? {};
    const twice = Object.keys(members).find((name) => name in before);
    if (twice !== undefined) throw new Error(`${group}.${twice} is there twice`);
    joined[group] = { ...before, ...members };
  }
  return joined as JoinedGroups<A, B>;
}
