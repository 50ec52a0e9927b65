import { beforeEach, expect, it } from 'vitest';
import { paintMail, type MailScheme } from './paint-mail.ts';

const sheet = '@media (prefers-color-scheme:dark){.go{background:#2cc0b1!important}}';
const mail = (body: string) =>
  `<!doctype html><html><head><title>T</title><style>${sheet}</style></head><body class="ground" style="background:#f1f3f5">${body}</body></html>`;

let root: ShadowRoot;
beforeEach(() => {
  root = document.createElement('div').attachShadow({ mode: 'open' });
});
const painted = (body: string, scheme: MailScheme = 'light') => {
  paintMail(root, mail(body), scheme);
  return root.innerHTML;
};

it('keeps text, elements, classes and styles', () => {
  const html = painted('<p class="ink" style="color: red">Hello<br><strong>482 913</strong></p>');
  expect(html).toContain('<strong>482 913</strong>');
  expect(root.querySelector<HTMLElement>('p.ink')?.style.color).toBe('red');
  expect(root.querySelector<HTMLElement>('div.ground')?.style.background).toContain('#f1f3f5');
});

it('keeps a picture that is part of the mail, with its text and size', () => {
  painted(
    '<img class="logo" src="data:image/png;base64,iVBORw0=" width="120" height="40" alt="Example & Sons">',
  );
  const picture = root.querySelector('img');
  expect([picture?.alt, picture?.width, picture?.height]).toEqual(['Example & Sons', 120, 40]);
});

it.each([
  ['an image in another format', '<img src="data:image/svg+xml;base64,c3RlYWw=" alt="steal">'],
  ['an image without content', '<img src="cid:steal">'],
  ['a script', '<script>steal()</script>'],
  ['an image', '<img src="https://elsewhere.example/x.png" onerror="steal()">'],
  ['a frame', '<iframe srcdoc="steal()"></iframe>'],
  ['a form', '<form action="https://elsewhere.example"><input name="password"></form>'],
  ['a handler', '<p onclick="steal()">x</p>'],
  ['the target of a link', '<a href="https://elsewhere.example/steal">x</a>'],
  ['a script in an SVG image', '<svg><script>steal()</script></svg>'],
  ['a style that fetches', '<p style="background:url(https://elsewhere.example/steal)">x</p>'],
])('removes %s', (_what, body) => {
  expect(painted(body)).not.toMatch(/steal|elsewhere|<script|<img|<iframe|<form|<input|<svg|on\w+=/i);
});

it('applies the rules for dark mail programs only in the dark preview', () => {
  const rules = () =>
    root.adoptedStyleSheets.flatMap(({ cssRules }) => [...cssRules].map((rule) => rule.cssText));
  painted('<a class="go">Go</a>');
  expect(rules().join()).not.toContain('.go');
  painted('<a class="go">Go</a>', 'dark');
  expect(rules().join()).toMatch(/\.go.*#2cc0b1/s);
});
