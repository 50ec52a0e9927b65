import { importCsv } from '../../backend/import-csv.ts';
import { request, type IncomingHttpHeaders } from 'node:http';
import { describe, expect } from 'vitest';
import { newBackendTest } from '../../fixtures/api.ts';
import { defaultPolicy } from '../../../shared/api/policy.ts';
import { policyFor } from '../../../shared/password-policy/policy.ts';
import {
  owner,
  sections,
  tablePolicies,
  verdictTable,
} from '../../../shared/password-policy/verdict-table.ts';
import { describePolicy } from '../../../shared/password-policy/texts/explain.ts';
import { browserOf, codeFor } from '../../backend/desk-call.ts';

/** Sends a form from one of this computer's many loopback addresses, so that no limit applies, and reads the page to which its answer redirects. */
async function post(
  url: string,
  form: Record<string, string>,
  cookie: string,
  from: string,
): Promise<string> {
  const answer = await exchange(url, { method: 'POST', cookie, from }, new URLSearchParams(form).toString());
  const { location } = answer.headers;
  if (location === undefined) return answer.text;
  const given = (answer.headers['set-cookie'] ?? []).map((line) => line.split(';')[0] ?? '');
  const cookies = [cookie, ...given].join('; ');
  return (await exchange(new URL(location, url).href, { method: 'GET', cookie: cookies, from }, '')).text;
}

function exchange(
  url: string,
  { method, cookie, from }: { readonly method: string; readonly cookie: string; readonly from: string },
  body: string,
): Promise<{ readonly headers: IncomingHttpHeaders; readonly text: string }> {
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      {
        method,
        localAddress: from,
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          'sec-fetch-site': 'same-origin',
          cookie,
        },
      },
      (answer) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        answer.on('end', () => resolve({ headers: answer.headers, text }));
      },
    );
    sent.on('error', reject).end(body);
  });
}

const plain = (html: string) =>
  html
    .replaceAll('&#39;', "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');

const alertOf = (page: string): string[] => {
  const alert = /<div class="bad"[\s\S]*?<\/div>/.exec(page)?.[0] ?? '';
  return [...alert.matchAll(/<li>([\s\S]*?)<\/li>/g)].map(([, line = '']) => plain(line.trim()));
};

describe('the table of passwords', () => {
  const it = newBackendTest
    .extend('mailUrl', ({ mailSink }): string | undefined => mailSink.url)
    .extend('putInForce', ({ desk }) => async (policy: (typeof tablePolicies)[number]) => {
      const { body } = await desk.call<{ version: number }>('GET', '/policy');
      const document = { ...defaultPolicy, passwords: sections[policy] };
      const changed = await desk.call('PUT', '/policy', { basedOn: body.version, document });
      expect(changed.status).toBe(200);
    })
    .extend('importOwner', ({ desk }) => async () => {
      const csv = `userName,displayName,email\n${owner.userName},${owner.displayName},${owner.email}\n`;
      await importCsv(desk, { csv, fields: ['userName', 'displayName', 'email'], header: true });
    })
    .extend('temporaryPassword', ({ desk, mailSink }) => async () => {
      const opened = await desk.openCase(owner.userName);
      const started = await desk.startCode(opened.id);
      const { body } = await desk.readBack(started.body.case, await codeFor(mailSink, owner.email));
      const grant = await desk.mint(body.case.id, 'temporary-password');
      const made = await desk.reset(body.case.id, grant.body.id, 'temporary-password', 'press-one');
      return made.body.temporaryPassword ?? '';
    });

  it.for(tablePolicies)(
    'has its verdicts and words in the API: %s',
    async (policy, { putInForce, desk, backend }) => {
      await putInForce(policy);
      for (const { password, words, rules } of verdictTable.filter((row) => row.policy === policy)) {
        const { body } = await desk.call<{ ok: boolean; broken: { rule: string; words: string }[] }>(
          'POST',
          '/password-checks',
          { password, ...owner },
        );
        expect({ password, ...body }).toMatchObject({
          password,
          ok: rules.length === 0,
          broken: rules.map((rule, index) => ({ rule, words: words[index] })),
        });
      }
      expect(backend.lines.join('\n')).not.toContain('Quiet+Harbour7');
    },
  );

  it.for(tablePolicies)(
    'has its verdicts and words on the page: %s',
    async (policy, { importOwner, temporaryPassword, backend, putInForce }) => {
      await importOwner();
      const temporary = await temporaryPassword();
      const browser = browserOf(backend.ask);
      const { headers } = await browser.signIn(owner.userName, temporary);
      const cookie = headers.get('set-cookie')?.split(';')[0] ?? '';
      await putInForce(policy);
      const rows = verdictTable.filter((row) => row.policy === policy);
      for (const [index, { password, words }] of rows.entries()) {
        // The second entry differs, so that no password is set and all can be tried.
        const form = { password, repeated: `${password}-` };
        const from = `127.0.1.${1 + Math.floor(index / 50)}`;
        const page = await post(`${backend.address()}/change-password`, form, cookie, from);
        expect([password, ...alertOf(page)]).toEqual([password, ...words, 'The two passwords do not match.']);
      }
      const lines = [
        ...(await browser.go('GET', '/change-password')).text.matchAll(
          /<li data-rule="(?!used-before)[a-z-]+">(.*?)<\/li>/g,
        ),
      ];
      expect(lines.map(([, line]) => line)).toEqual(
        describePolicy(policyFor(sections[policy])).map(({ words }) => words),
      );
    },
  );
});
