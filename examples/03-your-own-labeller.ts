/**
 * A labeller of your own. What a person does now is mostly what they did a moment ago: this labeller averages the
 * teacher's probabilities for a window and its neighbours. The same study runs with the teacher's labels and with
 * these. Everybody is synthetic, and everything runs in this one program: about half a minute.
 *
 *   npx tsx -C @gaitway/source examples/03-your-own-labeller.ts
 */

import {
  createRng,
  type Labeller,
  labellers,
  parseStudy,
  simulateStudy,
  type Study,
  syntheticActivities,
  syntheticPeople,
} from '@gaitway/core';
import { loadBackend } from '@gaitway/node';

// 1. The labeller: probabilities of shape [window, class] for all windows of a participant, which are in temporal
// order.
const smoothed: Labeller = async (request, signal) => {
  const { recordingOf } = request.windows;
  const probabilities = await labellers.teacher(request, signal);
  const classes = probabilities.length / recordingOf.length;
  return probabilities.map((_, index) => {
    const window = Math.floor(index / classes);
    const near = [window - 1, window, window + 1].filter((other) => recordingOf[other] === recordingOf[window]);
    const sum = near.reduce((total, other) => total + (probabilities[other * classes + (index % classes)] ?? 0), 0);
    return sum / near.length;
  });
};

// 2. The line that makes it known: `parseStudy` and `simulateStudy` get this list.
const ownLabellers = { smoothed };

// 3. A study without its labeller. Each of 12 people does six activities for half a minute.
const recordings = syntheticPeople({ people: 12, secondsPerActivity: 30, rateHz: 20 }, createRng(1));
const people = [...new Set(recordings.map(({ subject }) => subject))];

function studyWith(labeller: string): Study {
  const student = { name: 'student', where: 'clients', objective: 'self-training', teacher: 'teacher', labeller };
  const input = {
    name: 'own-labeller',
    activities: syntheticActivities,
    sensors: { channels: ['x', 'y', 'z'], rateHz: 20, window: 64, step: 32 },
    model: { convolutions: [{ filters: 16, kernel: 24 }, { filters: 32, kernel: 16 }], headUnits: { activity: 64 } }, // prettier-ignore
    people: { test: people.slice(0, 6), labelled: people.slice(6, 8), clients: 'rest' },
    stages: [
      { name: 'teacher', where: 'coordinator', objective: 'supervised', steps: 100, batch: 32 },
      { ...student, from: 'teacher', rounds: 2, steps: 20, batch: 32, optimizer: { learningRate: 0.001 } },
    ],
  };
  return parseStudy(input, 'study', ownLabellers);
}

// 4. The study with each labeller, from the same seed: the teacher is the same, bit for bit.
await loadBackend();
for (const labeller of ['teacher', 'smoothed']) {
  const study = studyWith(labeller);
  for await (const report of simulateStudy(study, recordings, { labellers: ownLabellers })) {
    const windows = report.clients.reduce(
      (sum, each) => sum + (each.outcome === 'answered' ? (each.examples ?? 0) : 0),
      0,
    );
    const figure = report.evaluation?.weightedF1.toFixed(3) ?? 'unknown';
    console.log(`${labeller}: ${report.stage} ${report.round}, ${windows} windows, weighted F1 ${figure}`);
  }
}
