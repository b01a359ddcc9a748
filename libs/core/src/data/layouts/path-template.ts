/** Paths such as `{person}/{activity}-*.csv`, which select files and extract facts from their paths. */

import { didYouMean } from '../../nearest-name.js';

export const placeholders = ['person', 'activity'] as const;

export type Placeholder = (typeof placeholders)[number];

/** Values of the placeholders in one path. */
export type TemplateMatch = Readonly<Partial<Record<Placeholder, string>>>;

const PLACEHOLDER = /\{([^{}]*)\}/g;

/** The placeholders of a template, in order. */
export function templatePlaceholders(template: string): readonly string[] {
  return [...template.matchAll(PLACEHOLDER)].map(([, name]) => name ?? '');
}

/** What is wrong with a template; undefined if nothing is. */
export function templateIssue(template: string): string | undefined {
  const names = templatePlaceholders(template);
  const unknown = names.find((name) => !placeholders.some((known) => known === name));
  if (unknown !== undefined) {
    return `expected {person} or {activity}, found {${unknown}}${didYouMean(unknown, placeholders)}`;
  }
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  return twice === undefined ? undefined : `expected {${twice}} once, found it twice`;
}

/**
 * Matches paths (parts separated by `/`) against a template without issues. A placeholder stands for one or more
 * characters, as few as fit; `*` for any number; neither matches a `/`.
 */
export function templateMatcher(template: string): (path: string) => TemplateMatch | undefined {
  const pattern = template
    .replace(/[.+?^$()[\]\\|]/g, String.raw`\$&`)
    .replace(/\*/g, '[^/]*')
    .replace(PLACEHOLDER, (_, name: string) => `(?<${name}>[^/]+?)`);
  const expression = new RegExp(`^${pattern}$`);
  return (path) => {
    const match = expression.exec(path);
    return match ? { ...match.groups } : undefined;
  };
}
