import type { MutantArea } from '../mutant.ts';

const tests = ['build/packages/packages.test.ts'];

export const rows: MutantArea = {
  area: 'packages',
  mutants: [
    {
      id: 'packages-any-file',
      rule: 'A package contains what its list allows and nothing else.',
      file: 'build/packages/contents.ts',
      find: '!patterns.some((pattern) => matchesGlob(file, pattern))',
      replace: 'patterns.length === 0',
      tests,
    },
    {
      id: 'packages-foreign-keytar',
      rule: "A package has the keychain's module of its own system alone.",
      file: 'build/packages/contents.ts',
      find: '`prebuilds/${nodePlatform[target.platform]}-${arch}/keytar.node`',
      replace: "'prebuilds/*/keytar.node'",
      tests,
    },
    {
      id: 'packages-integrity',
      rule: 'Electron checks the archive on Windows and macOS.',
      file: 'build/packages/fuses.ts',
      find: "[FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: platform !== 'linux'",
      replace: '[FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: false',
      tests,
    },
    {
      id: 'packages-licence',
      rule: 'Each part of an AND has to be an accepted licence.',
      file: 'build/packages/bill-of-materials.ts',
      find: '.every((part) => acceptedLicences.has(part.trim()))',
      replace: '.some((part) => acceptedLicences.has(part.trim()))',
      tests,
    },
    {
      id: 'packages-unit-rights',
      rule: 'The unit of the backend gives it no rights.',
      file: 'build/packages/linux/files.ts',
      find: 'CapabilityBoundingSet=\n',
      replace: '',
      tests,
    },
    {
      id: 'packages-links',
      rule: 'The desktop entry opens the links of the product.',
      file: 'build/packages/linux/files.ts',
      find: 'x-scheme-handler/${scheme};',
      replace: '',
      tests,
    },
    {
      id: 'packages-pinned-actions',
      rule: 'Every action of a workflow is pinned to a commit.',
      file: 'build/packages/release-faults.ts',
      find: '!/@[0-9a-f]{40}$/.test(action) || ',
      replace: '',
      tests,
    },
    {
      id: 'packages-workflow-rights',
      rule: 'A workflow begins without any permission.',
      file: 'build/packages/release-faults.ts',
      find: '/^permissions: \\{\\}$/m.test(text)',
      replace: 'true',
      tests,
    },
    {
      id: 'packages-tag',
      rule: 'The tag of a release is its version.',
      file: 'build/packages/release-faults.ts',
      find: 'tag !== `v${version}`',
      replace: 'false',
      tests,
    },
    {
      id: 'packages-lock-registry',
      rule: 'The lock file names no registry.',
      file: 'build/packages/release-faults.ts',
      find: '({ resolved }) => resolved !== undefined',
      replace: '() => false',
      tests,
    },
  ],
};
