/** Files described by a manifest. */

import { composedName } from '../../names.js';
import { csvFileReader, readArrays } from './csv-file.js';
import { MANIFEST_FILE, type CsvManifest } from './csv-manifest.js';
import { type CsvFile, namedActivity } from './csv-samples.js';
import { manifestOfFile } from './file-exceptions.js';
import type { SegmentTable } from './label-segments.js';
import type { Layout, PathFacts, PublishedAs } from './layout.js';
import { isMissing } from './missing-words.js';
import { type TemplateMatch, templateMatcher } from './path-template.js';

/**
 * The layout of the files that a manifest describes.
 *
 * @param segments - The content of the file that `segments` of the manifest names.
 * @param published - Of a data set that is known by its name: the name, and its other files.
 */
export function csvLayout(manifest: CsvManifest, segments?: SegmentTable, published?: PublishedAs): Layout {
  const match = templateMatcher(manifest.path);
  const manifestAt = manifestOfFile(manifest);
  const isSegments = manifest.segments && templateMatcher(manifest.segments.file);
  const isOwn = (path: string): boolean => path === MANIFEST_FILE || isSegments?.(path) !== undefined;
  const matchData = (path: string): TemplateMatch | undefined => (isOwn(path) ? undefined : match(path));
  const recognise = (path: string): PathFacts | undefined => {
    const found = matchData(path);
    return found && factsOf(found, manifest);
  };
  const fileAt = (path: string): CsvFile => {
    const facts = recognise(path) ?? {};
    const own = manifestAt(path);
    const recording = matchData(path)?.recording ?? '';
    return { manifest: own, path, facts, labels: segments?.of(recording, facts.subject ?? '', own.rateHz) };
  };
  return {
    name: published?.name ?? 'csv',
    files: published ? manifest.path : `${manifest.path} (path in ${MANIFEST_FILE})`,
    recognise,
    others: (path) => isOwn(path) || (published?.others?.test(path) ?? false),
    absent: (paths) => {
      const there = paths.flatMap((path) => {
        const found = matchData(path);
        return found ? [{ recording: found.recording ?? '', person: factsOf(found, manifest).subject ?? '' }] : [];
      });
      return (segments?.absent(there) ?? []).map(
        (line) => `line ${line} of ${manifest.segments?.file ?? ''} is of a recording of which there is no file`,
      );
    },
    open: (path) => csvFileReader(fileAt(path)),
    readArrays: (path, arrays) => readArrays(fileAt(path), arrays),
  };
}

function factsOf(
  { person, activity }: { readonly person?: string; readonly activity?: string },
  manifest: CsvManifest,
): PathFacts {
  const subject = person ?? constantOf(manifest.person);
  const label = activity === undefined ? constantOf(manifest.activity) : namedActivity(activity, manifest.activity);
  const isLabelled = label !== undefined && !isMissing(label);
  return { ...(subject !== undefined && { subject }), ...(isLabelled && { activity: label }) };
}

function constantOf(fact: object | undefined): string | undefined {
  return fact && 'constant' in fact ? composedName(String(fact.constant)) : undefined;
}
