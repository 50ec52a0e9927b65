import { releaseVersion } from '../../shared/updates/update-feed.ts';

interface ReleaseSources {
  readonly version: string;
  readonly changelog: string;
  /** `package-lock.json`. */
  readonly lock: string;
  readonly workflows: readonly { readonly name: string; readonly text: string }[];
  /** The tag that is released, such as `v1.2.3`. */
  readonly tag?: string;
}

/** Faults of a workflow that linters find only with a network, or not at all. */
function workflowFaults(name: string, text: string): readonly string[] {
  const unpinned = [...text.matchAll(/uses: (\S+)(.*)/g)].filter(
    ([, action = '', comment = '']) => !/@[0-9a-f]{40}$/.test(action) || !/# v\d/.test(comment),
  );
  return [
    ...unpinned.map(([, action]) => `${name}: pin ${action} to a commit, with its version as a comment.`),
    ...(/^permissions: \{\}$/m.test(text)
      ? []
      : [`${name}: begin without any permission (permissions: {}).`]),
    ...(/persist-credentials: true/.test(text) ? [`${name}: do not keep the checkout's credentials.`] : []),
    ...(text.includes('windows-') && !/^defaults:\n  run:\n    shell: bash$/m.test(text)
      ? [`${name}: let bash run the steps (defaults: run: shell: bash); in PowerShell, "$NAME" is empty.`]
      : []),
    ...(/pull_request_target|workflow_run/.test(text)
      ? [`${name}: do not run the code of a pull request with rights.`]
      : []),
  ];
}

/** What would make a release wrong, in sentences; an empty list if nothing would. */
export function releaseFaults({
  version,
  changelog,
  lock,
  workflows,
  tag,
}: ReleaseSources): readonly string[] {
  const faults: string[] = [];
  if (!releaseVersion.safeParse(version).success)
    faults.push(
      `package.json: ${version} is no version that every package and the update feed understand. Write 1.2.3, or 1.2.3-beta.1.`,
    );
  if (tag !== undefined && tag !== `v${version}`)
    faults.push(`The tag is ${tag}, and package.json says ${version}.`);
  if (tag !== undefined && !changelog.includes(`## [${version}]`))
    faults.push(`CHANGELOG.md has no section for ${version}.`);
  const { version: locked, packages } = JSON.parse(lock) as {
    version: string;
    packages: Readonly<Record<string, { readonly resolved?: string }>>;
  };
  if (locked !== version) faults.push(`package-lock.json says ${locked}, and package.json ${version}.`);
  if (Object.values(packages).some(({ resolved }) => resolved !== undefined))
    faults.push('package-lock.json names a registry.');
  return [...faults, ...workflows.flatMap(({ name, text }) => workflowFaults(name, text))];
}
