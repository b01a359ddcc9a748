import { defaultPolicy, NEVER_LEAVES, studyTerms } from '@gaitway/client';
import { parseStudy, studyDigest } from '@gaitway/core';
import { privacyOutlook } from '@gaitway/node';
import { describe, expect, it } from 'vitest';
import { privacySheet } from './privacy-sheet.js';
import { privateStudent as student } from './testing/private-student.js';

const study = {
  name: 'private',
  activities: ['sitting', 'walking'],
  sensors: { channels: ['x', 'y', 'z'], rateHz: 25, window: 200, step: 100 },
  people: { test: [1], labelled: [2] },
  privacy: { unit: 'person', epsilon: 8, delta: 1e-5, clients: 1000 },
  stages: [{ name: 'teacher', where: 'coordinator', objective: 'supervised', steps: 300 }, student],
};

async function sheetOf(changes: object): Promise<string> {
  // As in a file, a key without a value is absent.
  const parsed = parseStudy(JSON.parse(JSON.stringify({ ...study, ...changes })));
  const outlook = parsed.privacy && (await privacyOutlook(parsed));
  return privacySheet({ study: parsed, studyDigest: await studyDigest(parsed), file: 'study.yaml', outlook });
}

describe('the sheet for an ethics board', () => {
  it('says what a private study promises, in words that claim no more', async () => {
    const sheet = await sheetOf({});
    expect(sheet).toContain('over all 200 releases: epsilon 7.71 at delta 0.00001, of a budget of 8.');
    // e^7.7042 / (1 + e^7.7042) = 0.99955, rounded up.
    expect(sheet).toContain('is right in at most 99.96 of 100 cases');
    expect(sheet).toContain('This is a weak promise');
    expect(sheet).toContain('The labelled people (1): the figure above is not about them.');
    expect(sheet).toContain('`ceilings: { epsilon: 8 }` demands the budget');
    expect(sheet).toContain('and the privacy ledger in the run folder');
  });

  it('knows a strong promise from a weak one, and a budget that is exceeded', async () => {
    const strong = { ...student, rounds: 1, privacy: { ...student.privacy, noiseMultiplier: 5 } };
    const sheet = await sheetOf({ stages: [study.stages[0], strong] });
    expect(sheet).toMatch(/is right in at most 5\d\.\d\d of 100 cases/);
    expect(sheet).not.toContain('weak promise');
    expect(await sheetOf({ privacy: { ...study.privacy, epsilon: 1 } })).toContain('THE BUDGET IS EXCEEDED');
  });

  it('says the same as --explain, whatever the study has', async () => {
    const masked = { ...student, cohort: { minimum: 3 }, secureAggregation: {} };
    const sheet = await sheetOf({ stages: [study.stages[0], masked] });
    const { asked, leaves, protection } = studyTerms(parseStudy({ ...study, stages: [study.stages[0], masked] }), defaultPolicy); // prettier-ignore
    for (const sentence of [...asked, ...leaves, ...protection, NEVER_LEAVES]) {
      expect(sheet).toContain(sentence);
    }
    expect(sheet).toContain('Your changes are masked');
    expect(sheet).toContain('A client that lies can spoil a sum');
  });

  it('counts sampling for nothing against clients that see who is asked with them', async () => {
    const privacy = { clip: 0.5, noiseMultiplier: 2, sampling: 0.5 };
    const masked = { ...student, rounds: 4, privacy, cohort: { minimum: 3 }, secureAggregation: {} };
    // Four Gaussian mechanisms with sigma 2 are one with sigma 1: epsilon 4.378 at delta 1e-5 (Balle and Wang 2018, exact).
    expect(await sheetOf({ stages: [study.stages[0], masked] })).toContain(
      'the figure is up to epsilon 4.38, for somebody',
    );
    const { secureAggregation, ...open } = masked;
    expect(secureAggregation).toEqual({});
    expect(await sheetOf({ stages: [study.stages[0], open] })).not.toContain('who is asked with them');
  });

  it('says who adds the noise, and from whom it then protects', async () => {
    const privacy = { clip: 0.5, noiseMultiplier: 20, sampling: 1 };
    const by = async (noise: object): Promise<string> =>
      sheetOf({ stages: [study.stages[0], { ...student, rounds: 1, privacy: { ...privacy, ...noise } }] });
    const central = await by({});
    expect(central).toContain('No noise is added on your side.');
    expect(central).toContain('What the coordinator sees: the figure above is about those who see the models');
    const local = await by({ noise: 'local' });
    expect(local).toContain('Your own machine limits your changes and adds noise to them before they leave');
    expect(local).toContain('It counts its answers only while it runs.');
    expect(local).not.toContain('What the coordinator sees:');
  });

  it('is filled in without a budget, and says that nothing bounds what models reveal', async () => {
    const { privacy, ...open } = student;
    expect(privacy.clip).toBe(0.5);
    const sheet = await sheetOf({ privacy: undefined, stages: [study.stages[0], open] });
    expect(sheet).toContain('Differential privacy: none. Nothing bounds what the models reveal about one person.');
    expect(sheet).not.toMatch(/epsilon|ledger is|figure above/i);
    const alone = { ...open, from: 'scratch', objective: 'transformation-discrimination', teacher: undefined };
    expect(await sheetOf({ privacy: undefined, stages: [alone] })).not.toContain(
      'Clients receive models that learned from',
    );
  });
});
