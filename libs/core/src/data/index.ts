/** Recordings: layouts of data folders, resampling, windows and normalisation. */

export type { NamedArray } from './layouts/arrays/named-array.js';
export { textArray } from './layouts/arrays/text-array.js';
export { type CsvManifest, MANIFEST_FILE } from './layouts/csv-manifest.js';
export { parseCsvManifest } from './layouts/parse-csv-manifest.js';
export { csvLayout } from './layouts/csv.js';
export { parseSegments, type SegmentTable } from './layouts/label-segments.js';
export type { FileContent, FileNote, Layout, LayoutFiles, PathFacts, PublishedAs } from './layouts/layout.js';
export { motionSenseLayout } from './layouts/motionsense.js';
export { type WindowsLayout, windowsLayout } from './layouts/windows/windows-layout.js';
export { parseWindowsManifest, type WindowsManifest } from './layouts/windows/windows-manifest.js';
export { templateMatcher } from './layouts/path-template.js';
export { publishedManifests, type PublishedManifest } from './layouts/published/published-manifests.js';
export { wisdmLayout } from './layouts/wisdm.js';
export {
  channelStatistics,
  type ChannelStatistics,
  mergeStatistics,
  normalisationFrom,
  normalisationOf,
} from './normalise.js';
export {
  type AccelerationUnit,
  accelerationUnits,
  durationSeconds,
  gPerUnit,
  sampleCount,
  timeSteps,
} from './recording.js';
export { checkActivities, pickChannels, usedActivities } from './requirements.js';
export { resample, sampleTimes } from './resample.js';
export { medianInterval, type Stretch, unbrokenStretches } from './stretches.js';
export {
  selectWindows,
  slideLabelledWindows,
  slideWindows,
  windowCount,
  type WindowedDataset,
  type WindowPlan,
  windowSamples,
  type WindowShape,
} from './windows.js';
