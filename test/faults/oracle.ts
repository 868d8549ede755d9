/** What a run claims, and whether the sandbox's ledger bears it out. */
import type { OperationKind } from '../../lib/operation/operation';

/** What the node says became of an item. */
export type Verdict =
	| 'succeeded'
	/** It did not take effect. */
	| 'failed'
	/** Nobody can say. */
	| 'unknown'
	/** It took effect, but what was to follow did not succeed. */
	| 'unfinished';

/** What the node said, in the words a person reads. */
export interface Said {
	/** Undefined if nothing failed. */
	message?: string | undefined;
	description?: string | undefined;
	/** For programs; only there with Continue on Fail. */
	kind?: string | undefined;
}

/** The verdicts as they are told of a run. */
export const SAYS: Record<Verdict, string> = {
	succeeded: 'it succeeded',
	failed: 'it failed, and nothing was done',
	unknown: 'nobody knows whether it was done',
	unfinished: 'it was done, but what was to follow failed',
};

/** What the words mean to the person who reads them. */
export function verdictOf({ message }: Said): Verdict {
	if (message === undefined) return 'succeeded';
	if (message.startsWith('It is unknown whether')) return 'unknown';
	const stands = /^TW took order|was created but|^TW completed order|exists at TW, but/;
	return stands.test(message) ? 'unfinished' : 'failed';
}

/** What is to be held against what a run said and did; empty if all is well. */
export function objections(run: {
	kind: OperationKind;
	atMostOnce: boolean;
	said: Said;
	/** How often it took effect. */
	effects: number;
	/** Requests that reached the vendor where it could have taken effect. */
	sends: number;
	expected: readonly Verdict[];
}): string[] {
	const { kind, said, effects } = run;
	const verdict = verdictOf(said);
	const found: string[] = [];
	const object = (when: boolean, words: string) => {
		if (when) found.push(words);
	};

	const wanted = run.expected.map((each) => SAYS[each]).join(', or ');
	object(!run.expected.includes(verdict), `expected is that ${wanted}`);
	if (kind !== 'read') {
		const done = verdict === 'succeeded' || verdict === 'unfinished';
		object(done && effects === 0, "the vendor's ledger does not have it");
		object(verdict === 'failed' && effects > 0, "the vendor's ledger has it");
		object(verdict === 'unknown' && run.sends === 0, 'nothing was sent, so that is known');
		const once = kind === 'write' || run.atMostOnce;
		object(once && effects > 1, `the vendor's ledger has it ${effects} times`);
	}
	if (verdict !== 'succeeded') {
		object(!said.message?.trim(), 'the message is empty');
		object(!said.description?.trim(), 'there is no word on what to do');
		object(/\[object|undefined|NaN/.test(`${said.message} ${said.description}`), 'garbled words');
		object(/^This node met a case/.test(said.message ?? ''), 'a case the node is not made for');
	}
	if (said.kind !== undefined) {
		object(said.kind === 'defect', 'a case the node is not made for');
		const openByKind = said.kind === 'outcome-unknown';
		object(openByKind !== (verdict === 'unknown'), `kind ${said.kind}, but the words: ${verdict}`);
	}
	return found;
}

/** What is held against a run, as a sentence with the node's own words. */
export function heldAgainst(said: Said, found: readonly string[]): string {
	const words = said.message === undefined ? '' : `: "${said.message}" "${said.description}"`;
	return `The node says that ${SAYS[verdictOf(said)]}${words}; ${found.join('; ')}.`;
}
