/** Proposes a manifest for a data folder, and reads the folder with it. */

import { InvalidInput } from '@gaitway/core';
import { MANIFEST_FILE, publishedManifests } from '@gaitway/core/data';
import { Document, isMap, visit } from 'yaml';
import { openFiles } from '../folder-files.js';
import { inspectDataFolder } from '../inspect-data-folder.js';
import type { Inspection, InspectionPlan } from '../inspection.js';
import { type AnyManifest, knownLayout } from '../pick-layout.js';
import { inferManifest } from './infer-manifest.js';
import { inferWindows } from './infer-windows.js';
import type { Ask } from './questions.js';

/** A manifest, and what the folder holds as it describes it. */
export interface ProposedManifest {
  /** The text of the file; absent where the folder needs none. */
  readonly text?: string;
  /** What was inferred and from what, a line each. */
  readonly reasons: readonly string[];
  readonly inspection: Inspection;
}

/**
 * Looks at a folder: a manifest that is there is used as it is, files of a known layout need none, and for others one is
 * inferred. Nothing is written.
 *
 * @param options.layout - The layout by name; that of a public data set gives its manifest.
 * @throws InvalidInput when the files do not tell enough and nobody answers, or none of them can be read.
 */
export async function proposeManifest(
  folder: string,
  { layout, plan, ask }: { readonly layout?: string; readonly plan: InspectionPlan; readonly ask: Ask },
): Promise<ProposedManifest> {
  const files = await openFiles(folder);
  const isThere = files.paths.includes(MANIFEST_FILE);
  const published = publishedManifests.find(({ name }) => name === layout);
  const known = layout ?? (isThere ? 'csv' : knownLayout(files.paths));
  if (known !== undefined && (isThere || !published)) {
    const inspection = await inspectDataFolder(folder, { plan, layout: known });
    const reason = isThere ? `${MANIFEST_FILE}: it is there, and used as it is` : `layout: ${known}, by its files`;
    return { reasons: [reason], inspection: refuseUnread(inspection) };
  }
  const { manifest, reasons } = published
    ? { manifest: published.manifest, reasons: [`layout: ${published.name}, as asked for`] }
    : ((await inferWindows(files, ask)) ?? (await inferManifest(folder, files, ask)));
  const inspection = await inspectDataFolder(folder, { plan, manifest });
  return { text: textOf(manifest, reasons), reasons, inspection: refuseUnread(inspection) };
}

/** A manifest with which nothing can be read is none. */
function refuseUnread(inspection: Inspection): Inspection {
  if (inspection.recordings === 0) {
    const [first] = inspection.unreadable;
    throw new InvalidInput(inspection.folder, [
      { path: '', message: `expected files that can be read, found: ${first?.message ?? 'none'}` },
    ]);
  }
  return inspection;
}

/** Each key in a line, with what was inferred above them. */
function textOf(manifest: AnyManifest, reasons: readonly string[]): string {
  const document = new Document(manifest);
  visit(document, {
    Map: (_, map, ancestors) => {
      map.flow = ancestors.some((outer) => isMap(outer));
    },
  });
  const comments = reasons.map((reason) => `# - ${reason}\n`).join('');
  return `# Written by gaitway init. What it inferred, and from what:\n${comments}\n${document.toString({ lineWidth: 0 })}`;
}
