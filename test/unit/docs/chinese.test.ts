import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/**
 * The pages in Simplified Chinese say what the English ones say. What they say no test can judge;
 * that a heading, a row, a message, a command or a picture was added to one alone, this one can.
 */
const root = join(__dirname, '..', '..', '..');
const CHINESE = '.zh-CN.md';

/** Every Chinese page, by its path from the root. */
const pages = ['.', 'docs']
	.flatMap((folder) => readdirSync(join(root, folder)).map((name) => join(folder, name)))
	.filter((page) => page.endsWith(CHINESE));

const englishOf = (page: string) => page.replace(CHINESE, '.md');
const read = (page: string) => readFileSync(join(root, page), 'utf8');

/** Tables that a script makes stand in the English page alone; the Chinese one leads there. */
const GENERATED = /<!-- (\w+): [^>]*-->([\s\S]*?)<!-- \/\1 -->/g;
const FENCED = /^```(.*)\n([\s\S]*?)^```$/gm;
/** The line below the title that leads to the other language. */
const SWITCH = /^(?:English · \[简体中文\]\(.*\)|\[English\]\(.*\) · 简体中文)$/m;

const LETTER = /[\p{L}\p{N}]/u;

const sorted = (values: Iterable<string>) => [...values].sort();
const all = (text: string, pattern: RegExp) =>
	[...text.matchAll(pattern)].map(([, found = '']) => found);

/** As GitHub names the place of a heading: small letters, no punctuation, spaces as hyphens. */
const slug = (heading: string) =>
	heading
		.toLowerCase()
		.replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
		.replaceAll(' ', '-');

const headings = (text: string) => [...text.replace(FENCED, '').matchAll(/^(#+) (.+)$/gm)];
const anchors = (text: string) => headings(text).map(([, , heading = '']) => slug(heading));

/** Rows of each table, the heading and the line below it included. */
const tables = (text: string) =>
	all(text, /((?:^\|.*\|\n?)+)/gm).map((table) => table.trim().split('\n'));

/** Links of a page but the switch; `[text, file, anchor]`. */
const links = (text: string) =>
	[...text.replace(SWITCH, '').matchAll(/(?<!!)\[[^\]]*\]\(([^)#]*)#?([^)]*)\)/g)].map(
		([, file = '', anchor = '']) => ({ file, anchor }),
	);

/**
 * What two pages must have in common, each as a list that can be compared.
 *
 * @param text the page
 * @param path where it stands, from the root
 */
function outline(text: string, path: string) {
	const written = text.replace(GENERATED, '');
	const prose = written.replace(FENCED, '');
	const commands = all(prose, /`([^`\n]+)`/g);
	return {
		headings: headings(written).map(([, level = '']) => level),
		rows: tables(prose).map((table) => table.length),
		columns: tables(prose).map((table) =>
			table.map((row) => row.replaceAll(/`[^`]*`/g, '').split('|').length),
		),
		paragraphs: prose.trim().split(/\n{2,}/).length,
		lists: all(prose, /^( *(?:-|\d+\.)) /gm),
		// Messages, names and values are the editor's in both languages
		firstCells: tables(prose).map((table) =>
			table.map((row) => all(row.split(' | ')[0] ?? '', /(`[^`]+`)/g)),
		),
		code: sorted(new Set(commands)),
		commands: sorted(commands.filter((command) => command.startsWith('npm '))),
		blocks: [...written.matchAll(FENCED)].map(([, language = '', block = '']) =>
			language === '' ? block.split('\n').length : `${language}\n${block}`,
		),
		pictures: all(prose, /!\[[^\]]*\]\(([^)]*)\)/g),
		links: sorted(links(prose).map(({ file, anchor }) => place(file, anchor, path))),
		generated: [...text.matchAll(GENERATED)].map(([, name = '', block = '']) => ({
			name,
			buttons: sorted(all(block, /(\*\*[^*]+\*\*)/g)),
		})),
	};
}

/** A link's target, whatever the language: the English file, and which of its headings it is. */
function place(file: string, anchor: string, from: string): string {
	if (file.includes('://')) return `${file}#${anchor}`;
	const target = file === '' ? from : join(dirname(from), file);
	const heading = anchor && `#${anchors(read(target)).indexOf(anchor)}`;
	return `${englishOf(target)}${heading}`;
}

/** Links of the page that lead nowhere, to a heading that is not there, or to the other language. */
function lost(text: string, path: string): string[] {
	const prose = text.replace(FENCED, '').replace(GENERATED, '');
	const missing = links(text.replace(FENCED, ''))
		.filter(({ file }) => !file.includes('://'))
		.filter(({ file, anchor }) => {
			const target = file === '' ? path : join(dirname(path), file);
			if (!existsSync(join(root, target))) return true;
			return anchor !== '' && !anchors(target === path ? text : read(target)).includes(anchor);
		});
	const foreign = links(prose).filter(({ file }) =>
		pages.includes(join(dirname(path), file.replace(/\.md$/, CHINESE))),
	);
	return [...missing, ...foreign].map(({ file, anchor }) => `${file}#${anchor}`);
}

/** Marks that would show as stars and underscores, because they stand beside Chinese words. */
function glued(text: string): string[] {
	const words = text.replace(FENCED, '').replace(/`[^`\n]*`/g, 'x');
	// Between punctuation inside and a letter outside, ** is no mark; beside a letter, _ never is
	const stars = [...words.matchAll(/(.?)\*\*([^*\n]+)\*\*(?=(.?))/gu)].filter(
		([, before = '', inside = '', after = '']) =>
			/^\s|\s$/.test(inside) ||
			(/^\p{P}/u.test(inside) && LETTER.test(before)) ||
			(/\p{P}$/u.test(inside) && LETTER.test(after)),
	);
	const underscores = words.matchAll(/.*(?:\p{Script=Han}_\w|[\w)]_\p{Script=Han}).*/gu);
	return [...stars, ...underscores].map(([found]) => found);
}

test('the README and the guides are there in Chinese', () => {
	expect(sorted(pages)).toEqual([
		'README.zh-CN.md',
		'docs/guarantees.zh-CN.md',
		'docs/mapping-shopify.zh-CN.md',
		'docs/mapping-stripe.zh-CN.md',
		'docs/mapping-woocommerce.zh-CN.md',
		'docs/troubleshooting.zh-CN.md',
	]);
});

describe.each(pages)('%s', (page) => {
	const chinese = read(page);
	const english = read(englishOf(page));
	const name = relative(dirname(page), page);

	test('keeps step with the English page', () => {
		expect(outline(chinese, page)).toEqual(outline(english, englishOf(page)));
	});

	test('and the English page lead to one another', () => {
		expect(chinese.split('\n')[2]).toBe(`[English](${englishOf(name)}) · 简体中文`);
		expect(english.split('\n')[2]).toBe(`English · [简体中文](${name})`);
	});

	test('leads only to what is there, and stays in Chinese where it can', () => {
		expect(lost(chinese, page)).toEqual([]);
	});

	test('leads to the English page for each table made by a script', () => {
		for (const [, , block = ''] of chinese.matchAll(GENERATED)) {
			expect(links(block).map(({ file }) => file)).toEqual([englishOf(name)]);
			expect(tables(block)).toEqual([]);
		}
	});

	test('is marked up so that it shows: no star is left, no underscore is glued to a character', () => {
		expect(glued(chinese)).toEqual([]);
	});
});

describe('the check itself notices', () => {
	const page = 'docs/troubleshooting.zh-CN.md';
	const text = read(page);
	const english = outline(read(englishOf(page)), englishOf(page));

	test.each([
		['a heading that is missing', text.replace('## 面单\n', '')],
		['a heading of another level', text.replace('## 面单\n', '### 面单\n')],
		['a row that is missing', text.replace(/^\| `disputed`.*\n/m, '')],
		['a message with another wording', text.replace('`Ping received.`', '`Ping taken.`')],
		['a paragraph that is missing', text.replace(/^TD 凭据的测试.*\n\n/m, '')],
		['a picture that is missing', text.replace(/^!\[.*\n/m, '')],
		['a link that is missing', text.replace('[Docker](docker.md)', 'Docker')],
		['a command that is new', `${text}\n\`npm start\`\n`],
		['a block of code that is new', `${text}\n\`\`\`sh\nnpm start\n\`\`\`\n`],
	])('%s', (_what, changed) => {
		expect(changed).not.toBe(text);
		expect(outline(changed, page)).not.toEqual(english);
	});

	test.each([
		['a file that is not there', '[x](nowhere.md)'],
		['a heading that is not there', '[x](guarantees.zh-CN.md#没有)'],
		['a page that is there in Chinese', '[x](guarantees.md)'],
	])('a link to %s', (_what, link) => {
		expect(lost(`${text}\n${link}\n`, page)).toHaveLength(1);
	});

	test.each(['**什么也没有发送。**请重试', '请看**“未知”**一节', '打开_Dry Run_', '_Dry Run_选项'])(
		'marks that do not show: %s',
		(line) => {
			expect(glued(`${text}\n${line}\n`)).toHaveLength(1);
		},
	);
});
