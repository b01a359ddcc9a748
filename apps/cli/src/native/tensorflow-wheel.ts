/**
 * TensorFlow's Python package (a "wheel", which is a zip archive): it holds the C library and its headers. The sources
 * of tfjs-node 4.22 compile unchanged against version 2.15.1.
 */

export interface TensorflowWheel {
  /** As pip's requirement files write it. */
  readonly requirement: string;
  /** pip's name of the platform. */
  readonly platform: string;
  readonly sha256: string;
}

export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly architecture: string;
  /** Version of the GNU C library; absent where the system has another one, such as Alpine's musl. */
  readonly glibc: string | undefined;
}

const wheels: Readonly<Record<string, TensorflowWheel>> = {
  x64: {
    requirement: 'tensorflow-cpu==2.15.1',
    platform: 'manylinux2014_x86_64',
    sha256: '54660c074d7241a503e81edfd9f5ef5af88f64051b72e2945f26318c790f2d26',
  },
  // The package to which `tensorflow` 2.15 itself refers on this platform.
  arm64: {
    requirement: 'tensorflow-cpu-aws==2.15.1',
    platform: 'manylinux2014_aarch64',
    sha256: 'd4c3a3a9363bf42999adedbbd514e3a133be2d62f61fee9cfa46aaefb087c09e',
  },
};

/** The members of a wheel that the add-on needs, to compile and to run; the rest is Python. */
export const neededMembers: readonly string[] = [
  'tensorflow/libtensorflow_cc.so.2',
  'tensorflow/libtensorflow_framework.so.2',
  'tensorflow/include/tensorflow/c/',
  'tensorflow/include/tensorflow/core/platform/',
  'tensorflow/include/tensorflow/tsl/',
  'tensorflow/include/tsl/',
];

/** The wheel for a machine. Throws where there is none. */
export function wheelFor({ platform, architecture, glibc }: Machine): TensorflowWheel {
  const wheel = wheels[architecture];
  if (platform !== 'linux' || glibc === undefined || !wheel) {
    const libc = platform === 'linux' && glibc === undefined ? ' without glibc' : '';
    throw new Error(`none for ${platform} on ${architecture}${libc}, only for Linux with glibc on x64 and arm64`);
  }
  return wheel;
}

/** The machine this runs on. */
export function thisMachine(): Machine {
  const report = process.report.getReport() as { readonly header: { readonly glibcVersionRuntime?: string } };
  return { platform: process.platform, architecture: process.arch, glibc: report.header.glibcVersionRuntime };
}
