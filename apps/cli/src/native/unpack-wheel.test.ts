import { describe, expect, it } from 'vitest';
import { thisMachine, wheelFor } from './unpack-wheel.js';

describe("TensorFlow's wheel", () => {
  it('is chosen by the processor', () => {
    expect(wheelFor({ platform: 'linux', architecture: 'x64', glibc: '2.36' }).platform).toBe('manylinux2014_x86_64');
    expect(wheelFor({ platform: 'linux', architecture: 'arm64', glibc: '2.36' }).requirement).toContain('aws');
  });

  it('does not exist for other systems, which is said with the system named', () => {
    const glibc = undefined;
    expect(() => wheelFor({ platform: 'darwin', architecture: 'arm64', glibc })).toThrow('darwin on arm64,');
    expect(() => wheelFor({ platform: 'linux', architecture: 'x64', glibc })).toThrow('linux on x64 without glibc');
    expect(() => wheelFor({ platform: 'linux', architecture: 'riscv64', glibc: '2.36' })).toThrow('riscv64');
  });

  it.runIf(process.platform === 'linux')('is looked for by what this machine says of itself', () => {
    expect(thisMachine()).toMatchObject({ platform: process.platform, architecture: process.arch });
  });
});
