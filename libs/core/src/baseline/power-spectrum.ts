/** The power of a signal at each frequency, by a discrete Fourier transform (Cooley and Tukey 1965, radix 2). */

interface Complex {
  readonly real: Float64Array;
  readonly imaginary: Float64Array;
}

/**
 * Power at 0, 1 … length / 2 cycles in the length of the signal: |X_k|^2 / length^2, so a sine of amplitude a has
 * a^2 / 4.
 *
 * @param signal - [time]
 */
export function powerSpectrum(signal: Float64Array): Float64Array {
  const { real, imaginary } = transform({ real: signal, imaginary: new Float64Array(signal.length) });
  return Float64Array.from(
    { length: Math.floor(signal.length / 2) + 1 },
    (_, k) => (real[k]! ** 2 + imaginary[k]! ** 2) / signal.length ** 2,
  );
}

function transform(signal: Complex): Complex {
  const length = signal.real.length;
  if (length % 2 === 1) {
    return byDefinition(signal);
  }
  const even = transform(everySecond(signal, 0));
  const odd = transform(everySecond(signal, 1));
  const [real, imaginary] = [new Float64Array(length), new Float64Array(length)];
  const half = length / 2;
  for (let k = 0; k < half; k++) {
    const angle = (-2 * Math.PI * k) / length;
    const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
    const turnedReal = cosine * odd.real[k]! - sine * odd.imaginary[k]!;
    const turnedImaginary = cosine * odd.imaginary[k]! + sine * odd.real[k]!;
    real[k] = even.real[k]! + turnedReal;
    imaginary[k] = even.imaginary[k]! + turnedImaginary;
    real[k + half] = even.real[k]! - turnedReal;
    imaginary[k + half] = even.imaginary[k]! - turnedImaginary;
  }
  return { real, imaginary };
}

function everySecond({ real, imaginary }: Complex, first: number): Complex {
  const half = real.length / 2;
  const [halfReal, halfImaginary] = [new Float64Array(half), new Float64Array(half)];
  for (let index = 0; index < half; index++) {
    halfReal[index] = real[2 * index + first]!;
    halfImaginary[index] = imaginary[2 * index + first]!;
  }
  return { real: halfReal, imaginary: halfImaginary };
}

/** What is left once the length has no factor 2. */
function byDefinition({ real, imaginary }: Complex): Complex {
  const length = real.length;
  const [cosine, sine] = [new Float64Array(length), new Float64Array(length)];
  for (let step = 0; step < length; step++) {
    cosine[step] = Math.cos((2 * Math.PI * step) / length);
    sine[step] = Math.sin((2 * Math.PI * step) / length);
  }
  const sum: Complex = { real: new Float64Array(length), imaginary: new Float64Array(length) };
  for (let k = 0; k < length; k++) {
    for (let time = 0; time < length; time++) {
      const step = (k * time) % length;
      sum.real[k]! += cosine[step]! * real[time]! + sine[step]! * imaginary[time]!;
      sum.imaginary[k]! += cosine[step]! * imaginary[time]! - sine[step]! * real[time]!;
    }
  }
  return sum;
}
