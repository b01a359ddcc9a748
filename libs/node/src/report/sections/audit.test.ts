import { expect, it } from 'vitest';
import { escapedHostile, faultsOf, hostile } from '../../testing/page-checks.js';
import { sampleAudit } from '../../testing/sample-audit.js';
import { sampleRun } from '../../testing/sample-run.js';
import { renderReport } from '../render-report.js';

const run = sampleRun();

it('is in the report where the run was audited, with names escaped', () => {
  expect(renderReport(run)).not.toContain('Audit</h2>');
  const membership = sampleAudit.membership.map((each) => ({ ...each, stage: hostile }));
  const page = renderReport({ ...run, audit: { ...sampleAudit, membership } });
  expect(page).toContain('Audit</h2>');
  expect(page).toContain('Epsilon is at least 1.94');
  expect(page).toContain(escapedHostile);
  expect(page).not.toContain(hostile);
  expect(faultsOf(page)).toEqual([]);
});

it('says that there were no attacks where there were none', () => {
  const page = renderReport({ ...run, audit: { ...sampleAudit, membership: [] } });
  expect(page).toContain('No attack on the models');
  expect(faultsOf(page)).toEqual([]);
});
