/** Compares our direct reading of a parameter with n8n's own, inside the running process. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { inspect, isDeepStrictEqual } from 'node:util';
import type { IExecuteFunctions } from 'n8n-workflow';

/** What lib/direct-expression.ts gives; on a real host it comes from the installed package. */
export interface Direct {
	compileDirect: (
		stored: unknown,
		isSafeKey: (key: string) => boolean,
	) => ((json: unknown) => unknown) | undefined;
	LEFT_TO_N8N: symbol;
}

export interface Report {
	/** Values that we resolved and n8n too. */
	direct: number;
	/** Recognised, but left to n8n because of what the item holds. */
	left: number;
	/** Not of the simple form, whatever the item holds. */
	unrecognised: number;
	mismatches: number;
	/** Mismatches in words, the first of each form. */
	examples: string[];
	/** Milliseconds that n8n and we took for the values that both resolved. */
	time: { n8n: number; direct: number };
}

const MAX_EXAMPLES = 20;

/**
 * @param name the parameter of the running node that holds the list of forms
 * @param items how many of the input items to compare
 */
export async function compare(
	host: IExecuteFunctions,
	name: string,
	direct: Direct,
	isSafeKey: (key: string) => boolean,
	items = Infinity,
): Promise<Report> {
	const report: Report = {
		direct: 0,
		left: 0,
		unrecognised: 0,
		mismatches: 0,
		examples: [],
		time: { n8n: 0, direct: 0 },
	};
	const input = host.getInputData().slice(0, items);
	const stored = host.getNode().parameters[name] as unknown[];
	for (const [n, form] of stored.entries()) {
		// n8n has to answer meanwhile
		await nextTurn();
		let isNew = true;
		const resolve = direct.compileDirect(form, isSafeKey);
		if (!resolve) {
			report.unrecognised += input.length;
			continue;
		}
		input.forEach(({ json }, item) => {
			const began = performance.now();
			const ours = resolve(json);
			const between = performance.now();
			if (ours === direct.LEFT_TO_N8N) {
				report.left += 1;
				return;
			}
			const theirs = read(() => host.getNodeParameter(`${name}[${n}]`, item));
			report.time.n8n += performance.now() - between;
			report.time.direct += between - began;
			report.direct += 1;
			if (isSame(ours, theirs)) return;
			report.mismatches += 1;
			if (isNew && report.examples.length < MAX_EXAMPLES) {
				isNew = false;
				const words = [form, ours, theirs].map((one) => inspect(one, { depth: 4 }).slice(0, 300));
				report.examples.push(`${words[0]} of item ${item} is ${words[1]}, for n8n ${words[2]}`);
			}
		});
	}
	return report;
}

/** What n8n throws is equal to nothing. */
function read(evaluate: () => unknown): unknown {
	try {
		return evaluate();
	} catch (error) {
		return Symbol(`thrown: ${String(error)}`);
	}
}

/** The same value of the same type, members in the same order. */
function isSame(ours: unknown, theirs: unknown): boolean {
	return isDeepStrictEqual(ours, theirs) && JSON.stringify(ours) === JSON.stringify(theirs);
}
