/** Secrets that occur nowhere else, and the search for them in everything a run leaves behind. */
import { inspect } from 'node:util';
import { searchedForms } from '../secret-forms';

/** With characters that JSON, URLs and forms each write in another way. */
export const SECRETS = {
	apiToken: 'CANARY-token "with" quotes/ä',
	apiKey: 'CANARY-key"quoted"&=+',
	partnerKey: 'CANARY partner/key+%&ü',
};

/** Also a form that nobody thought of holds this word, unless it is encoded or cut. */
const MARK = 'CANARY';

const forms = [MARK, ...Object.values(SECRETS).flatMap(searchedForms)];

/** A text as the value of a form. */
function inForm(text: string): string {
	return new URLSearchParams({ s: text }).toString();
}

/** A `sign` is 32 hexadecimal digits. */
const SIGN = /[0-9a-f]{32}/gi;

/** Collects texts, searches them for secrets at once and for signatures at the end. */
export class CanaryScan {
	bytes = 0;
	texts = 0;
	/** Where a secret was found, and which form of it. */
	readonly leaks: string[] = [];
	private readonly signs = new Set<string>();
	private readonly hexadecimal = new Map<string, string>();

	/** Signatures that a sandbox has received; none may occur in any text, earlier or later. */
	knowSigns(signs: Iterable<string | null>): void {
		for (const sign of signs) if (sign) this.signs.add(sign.toLowerCase());
	}

	get signCount(): number {
		return this.signs.size;
	}

	/** A value as people and programs may come to see it: as Node shows it, and as JSON. */
	addValue(place: string, value: unknown): void {
		const options = { depth: 10, maxArrayLength: null, maxStringLength: null } as const;
		this.addText(place, inspect(value, options));
		this.addText(place, JSON.stringify(value) ?? '');
	}

	addText(place: string, text: string): void {
		this.texts++;
		this.bytes += Buffer.byteLength(text);
		for (const form of forms) {
			const at = text.indexOf(form);
			// With what stands around it, so that one sees where it comes from.
			if (at >= 0) this.leaks.push(`${form} in ${place}: …${text.slice(at - 80, at + 40)}…`);
		}
		for (const [digits] of text.matchAll(SIGN)) this.hexadecimal.set(digits.toLowerCase(), place);
	}

	/** All leaks, signatures included. */
	result(): string[] {
		const signs = [...this.hexadecimal].filter(([digits]) => this.signs.has(digits));
		return [...this.leaks, ...signs.map(([digits, place]) => `sign ${digits} in ${place}`)];
	}
}

/**
 * Fails unless the search finds what is there: what a sandbox received holds key, partner key and
 * signature as they travelled.
 */
export function proveSearch(received: string, sign: string): void {
	const scan = new CanaryScan();
	scan.knowSigns([sign]);
	scan.addText('received', received);
	const found = scan.result().join('\n');
	for (const form of [MARK, inForm(SECRETS.partnerKey).slice(2), sign]) {
		if (!found.includes(form)) throw new Error(`The search does not find ${form} where it is`);
	}
}
