/**
 * A whole federated study in one file. A coordinator has the labels of two people; six clients each have one person's
 * motion and no labels; six more people are held out to test every model. Everybody is synthetic, and everything runs
 * in this one program: about half a minute.
 *
 *   npx tsx -C @gaitway/source examples/02-first-study.ts
 */

import { createRng, parseStudy, simulateStudy, syntheticActivities, syntheticPeople } from '@gaitway/core';
import { loadBackend } from '@gaitway/node';

// 1. Recordings: each of 14 people does six activities for half a minute.
const recordings = syntheticPeople({ people: 14, secondsPerActivity: 30, rateHz: 20 }, createRng(1));
const people = [...new Set(recordings.map(({ subject }) => subject))];

// 2. The study and the roles of its people. SelfHAR has three stages. The network is smaller than the paper's, so that
// it trains fast.
const study = parseStudy({
  name: 'first-study',
  activities: syntheticActivities,
  sensors: { channels: ['x', 'y', 'z'], rateHz: 20, window: 64, step: 32 },
  model: {
    convolutions: [
      { filters: 16, kernel: 24 },
      { filters: 32, kernel: 16 },
      { filters: 48, kernel: 8 },
    ],
    headUnits: { activity: 128, transformation: 32 },
  },
  people: { test: people.slice(0, 6), labelled: people.slice(6, 8), clients: 'rest' },
  stages: [
    { name: 'teacher', where: 'coordinator', objective: 'supervised', steps: 200, batch: 32 },
    {
      name: 'student',
      where: 'clients',
      objective: 'self-har',
      teacher: 'teacher', // is sent to the clients and labels their windows there
      rounds: 6,
      steps: 40, // for each client in each round
      batch: 32,
      optimizer: { learningRate: 0.003 },
      coordinatorTakesPart: true,
    },
    {
      name: 'fine-tune',
      where: 'coordinator',
      objective: 'supervised',
      from: 'student',
      steps: 60,
      batch: 32,
      trainable: ['conv3', 'activity'], // the first two convolutions stay as the clients trained them
    },
  ],
});

// 3. The run: a report comes after every round. Each participant holds its own windows and answers tasks from them.
const { name: backend } = await loadBackend();
console.log(`${people.length - 8} clients, backend ${backend}`);
const weightedF1: Record<string, string> = {};
for await (const { stage, round, rounds, evaluation } of simulateStudy(study, recordings)) {
  const figure = evaluation?.weightedF1.toFixed(3) ?? 'unknown';
  console.log(`${stage} ${round}/${rounds}: weighted F1 ${figure}`);
  weightedF1[stage] = figure;
}
console.log(
  `teacher ${weightedF1['teacher']}, final model ${weightedF1['fine-tune']} (weighted F1, six unseen people)`,
);
