// The fences of the house: strict types everywhere, packages and floors that import in one direction only.
import nx from '@nx/eslint-plugin';
import prettier from 'eslint-config-prettier';
import { builtinModules } from 'node:module';
import tseslint from 'typescript-eslint';

const testFiles = ['**/*.test.ts', '**/*.contract.ts', '**/testing/**'];
const environmentGlobals = ['process', 'Buffer', 'setTimeout', 'setInterval', 'setImmediate', 'Date', 'performance'];
const noNode = 'Core, protocol and secure aggregation run in browsers: no Node modules.';
const nodeModules = {
  paths: builtinModules.map((name) => ({ name, message: noNode })),
  pattern: { group: ['node:*'], message: noNode },
};
const exportStyle = {
  selector: 'ExportDefaultDeclaration',
  message: 'Named exports only: a thing has one name everywhere.',
};

/** Packages with floors, lowest first. A floor may import lower floors, never higher ones or a sibling on its own level. */
const houses = [
  {
    root: 'libs/core/src',
    floors: [
      ['math'],
      ['inputs', 'privacy'],
      ['data', 'metrics'],
      ['augment', 'model', 'federated'],
      ['train', 'baseline'],
      ['study', 'pipeline'],
      ['tasks', 'choose', 'classifier'],
      ['engine', 'export'],
    ],
    paths: nodeModules.paths,
    patternsOf: (floor) => [
      nodeModules.pattern,
      ...(['model', 'train'].includes(floor)
        ? []
        : [{ group: ['@tensorflow/*'], message: 'Tensors live in model/ and train/ only.' }]),
    ],
  },
  {
    root: 'libs/node/src',
    floors: [
      ['files'],
      ['backend', 'data'],
      ['identity', 'models', 'terminal'],
      ['run'],
      ['report', 'worker'],
      ['runs', 'study', 'compare', 'export'],
      ['pipeline', 'baseline', 'track', 'classifier'],
      ['experiment', 'tasks'],
    ],
    paths: [],
    patternsOf: () => [],
  },
  {
    root: 'libs/protocol/src',
    floors: [['framing'], ['messages'], ['transfer', 'parameters']],
    paths: nodeModules.paths,
    patternsOf: () => [nodeModules.pattern],
  },
  {
    root: 'libs/secure-aggregation/src',
    floors: [['arithmetic'], ['keys'], ['messages'], ['cohort'], ['client', 'coordinator']],
    paths: nodeModules.paths,
    patternsOf: () => [nodeModules.pattern],
  },
  {
    root: 'apps/coordinator/src',
    floors: [['limits'], ['fleet'], ['metrics'], ['connections'], ['host'], ['study']],
    paths: [],
    patternsOf: () => [],
  },
  {
    root: 'apps/client/src',
    floors: [['policy', 'ledger'], ['availability', 'tasks'], ['connection']],
    paths: [],
    patternsOf: () => [],
  },
];

/** Lint blocks that keep the files of each floor from importing the floors above and beside it. */
function floorFences({ root, floors, paths, patternsOf }) {
  return floors.flatMap((names, level) =>
    names.map((floor) => {
      const forbidden = floors
        .slice(level)
        .flat()
        .filter((name) => name !== floor);
      return {
        name: `gaitway/${root}/${floor}`,
        files: [`${root}/${floor}/**/*.ts`],
        ignores: testFiles,
        rules: {
          'no-restricted-imports': [
            'error',
            {
              paths,
              patterns: [
                ...patternsOf(floor),
                { group: ['**/index.js'], message: 'Inside a package, import the file that defines it.' },
                ...(forbidden.length
                  ? [
                      {
                        group: forbidden.map((name) => `**/${name}/*`),
                        message: `${floor}/ may import lower floors only.`,
                      },
                    ]
                  : []),
              ],
            },
          ],
        },
      };
    }),
  );
}

export default tseslint.config(
  { ignores: ['**/dist/**', 'node_modules/**', 'coverage/**', '.nx/**', 'runs/**', '.native/**'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    name: 'gaitway/typescript',
    files: ['**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    plugins: { '@nx': nx },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/prefer-nullish-coalescing': 'error',
      'no-restricted-syntax': ['error', exportStyle],
      'no-console': 'error',
      eqeqeq: 'error',
      curly: ['error', 'all'],
      complexity: ['error', 10],
      'max-depth': ['error', 4],
      'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 45, skipBlankLines: true, skipComments: true }],
      'max-params': ['error', 4],
      '@nx/enforce-module-boundaries': [
        'error',
        {
          banTransitiveDependencies: true,
          // The command line loads both late, for their own sub-commands; what else imports them is late as well.
          checkDynamicDependenciesExceptions: ['@gaitway/client', '@gaitway/coordinator'],
          depConstraints: [
            {
              sourceTag: 'type:core',
              onlyDependOnLibsWithTags: [],
              allowedExternalImports: ['@tensorflow/*', 'zod', 'vitest', 'fast-check', 'esbuild', 'onnxruntime-web'],
            },
            {
              sourceTag: 'type:protocol',
              onlyDependOnLibsWithTags: ['type:core'],
              allowedExternalImports: ['msgpackr/*', 'zod', 'vitest', 'fast-check', 'esbuild'],
            },
            {
              sourceTag: 'type:secure-aggregation',
              onlyDependOnLibsWithTags: ['type:core'],
              allowedExternalImports: ['@noble/*', 'shamir-secret-sharing', 'vitest', 'fast-check', 'esbuild'],
            },
            {
              sourceTag: 'type:toolbox',
              onlyDependOnLibsWithTags: ['type:core', 'type:protocol', 'type:secure-aggregation'],
            },
            {
              sourceTag: 'type:app',
              onlyDependOnLibsWithTags: ['type:core', 'type:protocol', 'type:secure-aggregation', 'type:toolbox'],
            },
            {
              sourceTag: 'type:cli',
              onlyDependOnLibsWithTags: [
                'type:core',
                'type:protocol',
                'type:secure-aggregation',
                'type:toolbox',
                'type:app',
              ],
            },
            { sourceTag: 'platform:any', onlyDependOnLibsWithTags: ['platform:any'] },
          ],
        },
      ],
    },
  },
  {
    name: 'gaitway/isomorphic',
    files: ['libs/core/src/**/*.ts', 'libs/protocol/src/**/*.ts', 'libs/secure-aggregation/src/**/*.ts'],
    ignores: [...testFiles, 'libs/secure-aggregation/src/node.ts'],
    rules: {
      'no-restricted-globals': ['error', ...environmentGlobals],
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'Randomness is an argument: take an Rng.' },
      ],
      'no-restricted-imports': ['error', { paths: nodeModules.paths, patterns: [nodeModules.pattern] }],
    },
  },
  ...houses.flatMap(floorFences),
  {
    // Tight loops over typed arrays, where every index is known to be in range.
    name: 'gaitway/numeric',
    files: [
      'libs/core/src/{math,inputs,privacy,data,metrics,augment,model,federated,baseline,train,pipeline,tasks,choose,classifier,export}/**/*.ts',
      'libs/secure-aggregation/src/{arithmetic,keys,cohort,client,coordinator}/**/*.ts',
      'benchmarks/**/*.ts',
      'tools/reconstruction/**/*.ts',
    ],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off' },
  },
  {
    name: 'gaitway/tests',
    files: testFiles,
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      'max-lines-per-function': 'off',
      'max-lines': 'off',
    },
  },
  {
    name: 'gaitway/terminal',
    files: ['apps/cli/src/**', 'examples/**', 'benchmarks/**', 'tools/**'],
    rules: { 'no-console': 'off' },
  },
  { name: 'gaitway/configuration', files: ['*.config.ts'], rules: { 'no-restricted-syntax': 'off' } },
  prettier,
  { name: 'gaitway/curly', rules: { curly: ['error', 'all'] } },
);
