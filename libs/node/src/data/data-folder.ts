/** A folder of recordings: its layout and its files, before any of them is read. */

import { InvalidInput, type RawRecording } from '@gaitway/core';
import { type FileContent, type NamedArray, type PathFacts, textArray } from '@gaitway/core/data';
import { composedName, inNaturalOrder, readPersonName } from '@gaitway/core/internal';
import { arrayReader } from './containers/array-file.js';
import { type FolderFiles, openFiles, wholeFile } from './folder-files.js';
import type { ReadingProgress } from './progress-text.js';
import { INSPECTION_PLAN, type InspectionPlan, type Suspect } from './inspection.js';
import { type LeftAlone, looksLikeData } from './left-alone.js';
import { type AnyManifest, type DataLayout, filesText, layoutOf, pickLayout } from './pick-layout.js';
import { type FolderCheck, folderCheck } from './suspects.js';

export interface DataFolderOptions {
  /** One of `layoutNames`; if absent, it is detected from the files. */
  readonly layout?: string;
  /** If present, the manifest, whatever lies in the folder. */
  readonly manifest?: AnyManifest;
  /** If present, only the recordings of these people are read. */
  readonly people?: readonly string[];
  /** If present, the data are checked while they are read. */
  readonly check?: DataCheck;
}

/** What becomes of suspects. */
export interface DataCheck {
  /** The rate and the windows of the study; by default those of `gaitway inspect`. */
  readonly plan?: InspectionPlan;
  /** Receives everything suspect once a folder is read; may throw. */
  readonly tell: (suspects: readonly Suspect[], folder: string) => void;
  /** Receives how far the reading is. */
  readonly progress?: (progress: ReadingProgress) => void;
}

/** A file of the folder's layout, with the facts in its path. */
export interface DataFile extends PathFacts {
  /** Relative to the folder, with `/` as the separator. */
  readonly path: string;
}

export interface DataFolder {
  readonly folder: string;
  readonly layout: DataLayout;
  /** Everything in the folder. */
  readonly source: FolderFiles;
  /** Sorted by path; without files that belong to other people according to their paths. */
  readonly files: readonly DataFile[];
  /** Number of files that do not belong to the layout. */
  readonly otherFiles: number;
  /** What looks like data and is not read. */
  readonly leftAlone: readonly LeftAlone[];
  /** Recordings that the data set knows of, but that are not there. */
  readonly absent: readonly string[];
}

/**
 * Lists the files of a folder and determines its layout, without reading recordings.
 *
 * @throws InvalidInput when there is no folder, no file of the layout, no fitting layout, a name of a person in a path
 *   that has characters that nobody sees, or no file of one of the people although the paths tell whose each file is.
 */
export async function openDataFolder(folder: string, options: DataFolderOptions = {}): Promise<DataFolder> {
  const source = await openFiles(folder);
  const { paths, leftAlone } = source;
  const layout = options.manifest
    ? layoutOf(options.manifest)
    : await pickLayout({ folder, files: source }, options.layout);
  const all = paths.flatMap((path): DataFile[] => {
    const facts = layout.recognise(path);
    return facts ? [{ path, ...withPersonName(facts, path) }] : [];
  });
  if (all.length === 0) {
    const message = `expected files ${layout.files} of the layout ${layout.name}, found ${filesText(paths)}`;
    throw new InvalidInput(folder, [{ path: '', message }]);
  }
  const people = options.people?.map(composedName);
  if (people && all.every(({ subject }) => subject !== undefined)) {
    const present = new Set(all.map(({ subject }) => subject ?? ''));
    refuseAbsent(folder, people, present);
  }
  const files = all.filter(({ subject }) => subject === undefined || (people?.includes(subject) ?? true));
  const known = new Set(all.map(({ path }) => path));
  const others = paths.filter((path) => !known.has(path));
  return {
    folder,
    layout,
    source,
    files,
    otherFiles: others.length,
    leftAlone: [...leftAlone, ...looksLikeData(others, layout)],
    absent: layout.absent?.(paths) ?? [],
  };
}

/** The facts in a path, with the name of the person as recordings have it. */
function withPersonName(facts: PathFacts, path: string): PathFacts {
  const { subject } = facts;
  return subject === undefined ? facts : { ...facts, subject: readPersonName(subject, path, 'the person in the path') };
}

/**
 * The content of one file, which is read piece by piece.
 *
 * @param onBytes - Receives the number of bytes of each piece of the file as it lies on the disk.
 * @throws InvalidInput naming file, line and column where the file is invalid, and when it cannot be opened.
 */
export async function readDataFile(
  { source, layout }: DataFolder,
  path: string,
  onBytes: (count: number) => void = () => undefined,
): Promise<FileContent> {
  const arraysIn = async (file: string): Promise<readonly NamedArray[]> => {
    const bytes = await wholeFile(source, file, onBytes);
    return (await arrayReader(file)?.(bytes, file)) ?? [textArray(bytes, file)];
  };
  if ('together' in layout) {
    const arrays = new Map<string, readonly NamedArray[]>();
    for (const file of layout.together(path)) {
      arrays.set(file, await arraysIn(file));
    }
    return layout.read(path, arrays);
  }
  if (layout.readArrays && arrayReader(path)) {
    return layout.readArrays(path, await arraysIn(path));
  }
  const reader = layout.open(path);
  for await (const bytes of source.bytes(path, onBytes)) {
    reader.push(bytes);
  }
  return reader.end();
}

/**
 * Passes when all of the people are present.
 *
 * @throws InvalidInput naming those who are missing, and those who are present.
 */
export function refuseAbsent(
  folder: string,
  people: readonly string[] | undefined,
  present: ReadonlySet<string>,
): void {
  const absent = people?.filter((person) => !present.has(person)) ?? [];
  if (absent.length > 0) {
    const there = inNaturalOrder(present).join(', ');
    const message = `expected recordings of ${absent.join(', ')}; found those of ${there} only`;
    throw new InvalidInput(folder, [{ path: 'people', message }]);
  }
}

/**
 * Reads a folder file by file, sorted by path; at most one file is in memory. Files of other people are not opened if
 * their paths tell whose they are.
 *
 * @example
 * for await (const recording of readDataFolder('data', { people: ['1', '6'] })) { … }
 * @throws InvalidInput as `openDataFolder` and `readDataFile` do, and, once everything is read, when there was no
 *   recording of one of the people.
 */
export async function* readDataFolder(folder: string, options: DataFolderOptions = {}): AsyncGenerator<RawRecording> {
  const data = await openDataFolder(folder, options);
  const checked = startedCheck(data, options.check);
  const people = options.people?.map(composedName);
  const present = new Set<string>();
  for await (const { path, content } of filesOf(data, options.check)) {
    checked.notes(path, content.notes);
    for (const recording of content.recordings) {
      present.add(recording.subject);
      if (isWanted(recording, people)) {
        checked.recording(recording);
        yield recording;
      }
    }
  }
  refuseAbsent(folder, people, present);
  checked.tell();
}

/** A check of a folder that tells what it has found; one that does nothing where none is asked for. */
function startedCheck(
  data: DataFolder,
  check: DataCheck | undefined,
): Pick<FolderCheck, 'notes'> & { readonly recording: (raw: RawRecording) => void; readonly tell: () => void } {
  const nothing = (): void => undefined;
  if (!check) {
    return { notes: nothing, recording: nothing, tell: nothing };
  }
  const started = folderCheck(check.plan ?? INSPECTION_PLAN, data);
  const tell = (): void => {
    check.tell(started.suspects(), data.folder);
  };
  return { notes: started.notes, recording: started.recording, tell };
}

function isWanted({ subject }: RawRecording, people: readonly string[] | undefined): boolean {
  return people?.includes(subject) ?? true;
}

async function* filesOf(
  data: DataFolder,
  check: DataCheck | undefined,
): AsyncGenerator<{ readonly path: string; readonly content: FileContent }> {
  const onBytes = await byteCounter(data, check?.progress);
  for (const { path } of data.files) {
    yield { path, content: await readDataFile(data, path, onBytes) };
  }
}

/** A function that takes the bytes that are read, and tells the progress among all of the folder's. */
export async function byteCounter(
  { source, files, layout }: DataFolder,
  progress: ((progress: ReadingProgress) => void) | undefined,
): Promise<(count: number) => void> {
  if (!progress) {
    return () => undefined;
  }
  let [all, read] = [0, 0];
  for (const path of files.flatMap((file) => ('together' in layout ? layout.together(file.path) : [file.path]))) {
    all += await source.sizeOf(path);
  }
  progress({ read, all });
  return (count) => {
    read += count;
    progress({ read, all });
  };
}
