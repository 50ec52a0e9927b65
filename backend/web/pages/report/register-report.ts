import type { PolicyInForce } from '../../../policy/policy-in-force.ts';
import type { Reports } from '../../../casework/reports/reports.ts';
import type { Site } from '../site.ts';
import { confirmed, linkPath, notConfirmed, token } from '../form-fields.ts';
import { reportPage } from './report-page.ts';

/**
 * Reports by readers who do not own the account. Neither opening the page nor pressing its button alone changes anything: mail scanners do both.
 */
export function registerReport(
  site: Site,
  { reports, policy }: { reports: Reports; policy: PolicyInForce },
): void {
  const { page, clientOf, results } = site;
  site.get(
    '/report/:token',
    async (request, reply) => {
      const given = token.parse(request.params);
      const report = await reports.look(given.token);
      const { deskContact } = (await policy.current()).document;
      const isRefused = report.kind === 'good' && results.read(request, notConfirmed) !== null;
      const status = report.kind === 'dead' ? 410 : isRefused ? 422 : 200;
      return page(reply, reportPage(report, given.token, deskContact, isRefused), status);
    },
    { limited: true },
  );
  site.form(
    '/report',
    token.extend(confirmed.shape),
    async (request, reply, given) => {
      const path = linkPath('report', given.token);
      if (given.confirmed === null) return results.redirect(reply, path, { fault: 'not-confirmed' });
      await reports.report(given.token, clientOf(request));
      return reply.redirect(path, 303);
    },
    { limited: true },
  );
}
