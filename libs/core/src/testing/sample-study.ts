/** A small valid study as it is written in a file, to be varied in tests. */

/** The coordinator has three people, all others are clients; windows of 2 s at 10 Hz. */
export const writtenStudy = {
  name: 'sample',
  seed: 3,
  activities: ['sitting', 'walking'],
  sensors: { channels: ['x', 'y'], rateHz: 10, window: 20, step: 10 },
  model: { convolutions: [{ filters: 4, kernel: 5 }] },
  people: { test: ['tess'], labelled: ['lea', 'leo'], clients: 'rest' as unknown },
  stages: 'supervised' as unknown,
};
