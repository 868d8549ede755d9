import { getStaticValue } from '@eslint-community/eslint-utils';
import eslint from '@eslint/js';
import communityNodes from '@n8n/eslint-plugin-community-nodes';
import { createNodeResolver, importX } from 'eslint-plugin-import-x';
import n8nNodesBase from 'eslint-plugin-n8n-nodes-base';
import { globalIgnores } from 'eslint/config';
import recheck from 'recheck/lib/browser.js';
import tseslint from 'typescript-eslint';

/** What is published and runs inside n8n. All else is for people who work on the package. */
const PUBLISHED = ['nodes/**/*.ts', 'credentials/**/*.ts', 'lib/**/*.ts'];

/**
 * What each room of lib/ may import of lib/, besides itself: floors from the ground up. Shops stand on top
 * of the vendors, since they make a ticket for TW and events for TD of a shop's order. The rooms that know
 * n8n lie above all that do not.
 */
const ROOMS = {
	base: [],
	http: ['base'],
	fields: ['base'],
	register: ['base'],
	once: ['base', 'register'],
	'tw/wire': ['base', 'http', 'register'],
	'tw/writes': ['base', 'http', 'register', 'once', 'tw/wire'],
	'tw/orders': ['base', 'http', 'fields', 'register', 'once', 'tw/wire', 'tw/writes'],
	'tw/billing': ['base', 'fields', 'tw/wire'],
	'tw/bags': ['base', 'fields', 'register', 'once', 'tw/wire', 'tw/writes'],
	td: ['base', 'http', 'fields', 'register', 'once'],
	shops: ['base', 'http', 'fields', 'register', 'once', 'tw/orders', 'td'],
	contract: ['base', 'http', 'tw', 'td'],
	operation: ['base', 'fields', 'register'],
	expressions: [],
	run: ['base', 'http', 'fields', 'register', 'once', 'operation', 'expressions'],
};

const FLOORS = Object.entries(ROOMS).map(([room, below]) => ({
	target: [`lib/${room}`],
	from: ['lib'],
	except: [room, ...below],
	message: `lib/${room} imports only from ${below.join(', ') || 'nothing else'} of lib/; see CONTRIBUTING.md.`,
}));

const UNIT = 'What needs an engine or a server is tested outside of test/unit.';

/**
 * Who may import whom: files of `target` must not import anything of `from`. The paths are resolved
 * before they are compared, so a type import, a re-export or a `require` is caught as well.
 */
const BORDERS = [
	{
		target: ['lib/!(operation|expressions|run)', 'lib/!(operation|expressions|run)/**/*'],
		from: ['node_modules/n8n-workflow', 'node_modules/n8n-core'],
		message: 'Only lib/operation, lib/expressions, lib/run, nodes/ and credentials/ know n8n.',
	},
	{
		target: ['nodes', 'credentials', 'lib'],
		from: ['node_modules/n8n-core'],
		message: "n8n-core is the host's. Published code uses n8n-workflow.",
	},
	{
		target: ['nodes', 'credentials', 'sandbox', 'lib/!(http)', 'lib/!(http)/**/*'],
		from: ['node_modules/undici'],
		message: 'Only lib/http speaks HTTP; ask it for what you need.',
	},
	{
		target: ['lib'],
		from: ['nodes', 'credentials'],
		message: 'lib/ is below nodes/ and credentials/ and must not know them.',
	},
	{
		target: ['credentials'],
		from: ['nodes'],
		message: 'A credential serves any node, also the HTTP Request node.',
	},
	// The floors of lib/, from the ground; a room imports from below only
	...FLOORS,
	{
		target: ['sandbox'],
		from: ['lib', 'nodes', 'credentials'],
		message: 'The sandbox reads the contracts for itself: two readings that must agree.',
	},
	{
		target: ['nodes', 'credentials', 'lib'],
		from: ['sandbox', 'host', 'test', 'bench', 'scripts'],
		message: 'This is not in the published package.',
	},
	// `npm run test:unit` starts neither n8n's engine nor a server
	{
		target: ['test/unit'],
		from: [
			'test/engine',
			'test/sandbox',
			'test/support.ts',
			'host',
			...['@n8n', 'fastify', 'n8n-core', 'pg', 'undici'].map((name) => `node_modules/${name}`),
		],
		message: UNIT,
	},
	{
		target: ['test/unit'],
		from: ['sandbox'],
		except: ['td/events.ts', 'tw/ticket.ts'],
		message: `${UNIT} Of the sandbox, its reading of a body alone is without one.`,
	},
];

/**
 * Refuses a pattern whose time grows faster than the text that it reads: what vendors and shops send may
 * be of 16 MB. One that is put together at run time can't be judged here. Judged by recheck, because
 * eslint-plugin-regexp does not see a start that is tried again and again, as in `/\/(\w+)(\?.*)?$/`.
 */
const linearPatterns = {
	create: (context) => {
		const judge = (node, source, flags) => {
			// Without one of these nothing grows
			if (typeof source !== 'string' || !/[*+]|,\}/.test(source)) return;
			const { status, complexity, attack } = recheck.checkSync(source, flags);
			if (status === 'safe') return;
			const how = `${complexity?.summary ?? 'of an unknown time'}, e.g. ${attack?.pattern ?? '?'}`;
			context.report({ node, message: `This pattern is ${how}` });
		};
		return {
			'Literal[regex]': (node) => judge(node, node.regex.pattern, node.regex.flags),
			':matches(NewExpression, CallExpression)[callee.name="RegExp"]': (node) => {
				const scope = context.sourceCode.getScope(node);
				const [source, flags] = node.arguments.map((one) => getStaticValue(one, scope)?.value);
				judge(node, source, flags ?? '');
			},
		};
	},
};

export default tseslint.config(
	globalIgnores(['dist', '.host', '**/node_modules', 'coverage']),
	{ linterOptions: { reportUnusedDisableDirectives: 'error' } },

	// Everything we write -----------------------------------------------------------------------
	{
		files: ['**/*.{ts,js,mjs,cjs}'],
		extends: [eslint.configs.recommended, importX.flatConfigs.recommended],
		settings: {
			'import-x/resolver-next': [createNodeResolver({ extensions: ['.ts', '.js', '.json'] })],
			'import-x/parsers': { '@typescript-eslint/parser': ['.ts'] },
		},
		rules: {
			'import-x/no-cycle': 'error',
			'import-x/no-restricted-paths': ['error', { zones: BORDERS }],
			'import-x/first': 'error',
			'import-x/newline-after-import': 'error',
			// tsc and Node resolve imports with the packages' export maps, which these do not read
			'import-x/no-unresolved': 'off',
			'import-x/named': 'off',
			'import-x/namespace': 'off',
			'import-x/default': 'off',
			// They warn about `import z from 'zod'` and the like, where both spellings are the same thing
			'import-x/no-named-as-default': 'off',
			'import-x/no-named-as-default-member': 'off',
		},
	},
	{
		files: ['**/*.ts'],
		extends: [tseslint.configs.recommendedTypeChecked],
		languageOptions: {
			parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
		},
		rules: {
			'@typescript-eslint/consistent-type-imports': 'error',
			'@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
			// n8n's interfaces ask for async functions, also where a node has nothing to wait for
			'@typescript-eslint/require-await': 'off',
			// n8n calls `execute` and the `methods` with a context as `this`; it never binds them
			'@typescript-eslint/unbound-method': 'off',
		},
	},
	{
		files: ['test/unit/**'],
		rules: {
			// What Node.js brings has no path for BORDERS to compare
			'no-restricted-imports': [
				'error',
				{ patterns: [{ regex: '^(node:)?(child_process|https?|http2|net|tls)$', message: UNIT }] },
			],
		},
	},
	{
		files: ['**/*.{js,mjs,cjs}'],
		languageOptions: {
			globals: {
				AbortController: 'readonly',
				AbortSignal: 'readonly',
				Buffer: 'readonly',
				URL: 'readonly',
				URLSearchParams: 'readonly',
				clearInterval: 'readonly',
				clearTimeout: 'readonly',
				console: 'readonly',
				fetch: 'readonly',
				performance: 'readonly',
				process: 'readonly',
				setImmediate: 'readonly',
				setInterval: 'readonly',
				setTimeout: 'readonly',
			},
		},
	},
	{
		files: ['**/*.{js,cjs}'],
		languageOptions: {
			sourceType: 'commonjs',
			globals: {
				__dirname: 'readonly',
				__filename: 'readonly',
				exports: 'writable',
				module: 'writable',
				require: 'readonly',
			},
		},
	},

	// What is published: n8n's rules for community nodes, as @n8n/node-cli sets them -------------
	{
		files: [...PUBLISHED, 'package.json'],
		extends: [communityNodes.configs.recommended],
		rules: {
			// This package is for self-hosted n8n by choice and brings libraries of its own:
			// undici, because n8n's request helper opens a new connection for every request and sends
			// a second time on HTTP 401; zod, to check every request before anything is sent; pg, to
			// remember orders where workers share no folder; lossless-json, for ids beyond 2^53;
			// html-entities, for the names that WordPress stores; libphonenumber-js, for the two parts in
			// which TD takes a phone number.
			'@n8n/community-nodes/no-runtime-dependencies': 'off',
			// The same libraries, and files of n8n's folder, seen from the import side. Who may import undici is in BORDERS.
			'@n8n/community-nodes/no-restricted-imports': 'off',
		},
	},
	{
		files: PUBLISHED,
		rules: {
			'no-restricted-syntax': [
				'error',
				{
					selector:
						"CallExpression[callee.name='keyOf'] > :matches(TemplateLiteral, BinaryExpression)",
					message: 'Give each part of a key for itself: joined texts can be taken for others.',
				},
			],
			'no-restricted-properties': [
				'error',
				{
					object: 'AbortSignal',
					property: 'any',
					message:
						'Node 22 collects a timeout that is only in it, and it never fires. Keep a timer.',
				},
			],
		},
	},
	{
		files: ['lib/*'],
		rules: {
			'no-restricted-syntax': [
				'error',
				{ selector: 'Program', message: 'Nothing lies loose in lib/: each file lives in a room.' },
			],
		},
	},
	{
		files: PUBLISHED,
		plugins: {
			'n8n-nodes-base': n8nNodesBase,
			house: { rules: { 'linear-patterns': linearPatterns } },
		},
		rules: { 'no-console': 'error', 'house/linear-patterns': 'error' },
	},
	{
		files: ['credentials/**/*.ts'],
		rules: {
			...n8nNodesBase.configs.credentials.rules,
			// It asks for n8n's own page slugs; the community rule for a full URL applies instead
			'n8n-nodes-base/cred-class-field-documentation-url-miscased': 'off',
		},
	},
	{
		files: ['nodes/**/*.ts'],
		rules: {
			...n8nNodesBase.configs.nodes.rules,
			// The two ask for the text 'main'; the community rules ask for NodeConnectionTypes.Main
			'n8n-nodes-base/node-class-description-inputs-wrong-regular-node': 'off',
			'n8n-nodes-base/node-class-description-outputs-wrong': 'off',
			// It forbids an upper bound for Limit, which a vendor's page size may well have
			'n8n-nodes-base/node-param-type-options-max-value-present': 'off',
		},
	},
	{
		files: ['package.json'],
		plugins: { 'n8n-nodes-base': n8nNodesBase },
		languageOptions: {
			parser: tseslint.parser,
			parserOptions: { extraFileExtensions: ['.json'] },
		},
		rules: n8nNodesBase.configs.community.rules,
	},
);
