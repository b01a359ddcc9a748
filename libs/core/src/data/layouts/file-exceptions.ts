/** Files that differ from the others of their manifest in some keys. */

import type { CsvManifest, FileException } from './csv-manifest.js';
import { templateMatcher } from './path-template.js';

/** The manifest as each of its exceptions alone makes it. */
export function exceptedManifests(manifest: CsvManifest): readonly CsvManifest[] {
  return (manifest.exceptions ?? []).map((exception) => excepted(manifest, exception));
}

/**
 * The manifest of a file.
 *
 * @returns A function of its path. Of several exceptions that match it, later ones count.
 */
export function manifestOfFile(manifest: CsvManifest): (path: string) => CsvManifest {
  const exceptions = (manifest.exceptions ?? []).map((exception) => ({
    matches: templateMatcher(exception.path),
    exception,
  }));
  return (path) =>
    exceptions
      .filter(({ matches }) => matches(path) !== undefined)
      .reduce((all, { exception }) => excepted(all, exception), manifest);
}

/** A clock takes the place of the manifest's own, of whichever kind that is. */
function excepted({ rateHz, time, ...others }: CsvManifest, exception: FileException): CsvManifest {
  const clock = { ...(rateHz !== undefined && { rateHz }), ...(time && { time }) };
  const hasClock = exception.rateHz !== undefined || exception.time !== undefined;
  return { ...others, ...(hasClock ? {} : clock), ...exception, path: others.path };
}
