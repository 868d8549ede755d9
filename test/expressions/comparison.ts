/** Compares our reading of parameters with n8n's own, inside the running process. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { inspect, isDeepStrictEqual } from 'node:util';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { DirectExpressions } from '../../lib/expressions/direct-expression';
import type { ParameterReader, shortcutsOf } from '../../lib/expressions/parameters';

/** What is compared; on a real host it comes from the installed package. */
export interface Ours {
	DirectExpressions: typeof DirectExpressions;
	ParameterReader: typeof ParameterReader;
	shortcutsOf: typeof shortcutsOf;
	LEFT_TO_N8N: symbol;
}

export interface Report {
	/** Values that we told without n8n, or from a list, and n8n too. */
	compared: number;
	/** Recognised, but left to n8n because of what the item holds or what came out of a list. */
	left: number;
	/** Not of a form that we read, whatever the item holds. */
	unrecognised: number;
	mismatches: number;
	/** The first of each form. */
	examples: Mismatch[];
	/** Milliseconds that n8n and we took for the values that both told. */
	time: { n8n: number; ours: number };
}

export interface Mismatch {
	/** Place of the form in the list that was compared. */
	at: number;
	words: string;
}

const MAX_EXAMPLES = 20;

/** @param cases the list that was compared, with the kind of each form */
export const inWords = ({ examples }: Report, cases: ReadonlyArray<{ kind: string }>): string[] =>
	examples.map(({ at, words }) => `${cases[at]!.kind}: ${words}`);

/** n8n has to answer meanwhile: whoever asks, and its own look at its database. */
function breather(): () => Promise<void> {
	let last = performance.now();
	return async () => {
		if (performance.now() - last < 20) return;
		await nextTurn();
		last = performance.now();
	};
}

const emptyReport = (): Report => ({
	compared: 0,
	left: 0,
	unrecognised: 0,
	mismatches: 0,
	examples: [],
	time: { n8n: 0, ours: 0 },
});

/** @param where the form's place in the list, and the number of the item */
function note(
	report: Report,
	where: [at: number, item: number],
	what: string,
	ours: unknown,
	theirs: unknown,
): void {
	report.mismatches += 1;
	if (report.examples.length >= MAX_EXAMPLES) return;
	if (report.examples.some(({ words }) => words.startsWith(what))) return;
	const [at, item] = where;
	const words = `${what} of item ${item} is ${textOf(theirs)} for n8n, ${textOf(ours)} for us`;
	report.examples.push({ at, words });
}

const textOf = (value: unknown) => inspect(value, { depth: 4 }).slice(0, 300);

/**
 * What we resolve without n8n.
 *
 * @param name the parameter of the running node that holds the list of forms
 * @param spoil makes a value wrong: a comparison that does not notice it proves nothing
 * @param limit how many of the items to compare
 */
export async function compareDirect(
	host: IExecuteFunctions,
	name: string,
	{ DirectExpressions, shortcutsOf, LEFT_TO_N8N }: Ours,
	spoil: (value: unknown) => unknown = (value) => value,
	limit = Infinity,
): Promise<Report> {
	const report = emptyReport();
	const count = Math.min(limit, host.getInputData().length / 2);
	const direct = new DirectExpressions(shortcutsOf(host, true)!.items);
	const stored = host.getNode().parameters[name] as unknown[];
	const breathe = breather();
	let moment = 0;
	for (const [n, form] of stored.entries()) {
		const resolve = direct.compile(form);
		if (!resolve) {
			report.unrecognised += count;
			continue;
		}
		for (let item = 0; item < count; item++) {
			await breathe();
			const began = performance.now();
			const ours = spoil(resolve({ item, number: moment++ }));
			const between = performance.now();
			if (ours === LEFT_TO_N8N) {
				report.left += 1;
				continue;
			}
			const theirs = read(() => host.getNodeParameter(`${name}[${n}]`, item));
			report.time.n8n += performance.now() - between;
			report.time.ours += between - began;
			report.compared += 1;
			if (!isSame(ours, theirs)) note(report, [n, item], textOf(form), ours, theirs);
		}
	}
	return report;
}

/**
 * What we evaluate together. Expressions may change items: the second half of the input is the same
 * as the first, so that we have one half and n8n the other.
 *
 * @param name the parameter of the running node that holds the list of groups
 * @param spoil makes what n8n's evaluator gives for a list wrong
 * @param limit how many of the items to compare
 */
export async function compareJoined(
	host: IExecuteFunctions,
	name: string,
	{ ParameterReader, shortcutsOf }: Ours,
	spoil: (list: unknown, item: number) => unknown = (list) => list,
	limit = Infinity,
): Promise<Report> {
	const report = emptyReport();
	const input = host.getInputData();
	const half = input.length / 2;
	const count = Math.min(limit, half);
	const stored = host.getNode().parameters[name] as Array<Record<string, unknown>>;
	const used = [...input.slice(0, count), ...input.slice(half, half + count)];
	const breathe = breather();
	const restore = restorer(used.map(({ json }) => json));
	for (const [n, group] of stored.entries()) {
		restore();
		// Half of them with the values that need no evaluation told directly
		const shortcuts = shortcutsOf(host, n % 2 === 0)!;
		let asked = 0;
		const newReader = () =>
			new ParameterReader(
				group,
				(parameter, item) => {
					asked += 1;
					return host.getNodeParameter(`${name}[${n}].${parameter}`, item);
				},
				{
					...shortcuts,
					evaluate: (code, item) => spoil(shortcuts.evaluate(code, item), item),
					// Half of them as in a flow, and half without the check of the first value, which
					// would hide what a list brings wrong
					...(n % 4 > 1 && { verdicts: new Believer() }),
				},
			);
		let reader = newReader();
		const names = Object.keys(group);
		for (let item = 0; item < count; item++) {
			// What came out of no list once is kept out of them; here most shall be in every list
			if (n % 3 > 0) reader = newReader();
			await breathe();
			const row = reader.values(names, item);
			for (const parameter of names) {
				const before = asked;
				const began = performance.now();
				const ours = read(() => row[parameter]);
				const between = performance.now();
				const path = `${name}[${n}].${parameter}`;
				const theirs = read(() => host.getNodeParameter(path, half + item));
				report.time.n8n += performance.now() - between;
				report.time.ours += between - began;
				if (asked > before) report.left += 1;
				else report.compared += 1;
				if (isSame(ours, theirs)) continue;
				note(report, [n, item], textOf(group[parameter]), ours, theirs);
			}
		}
		for (let item = 0; item < count; item++) {
			const [mine, its] = [input[item]!.json, input[half + item]!.json];
			if (isSame(mine, its)) continue;
			note(report, [n, item], `the JSON, after reading ${textOf(group)},`, mine, its);
		}
	}
	restore();
	return report;
}

/** Believes whatever a list brings. */
class Believer extends Map<string, 'right' | 'wrong'> {
	override get(): 'right' {
		return 'right';
	}
}

/** Gives items of plain JSON what they held at first, and leaves the objects themselves. */
function restorer(jsons: IDataObject[]): () => void {
	const kept = jsons.flatMap((json) => {
		const text = jsonText(json);
		return text === undefined ? [] : [{ json, text }];
	});
	return () => {
		for (const { json, text } of kept) {
			for (const key of Object.keys(json)) delete json[key];
			for (const [key, value] of Object.entries(JSON.parse(text) as IDataObject)) {
				const member = { value, writable: true, enumerable: true, configurable: true };
				Object.defineProperty(json, key, member);
			}
		}
	};
}

/** An object as JSON; undefined if it is more than that. */
export function jsonText(json: IDataObject): string | undefined {
	try {
		const text = JSON.stringify(json);
		return isDeepStrictEqual(json, JSON.parse(text)) ? text : undefined;
	} catch {
		return undefined;
	}
}

/** What a parameter comes to: what n8n throws is a value of its own, equal to what is thrown alike. */
function read(evaluate: () => unknown): unknown {
	try {
		return evaluate();
	} catch (error) {
		const { name, message, description } = error as Error & { description?: unknown };
		const words = `${name}: ${message} (${String(description)})`;
		// n8n counts items in its words
		return { thrown: words.replaceAll(/\b(item \[?)\d+/g, '$1…') };
	}
}

/** The same value of the same type, members in the same order. */
function isSame(ours: unknown, theirs: unknown): boolean {
	if (!isDeepStrictEqual(ours, theirs)) return false;
	try {
		return JSON.stringify(ours) === JSON.stringify(theirs);
	} catch {
		// What has no text, as it holds itself or a number beyond all, is compared already
		return true;
	}
}
