import { parseArgs } from 'node:util';
import { writeAptRepository } from './packages/linux/apt-repository.ts';

/** Adds `.deb` files to a signed apt repository: `node build/apt-repository.ts --folder DIR --key ID --address URL FILE…`. */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    folder: { type: 'string' },
    key: { type: 'string' },
    address: { type: 'string' },
    suite: { type: 'string', default: 'stable' },
    'valid-days': { type: 'string' },
  },
});
const { folder, key, address, suite, 'valid-days': days } = values;
if (
  folder === undefined ||
  key === undefined ||
  address === undefined ||
  positionals.length === 0 ||
  (days !== undefined && !/^[1-9]\d*$/.test(days))
) {
  console.error(
    'Usage: node build/apt-repository.ts --folder DIR --key ID --address URL [--suite NAME] [--valid-days N] FILE…',
  );
  process.exitCode = 2;
} else {
  const repository = {
    folder,
    key,
    address,
    suite,
    packages: positionals,
    ...(days !== undefined && { validDays: Number(days) }),
  };
  await writeAptRepository(repository).then(
    () => console.log(`Signed: ${folder}, for ${address}`),
    (thrown: unknown) => {
      console.error(thrown instanceof Error ? thrown.message : thrown);
      process.exitCode = 1;
    },
  );
}
