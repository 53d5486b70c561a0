import type { TarEntry } from "../../engine/tar-files.ts";

/** What {@link rightsPrograms} exit with. */
export const rightsCodes = { none: 7, root: 8 } as const;

/** Each asks the kernel for its effective user and exits with 8 for root and 7 for anybody else. */
const code = {
  /** mov eax, geteuid; syscall; xor edi, edi; test eax, eax; setz dil; add edi, 7; mov eax, exit; syscall */
  x86_64: "b86b0000000f0531ff85c0400f94c783c707b83c0000000f05",
  /** mov x8, geteuid; svc; cmp w0, 0; cset w0, eq; add w0, w0, 7; mov x8, exit; svc */
  aarch64: "e81580d2010000d41f000071e0179f1a001c0011a80b80d2010000d4",
};
const machines = { x86_64: 62, aarch64: 183 };

/**
 * Tiny static programs, one for each kind of processor, that belong to root and would run with root's rights (set-user-id) if anything let them. Written
 * byte by byte, since an image may have none: busybox gives such rights away by itself.
 */
export function rightsPrograms(): { entries: TarEntry[]; command: string } {
  const kinds = Object.keys(code) as (keyof typeof code)[];
  const header = (kind: string) => ({ name: `.rights-${kind}`, mode: 0o4755, uid: 0, gid: 0, type: "file" as const });
  return {
    entries: kinds.map((kind) => ({ header: header(kind), body: elf(machines[kind], Buffer.from(code[kind], "hex")) })),
    command: "/.rights-$(uname -m)",
  };
}

/** A program of one segment: https://refspecs.linuxfoundation.org/elf/gabi4+/ch4.eheader.html */
function elf(machine: number, program: Buffer): Buffer {
  const [base, start] = [0x400000n, 0x78];
  const head = Buffer.alloc(start);
  Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]).copy(head);
  head.writeUInt16LE(2, 16);
  head.writeUInt16LE(machine, 18);
  head.writeUInt32LE(1, 20);
  head.writeBigUInt64LE(base + BigInt(start), 24);
  head.writeBigUInt64LE(64n, 32);
  head.writeUInt16LE(64, 52);
  head.writeUInt16LE(56, 54);
  head.writeUInt16LE(1, 56);
  head.writeUInt32LE(1, 64);
  head.writeUInt32LE(5, 68);
  head.writeBigUInt64LE(base, 80);
  head.writeBigUInt64LE(base, 88);
  head.writeBigUInt64LE(BigInt(start + program.length), 96);
  head.writeBigUInt64LE(BigInt(start + program.length), 104);
  head.writeBigUInt64LE(0x1000n, 112);
  return Buffer.concat([head, program]);
}
