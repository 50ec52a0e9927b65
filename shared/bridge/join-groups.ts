type Groups = Readonly<Record<string, object>>;

/** Two sets of groups as one. A group that both have has the members of both. */
export type JoinedGroups<A, B> = {
  readonly [G in keyof A | keyof B]: (G extends keyof A ? A[G] : unknown) &
    (G extends keyof B ? B[G] : unknown);
};

/** Joins two sets of groups. Throws if a group has the same member in both. */
export function joinGroups<A extends Groups, B extends Groups>(a: A, b: B): JoinedGroups<A, B> {
  const joined: Record<string, object> = { ...a };
  for (const [group, members] of Object.entries(b)) {
    const before = joined[group] ?? {};
    const twice = Object.keys(members).find((name) => name in before);
    if (twice !== undefined) throw new Error(`${group}.${twice} is declared twice`);
    joined[group] = { ...before, ...members };
  }
  return joined as JoinedGroups<A, B>;
}
