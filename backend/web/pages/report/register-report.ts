import type { PolicyInForce } from '../../../policy/policy-in-force.ts';
import type { Reports } from '../../../casework/reports/reports.ts';
import { assertSameOrigin } from '../same-origin.ts';
import { perMinute, type Site } from '../site.ts';
import { token } from '../form-fields.ts';
import { reportPage } from './report-page.ts';

/** Reports by readers who do not own the account. Opening the page changes nothing: mail scanners open every link. */
export function registerReport(
  { server, page, clientOf }: Site,
  { reports, policy }: { reports: Reports; policy: PolicyInForce },
): void {
  const desk = async () => (await policy.current()).document.deskContact;
  server.get('/report/:token', perMinute, async (request, reply) => {
    const given = token.parse(request.params);
    const report = await reports.look(given.token);
    return page(reply, reportPage(report, given.token, await desk()), report.kind === 'dead' ? 410 : 200);
  });
  server.post('/report', perMinute, async (request, reply) => {
    assertSameOrigin(request);
    const given = token.parse(request.body ?? {});
    const report = await reports.report(given.token, clientOf(request));
    return page(reply, reportPage(report, given.token, await desk()), report.kind === 'dead' ? 410 : 200);
  });
}
