import { describe, expect, it } from 'vitest';
import { sampleAudit } from '../testing/sample-audit.js';
import { sampleRun } from '../testing/sample-run.js';
import { without } from '../testing/without.js';
import type { RunAudit } from '../run/audit-file.js';
import { attackCells, isRefuted, renderAudit } from './audit-text.js';

const run = sampleRun();
const textOf = (audit: RunAudit): string => renderAudit({ ...run, audit });

/** The audit with a lower bound above the accountant's epsilon. */
const refuted: RunAudit = { ...sampleAudit, canaries: { ...sampleAudit.canaries!, epsilon: 6.5735 } };

describe('the text of an audit', () => {
  it('rounds a lower bound down and the accountant up, and says that it is a lower bound', () => {
    const text = textOf(sampleAudit);
    expect(text).toContain('2 trainings with 2,000 canaries: 457 of 500 guesses about them are right.');
    expect(text).toContain('Epsilon is at least 1.94 (confidence 95%, delta 0.00001).');
    expect(text).toContain('So many canaries cannot show more than 5.72.');
    expect(text).toContain('an epsilon of at most 6.58 for 2 releases, which the audit does not refute');
    expect(text).toContain('This is a lower bound');
    expect(isRefuted(sampleAudit)).toBe(false);
  });

  it('has a row for each attack, and marks the control', () => {
    expect(sampleAudit.membership.map(attackCells)).toEqual([
      ['teacher', "clients': 2 against 3 (control)", 'loss', '0.833', '1 of 2 [0.01, 0.99]', '0.725 [0.61, 0.84]', '0.250 [0.00, 0.50]'], // prettier-ignore
      ['student', "clients': 2 against 3", 'ratio to teacher', '0.833', '1 of 2 [0.01, 0.99]', '0.725 [0.61, 0.84]', '0.250 [0.00, 0.50]'], // prettier-ignore
    ]);
  });

  it('is loud where the figure is refuted, by however little', () => {
    expect(isRefuted(refuted)).toBe(true);
    expect(textOf(refuted)).toContain('THE AUDIT REFUTES THAT');
  });

  it('promises nothing for a study without a budget, and says why there were no attacks and no canaries', () => {
    const { canaries } = sampleAudit;
    const open: RunAudit = { ...sampleAudit, canaries: without(canaries!, 'promise') };
    expect(isRefuted(open)).toBe(false);
    expect(textOf(open)).toContain('The study has no privacy budget, so nothing is promised that could be refuted.');
    const bare: RunAudit = { ...without(sampleAudit, 'canaries'), membership: [], withoutCanaries: 'no stage runs on clients' }; // prettier-ignore
    expect(textOf(bare)).toContain('No attack on the models');
    expect(textOf(bare)).toContain('No canaries: no stage runs on clients.');
  });
});
