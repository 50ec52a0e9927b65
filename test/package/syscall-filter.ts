import { readFileSync } from 'node:fs';
import { lines } from './packages.ts';

/** Where the kernel's headers number the system calls of this processor. */
export const callNumbers = '/usr/include/x86_64-linux-gnu/asm/unistd_64.h';

/** The names of the calls in a group such as `@network-io`, or the name itself. */
function expand(name: string): readonly string[] {
  if (!name.startsWith('@')) return [name];
  return lines('systemd-analyze', ['syscall-filter', name])
    .map((line) => line.trim())
    .filter((line) => line !== name && !line.startsWith('#'))
    .flatMap(expand);
}

/** The calls that a unit allows: those of its `SystemCallFilter=` lines in order, where `~` takes away, and those that systemd always adds. */
function allowedCalls(unit: string): ReadonlySet<string> {
  const allowed = new Set(expand('@default'));
  for (const [, sign, names = ''] of unit.matchAll(/^SystemCallFilter=(~?)(.*)$/gm))
    for (const call of names.split(' ').flatMap(expand)) {
      if (sign === '~') allowed.delete(call);
      else allowed.add(call);
    }
  return allowed;
}

/** Instructions of the kernel's packet filter, and what they return. */
const [load, jumpIfEqual, jumpIfNotBelow, answer] = [0x20, 0x15, 0x35, 0x06];
const [allow, refuseWithEperm, killProcess] = [0x7fff0000, 0x00050001, 0x80000000];
/** The processor, and the first number of its other kind of calls, which `SystemCallArchitectures=native` refuses. */
const [x64, x32Calls] = [0xc000003e, 0x40000000];

/** The filter that systemd would give the unit's process on this processor, as `seccomp(2)` takes it. */
export function compileFilter(unit: string): Buffer {
  const numbers = new Map(
    [...readFileSync(callNumbers, 'utf8').matchAll(/^#define __NR_(\w+) (\d+)$/gm)].map(
      ([, name = '', number]) => [name, Number(number)],
    ),
  );
  const allowed = [...allowedCalls(unit)].flatMap((name) => numbers.get(name) ?? []);
  // Code, instructions to skip if true, if false, and a constant. The offsets are those of `struct seccomp_data`.
  const program: readonly (readonly [number, number, number, number])[] = [
    [load, 0, 0, 4],
    [jumpIfEqual, 1, 0, x64],
    [answer, 0, 0, killProcess],
    [load, 0, 0, 0],
    [jumpIfNotBelow, 0, 1, x32Calls],
    [answer, 0, 0, killProcess],
    ...allowed.flatMap((number) => [[jumpIfEqual, 0, 1, number] as const, [answer, 0, 0, allow] as const]),
    [answer, 0, 0, refuseWithEperm],
  ];
  return Buffer.concat(
    program.map(([code, ifTrue, ifFalse, constant]) => {
      const instruction = Buffer.alloc(8);
      instruction.writeUInt16LE(code, 0);
      instruction.writeUInt8(ifTrue, 2);
      instruction.writeUInt8(ifFalse, 3);
      instruction.writeUInt32LE(constant, 4);
      return instruction;
    }),
  );
}

const runFiltered = `
import ctypes, os, sys
class Program(ctypes.Structure):
    _fields_ = [('length', ctypes.c_ushort), ('filter', ctypes.c_char_p)]
code = open(sys.argv[1], 'rb').read()
program = Program(len(code) // 8, code)
PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 22, 2
libc = ctypes.CDLL(None, use_errno=True)
if libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0) != 0:
    sys.exit('prctl: ' + os.strerror(ctypes.get_errno()))
os.execv(sys.argv[2], sys.argv[2:])
`;

/** The words before a command, by its path, that run it under the filter of a file. */
export const filtered = (file: string): readonly string[] => ['python3', '-c', runFiltered, file];
