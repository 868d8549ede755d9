import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The README makes people want the package: it is short, and says first who TW and TD are. */
const root = join(__dirname, '..', '..', '..');
const read = (page: string) => readFileSync(join(root, page), 'utf8');

const MOST_WORDS = 1300;
const TABLE = '<!-- operations:';

/** What a person reads before the table of operations; rules of tables and signs alone are no words. */
function words(page: string): string[] {
	const [before = ''] = read(page).split(TABLE);
	return before.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word));
}

test('the README is short', () => {
	expect(read('README.md')).toContain(TABLE);
	expect(words('README.md').length).toBeLessThanOrEqual(MOST_WORDS);
});

describe.each(['README.md', 'README.zh-CN.md'])('%s', (page) => {
	const text = read(page);

	test('says in its first lines who TW and TD are, and leads to them', () => {
		const [, , , , introduction = ''] = text.split('\n');
		expect(introduction).toMatch(/\[TW\]\(https:\/\//);
		expect(introduction).toMatch(/TrustDecision[^\]]*\]\(https:\/\/www\.trustdecision\.com\)/);
	});

	test('asks nobody to type an expression', () => {
		expect(text).not.toContain('{{');
	});

	test('shows a flow and a label, and no picture that is not there', () => {
		const pictures = [...text.matchAll(/!\[[^\]]+\]\(([^)]+)\)/g)].map(([, file = '']) => file);
		expect(pictures).toEqual(expect.arrayContaining(['docs/img/flow.png', 'docs/img/label.png']));
		expect(pictures.filter((file) => !existsSync(join(root, file)))).toEqual([]);
	});
});

/** n8n's versions are named in pages and in CI; what is installed and tested decides what they are. */
test('every page and CI name the versions of n8n that are tested', () => {
	const versions = ['host/n8n', 'host/n8n-2.8'].map((recipe) => {
		const { dependencies } = JSON.parse(read(`${recipe}/package.json`)) as {
			dependencies: { n8n: string };
		};
		return dependencies.n8n;
	});
	const named = (page: string) =>
		[...read(page).matchAll(/(?<=n8n[^\n]{0,40}\b)2\.\d+\.\d+/g)].map(([version]) => version);
	const pages = ['docs', '.github/workflows', 'host']
		.flatMap((folder) => readdirSync(join(root, folder)).map((file) => join(folder, file)))
		.concat('README.md', 'README.zh-CN.md', 'CONTRIBUTING.md')
		.filter((file) => /\.(md|yml)$/.test(file));

	const strange = pages.flatMap((page) =>
		named(page)
			.filter((version) => !versions.includes(version))
			.map((version) => `${page}: ${version}`),
	);
	expect(strange).toEqual([]);
	for (const version of versions) expect(named('README.md')).toContain(version);
});
