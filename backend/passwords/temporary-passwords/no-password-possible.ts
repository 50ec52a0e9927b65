/** The rules of a directory and those of the desk's policy contradict each other, or leave too few passwords. */
export class NoPasswordPossible extends Error {}
