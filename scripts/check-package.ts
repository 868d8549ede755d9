/**
 * Looks into the tarball as npm would publish it: everything n8n needs is in it, and nothing else.
 * Needs a build; fails with the list of what is wrong.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { outputPreviews } from './output-previews';

interface Manifest {
	n8n: { nodes: string[]; credentials: string[] };
}

/** What npm says of it. */
interface Tarball {
	files: { path: string }[];
	size: number;
	unpackedSize: number;
}

const root = join(__dirname, '..');
/** Far above what it is now; a stray folder would be above this. */
const MAX_BYTES = 500_000;

/** What may be in it. */
const ALLOWED = [
	/^(package\.json|README(\.zh-CN)?\.md|LICENSE)$/,
	/^dist\/(nodes|credentials|lib)\/.+\.js$/,
	/^dist\/nodes\/.+\.node\.json$/,
	/^dist\/nodes\/\w+\/__schema__\/v[\d.]+(\/\w+)?\.json$/,
	/^dist\/(nodes|credentials|icons)\/.+\.svg$/,
];

type Packed = ReturnType<typeof packed>;

function problems({ files, size }: Packed): string[] {
	const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
	const { nodes, credentials } = manifest.n8n;
	const needed = [
		...nodes,
		...credentials,
		...nodes.map((file) => file.replace(/\.js$/, '.json')),
		...[...nodes, ...credentials].flatMap(iconsOf),
		...[...outputPreviews().keys()].map((file) => `dist/${file}`),
	];
	return [
		...needed.filter((file) => !files.includes(file)).map((file) => `missing: ${file}`),
		...files
			.filter((file) => !ALLOWED.some((form) => form.test(file)))
			.map((file) => `does not belong there: ${file}`),
		...(size > MAX_BYTES ? [`${size} bytes are more than ${MAX_BYTES}`] : []),
	];
}

/** What npm would publish; sizes in bytes. */
function packed() {
	const output = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
		cwd: root,
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'ignore'],
		shell: process.platform === 'win32',
	});
	const [tarball] = JSON.parse(output) as Tarball[];
	if (!tarball) throw new Error('npm pack lists nothing');
	return { ...tarball, files: tarball.files.map(({ path }) => path) };
}

/** The icons that a built node or credential names, light and dark. */
function iconsOf(file: string): string[] {
	if (!existsSync(join(root, file))) return [];
	const code = readFileSync(join(root, file), 'utf8');
	return [...code.matchAll(/'file:([^']+\.svg)'/g)].map(([, icon]) =>
		join(file, '..', icon!).replaceAll('\\', '/'),
	);
}

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(2)} MB`;
const tarball = packed();
const found = problems(tarball);
for (const problem of found) console.error(problem);
if (found.length > 0) process.exitCode = 1;
else {
	const { files, size, unpackedSize } = tarball;
	console.log(
		`The package holds what it should: ${files.length} files, ${megabytes(size)}, unpacked ${megabytes(unpackedSize)}.`,
	);
}
