/** The private stage of docs/privacy.md, of which the tests of its figures and of the sheet are. */

export const privateStudent = {
  name: 'student',
  where: 'clients',
  objective: 'self-har',
  from: 'teacher',
  teacher: 'teacher',
  rounds: 200,
  epochs: 1,
  privacy: { clip: 0.5, noiseMultiplier: 0.8, sampling: 0.05 },
};
