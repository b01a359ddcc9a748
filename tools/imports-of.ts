import { dirname, join } from 'node:path';
import ts from 'typescript';

/** The paths of the source files that a file imports by relative paths, each once. @param path - Path of the file */
export function importsOf(path: string, text: string): ReadonlySet<string> {
  const relative = ts.preProcessFile(text).importedFiles.filter(({ fileName }) => fileName.startsWith('.'));
  return new Set(relative.map(({ fileName }) => join(dirname(path), fileName).replace(/\.js$/, '.ts')));
}
