import { expect, it } from 'vitest';
import { withBasePath } from './below-a-path.ts';

it.each([
  ['a link', '<a href="/login">', '<a href="/desk/login">'],
  ['a form', '<form method="post" action="/reset">', '<form method="post" action="/desk/reset">'],
  ['a button of its own', '<button formaction="/not-me">', '<button formaction="/desk/not-me">'],
  ['a file', '<script src="/page.js">', '<script src="/desk/page.js">'],
])('%s leads below the path', (_what, page, below) => {
  expect(withBasePath(page, 'https://example.com/desk')).toBe(below);
});

it.each(['<a href="https://example.com/login">', '<p>Go to /login</p>', '<a href="#main">'])(
  'another address stays as it is: %s',
  (page) => {
    expect(withBasePath(page, 'https://example.com/desk')).toBe(page);
  },
);
