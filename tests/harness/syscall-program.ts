/**
 * Tiny static Linux programs for x86-64, written byte by byte, so that a test can ask the kernel for one thing from inside a
 * container without a compiler or a C library.
 */
export const canRunPrograms: boolean = process.arch === "x64";

const base = 0x400000;
/** 4 MB of zeroes behind the program. */
export const scratch = 0x600000;

const le = (value: number | bigint, bytes: number): number[] =>
  Array.from({ length: bytes }, (_, index) => Number((BigInt.asUintN(64, BigInt(value)) >> BigInt(8 * index)) & 0xffn));

const argument = [
  [0x48, 0xbf],
  [0x48, 0xbe],
  [0x48, 0xba],
  [0x49, 0xba],
  [0x49, 0xb8],
  [0x49, 0xb9],
];

/** Loads a system call's number and arguments and makes it. */
function call(number: number, ...values: (number | bigint)[]): number[] {
  const loads = values.flatMap((value, index) => [...(argument[index] ?? []), ...le(value, 8)]);
  return [...loads, 0x48, 0xb8, ...le(number, 8), 0x0f, 0x05];
}

const exitGroup = [0xb8, ...le(231, 4), 0x0f, 0x05];
const pauseForEver = [0xb8, ...le(34, 4), 0x0f, 0x05, 0xeb, 0xf7];
const jumpBack = (over: number): number[] => [0xe9, ...le(-(over + 5), 4)];

function elf(code: number[]): Uint8Array {
  const start = 0x78;
  const size = start + code.length;
  const header = [
    ...[0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, ...le(0, 8)],
    ...[...le(2, 2), ...le(62, 2), ...le(1, 4), ...le(base + start, 8), ...le(64, 8), ...le(0, 8)],
    ...[...le(0, 4), ...le(64, 2), ...le(56, 2), ...le(1, 2), ...le(0, 6)],
    ...[...le(1, 4), ...le(7, 4), ...le(0, 8), ...le(base, 8), ...le(base, 8)],
    ...[...le(size, 8), ...le(0x600000, 8), ...le(0x1000, 8)],
  ];
  return new Uint8Array([...header, ...code]);
}

/** Makes one call; exit status 0 when it succeeds, else the error's number. */
export function callOnce(number: number, ...values: (number | bigint)[]): Uint8Array {
  const failed = [0xf7, 0xd8, 0x89, 0xc7, ...exitGroup];
  const succeeded = [0x31, 0xff, ...exitGroup];
  return elf([...call(number, ...values), 0x48, 0x85, 0xc0, 0x79, failed.length, ...failed, ...succeeded]);
}

/** Makes a call until it fails; then the exit status is how often it succeeded, or with `hold` it sleeps and keeps what it has. */
export function callUntilRefused(hold: boolean, number: number, ...values: (number | bigint)[]): Uint8Array {
  const body = call(number, ...values);
  const again = [0x41, 0xff, 0xc4];
  const loop = body.length + 3 + 2 + again.length;
  const after = hold ? pauseForEver : [0x44, 0x89, 0xe7, ...exitGroup];
  return elf([
    0x45,
    0x31,
    0xe4,
    ...body,
    0x48,
    0x85,
    0xc0,
    0x78,
    again.length + 5,
    ...again,
    ...jumpBack(loop),
    ...after,
  ]);
}

/** Starts threads until it may not; the exit status is how many. */
export function threadsUntilRefused(): Uint8Array {
  const threadFlags = 0x50f00;
  const body = call(56, threadFlags, 0, 0, 0, 0);
  const again = [0x41, 0xff, 0xc4];
  const done = [0x44, 0x89, 0xe7, ...exitGroup];
  // test; js done; jz child; inc; jmp start; done; child
  const loop = body.length + 3 + 2 + 2 + again.length;
  const toDone = 2 + again.length + 5;
  const toChild = again.length + 5 + done.length;
  return elf([
    ...[0x45, 0x31, 0xe4, ...body, 0x48, 0x85, 0xc0, 0x78, toDone, 0x74, toChild],
    ...[...again, ...jumpBack(loop), ...done, ...pauseForEver],
  ]);
}

/** Takes System V shared memory, 8 MB at a time, and writes to all of it. */
export function fillSharedMemory(): Uint8Array {
  const size = 8 * 1024 * 1024;
  const body = [
    ...[...call(29, 0, size, 0o1600), 0x48, 0x89, 0xc7],
    ...[0x48, 0xbe, ...le(0, 8), 0x48, 0xba, ...le(0, 8), 0x48, 0xb8, ...le(30, 8), 0x0f, 0x05],
    ...[0x48, 0x89, 0xc7, 0x48, 0xb9, ...le(size, 8), 0xb0, 0x01, 0xf3, 0xaa],
  ];
  return elf([...body, ...jumpBack(body.length)]);
}

/** Writes to a file that exists in memory only, 1 MB at a time, until it may not; exit status 0 then. */
export function fillMemoryFile(): Uint8Array {
  const open = [...call(319, scratch, 0), 0x49, 0x89, 0xc5];
  const write = [
    ...[0x4c, 0x89, 0xef, 0x48, 0xbe, ...le(scratch, 8), 0x48, 0xba, ...le(1024 * 1024, 8)],
    ...[0x48, 0xb8, ...le(1, 8), 0x0f, 0x05, 0x48, 0x85, 0xc0, 0x78, 5],
  ];
  return elf([...open, ...write, ...jumpBack(write.length), 0x31, 0xff, ...exitGroup]);
}

/** Fills pipes that nobody reads until there are no more, and keeps them. */
export function fillPipes(): Uint8Array {
  const open = [...call(293, scratch, 0x800), 0x48, 0x85, 0xc0];
  const write = [
    ...[0x8b, 0x3c, 0x25, ...le(scratch + 4, 4), 0x48, 0xbe, ...le(scratch + 4096, 8), 0x48, 0xba, ...le(65536, 8)],
    ...[0x48, 0xb8, ...le(1, 8), 0x0f, 0x05],
  ];
  const loop = open.length + 2 + write.length;
  return elf([...open, 0x78, write.length + 5, ...write, ...jumpBack(loop), ...pauseForEver]);
}

/** Exits with the last byte of its effective user id. */
export function effectiveUser(): Uint8Array {
  return elf([...call(107), 0x89, 0xc7, ...exitGroup]);
}
