/** When something went wrong. */
export const trouble = {
  title: 'Something went wrong',
  text: 'Nothing was changed. Go back and try again; if it happens again, call the help desk and tell them this reference:',
  refused: 'This form came from another page, so it was not taken. Open the page again and try once more.',
} as const;

export const notFound = { title: 'There is no such page' } as const;
