/** Short hashes. */
import { hash } from 'node:crypto';

/** 84 bits, equal for equal texts. */
export function fingerprint(text: string): string {
	return hash('sha256', text, 'base64url').slice(0, 14);
}

/** Fingerprints of things that every item of a run asks for, such as its account: each is made once. */
export function fingerprinter<Thing extends object>(
	textOf: (thing: Thing) => string,
): (thing: Thing) => string {
	const known = new WeakMap<Thing, string>();
	return (thing) => {
		let print = known.get(thing);
		if (print === undefined) known.set(thing, (print = fingerprint(textOf(thing))));
		return print;
	};
}
