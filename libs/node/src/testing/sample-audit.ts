/** A made-up audit of a run with two stages, for reports. */

import type { MembershipAudit, RunAudit } from '../run/audit-file.js';

const figures: MembershipAudit['figures'] = {
  people: { members: 2, others: 3, auc: 5 / 6, found: 1, foundShare: { lower: 0.0126, upper: 0.9874 } },
  windows: {
    members: 60,
    others: 90,
    auc: 0.7251,
    aucInterval: { low: 0.61, high: 0.844 },
    found: 0.25,
    foundInterval: { low: 0, high: 0.5 },
  },
};

export const sampleAudit: RunAudit = {
  studyDigest: '5f'.repeat(32),
  gaitway: '0.1.0',
  backend: 'wasm',
  membership: [
    { stage: 'teacher', group: 'clients', learned: 'no', attack: 'loss', figures },
    { stage: 'student', group: 'clients', learned: 'yes', attack: 'ratio', reference: 'teacher', figures },
  ],
  canaries: {
    canaries: 2000,
    guesses: 500,
    correct: 457,
    epsilon: 1.9489,
    trials: 2,
    confidence: 0.95,
    delta: 1e-5,
    largest: 5.7299,
    seconds: 72.4,
    promise: { epsilon: 6.5734, releases: 2, ledger: 'complete' },
  },
};
